import { setTimeout as pause } from 'node:timers/promises';
import { systemClock } from '../../src/platform/clock.js';
import { createDrainLoop } from '../../src/platform/drain-loop.js';
import { createLog } from '../../src/platform/log.js';
import type { Queue } from '../../src/platform/queue.js';
import { eventually } from '../support/eventually.js';

/** The process that says something is to be done, and the one that does it; for one process both are the same queue. */
export interface QueuePair {
  readonly sender: Queue;
  readonly receiver: Queue;
}

/** What every carrier of wake-ups keeps. */
export function describeQueueContract(name: string, open: () => QueuePair): void {
  describe(name, () => {
    let pair: QueuePair;
    let calls: string[];

    const listen = (...topics: string[]): void => {
      for (const topic of topics) pair.receiver.onWake(topic, () => calls.push(topic));
    };
    const start = async (): Promise<void> => {
      await pair.receiver.start();
      await pair.sender.start();
    };

    beforeEach(() => {
      pair = open();
      calls = [];
    });
    afterEach(async () => {
      await pair.sender.close();
      await pair.receiver.close();
    });

    it('wakes the workers of a topic, and no others', async () => {
      listen('push', 'credit');
      await start();
      pair.sender.wake('push');
      await eventually('push was woken', () => calls.length > 0);
      await pause(30);
      expect(new Set(calls)).toEqual(new Set(['push']));
    });

    it('does not run the worker inside the call that woke it', async () => {
      listen('push');
      await start();
      pair.sender.wake('push');
      expect(calls).toEqual([]);
      await eventually('push was woken', () => calls.length > 0);
    });

    it('turns a burst into few calls, one of them after the last', async () => {
      let sent = 0;
      let sentWhenCalled = 0;
      pair.receiver.onWake('push', () => {
        calls.push('push');
        sentWhenCalled = sent;
      });
      await start();
      for (; sent < 1_000; sent += 1) pair.sender.wake('push');
      await eventually('there was a call after the last', () => sentWhenCalled === 1_000);
      expect(calls.length).toBeLessThan(20);
    });

    it('delivers what was sent before it was started', async () => {
      pair.sender.wake('push');
      listen('push');
      await start();
      await eventually('push was woken', () => calls.length > 0);
    });

    it('takes on a topic after it was started', async () => {
      await start();
      listen('push');
      pair.sender.wake('push');
      await eventually('push was woken', () => calls.length > 0);
    });

    it('wakes later when asked to, and not sooner', async () => {
      listen('push');
      await start();
      const sentAt = Date.now();
      pair.sender.wake('push', { delayMs: 300 });
      await eventually('push was woken', () => calls.length > 0);
      expect(Date.now() - sentAt).toBeGreaterThanOrEqual(295);
    });

    it('wakes now although a later wake-up is already on its way', async () => {
      listen('push');
      await start();
      pair.sender.wake('push', { delayMs: 60_000 });
      await pause(30);
      pair.sender.wake('push');
      await eventually('push was woken', () => calls.length > 0, 2_000);
    });

    it('leaves nothing lying that comes in while a drain ends', async () => {
      let waiting = 0;
      let done = 0;
      const loop = createDrainLoop({
        clock: systemClock,
        log: createLog({ level: 'silent' }),
        tickMs: 3_600_000,
        source: {
          topic: 'push',
          gatherMs: 0,
          drainOnce: async () => {
            const took = waiting;
            waiting = 0;
            await pause(Math.random() * 4);
            done += took;
            return took === 0 ? 'empty' : 'partial';
          },
          // Only wake-ups can find anything here: no due time and, in effect, no tick.
          nextDueAt: () => Promise.resolve(null),
        },
      });
      pair.receiver.onWake('push', loop.wake);
      await start();
      loop.start();
      for (let n = 1; n <= 300; n += 1) {
        waiting += 1;
        pair.sender.wake('push');
        if (n % 3 === 0) await pause(Math.random() * 4);
        if (n % 60 === 0) await eventually(`${n} things are done`, () => done === n, 3_000);
      }
      await loop.close();
      expect(done).toBe(300);
    });

    it('says nothing more once it is closed, and takes no offence at a late wake-up', async () => {
      listen('push');
      await start();
      pair.sender.wake('push', { delayMs: 100 });
      const from = Date.now();
      await pair.sender.close();
      await pair.receiver.close();
      expect(Date.now() - from).toBeLessThan(2_500);
      calls.length = 0;
      pair.sender.wake('push');
      pair.sender.wake('push', { delayMs: 1 });
      await pause(200);
      expect(calls).toEqual([]);
    });
  });
}
