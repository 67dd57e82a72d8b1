import { randomBytes } from 'node:crypto';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { createBullQueue } from '../../src/platform/bull-queue.js';
import { createLog } from '../../src/platform/log.js';
import type { Queue } from '../../src/platform/queue.js';
import { eventually } from '../support/eventually.js';
import { describeWith, testRedisUrl } from '../support/services.js';
import { describeQueueContract } from './queue-contract.js';

/** A Redis database of this file's own, since it is emptied here. */
const redisUrl = new URL('/9', testRedisUrl).toString();
const silent = createLog({ level: 'silent' });

const newPrefix = (): string => `test-${randomBytes(6).toString('hex')}`;

describeWith('redis', 'the queue over Redis', () => {
  describeQueueContract('between two processes', () => {
    const prefix = newPrefix();
    return {
      sender: createBullQueue({ redisUrl, log: silent, prefix }),
      receiver: createBullQueue({ redisUrl, log: silent, prefix }),
    };
  });

  describe('when Redis fails', () => {
    const opened: { close(): Promise<void> }[] = [];
    const opening = (url: string, prefix: string, log = silent): Queue => {
      const queue = createBullQueue({ redisUrl: url, log, prefix });
      opened.push(queue);
      return queue;
    };
    afterEach(async () => {
      await Promise.all(opened.splice(0).map((thing) => thing.close()));
    });

    it('goes on after everything in it was deleted', async () => {
      const queue = opening(redisUrl, newPrefix());
      let calls = 0;
      queue.onWake('push', () => (calls += 1));
      await queue.start();
      queue.wake('push');
      await eventually('it was woken', () => calls > 0);
      queue.wake('push', { delayMs: 60_000 });
      const redis = new Redis(redisUrl);
      await redis.flushdb();
      await redis.quit();
      calls = 0;
      queue.wake('push');
      await eventually('it was woken again', () => calls > 0);
    });

    it('leaves no jobs behind', async () => {
      const prefix = newPrefix();
      const queue = opening(redisUrl, prefix);
      let calls = 0;
      queue.onWake('push', () => (calls += 1));
      await queue.start();
      for (let n = 0; n < 50; n += 1) {
        queue.wake('push');
        await pause(1);
      }
      await eventually('it was woken', () => calls > 0);
      await pause(50);
      const redis = new Redis(redisUrl);
      const jobs = (await redis.keys(`${prefix}:*`)).filter((key) => !/:(id|stalled-check)$/.test(key));
      await redis.quit();
      expect(jobs).toEqual([]);
    });

    it('wakes its own process while Redis is away, and all processes once it is there', async () => {
      const road = await openRoad(redisUrl);
      opened.push(road);
      await road.cut();
      const prefix = newPrefix();
      const lines: string[] = [];
      const log = createLog({ level: 'info', destination: { write: (line: string) => void lines.push(line) } });
      const queue = opening(road.url, prefix, log);
      let calls = 0;
      queue.onWake('push', () => (calls += 1));
      await queue.start();
      await eventually('it noticed', () => lines.length > 0);
      await pause(600);
      expect(lines).toHaveLength(1);
      for (let n = 0; n < 100; n += 1) queue.wake('push');
      await eventually('its own process was woken', () => calls > 0);

      await road.mend();
      await eventually('it is back', () => lines.some((line) => line.includes('Redis is back')));
      calls = 0;
      const other = opening(redisUrl, prefix);
      await other.start();
      other.wake('push');
      await eventually('another process could wake it', () => calls > 0);
    });

    it('recovers from an outage in the middle of its work', async () => {
      const road = await openRoad(redisUrl);
      opened.push(road);
      const prefix = newPrefix();
      const queue = opening(road.url, prefix);
      let calls = 0;
      queue.onWake('push', () => (calls += 1));
      await queue.start();
      queue.wake('push');
      await eventually('it was woken', () => calls > 0);
      await road.cut();
      await pause(50);
      await road.mend();
      calls = 0;
      const other = opening(redisUrl, prefix);
      await other.start();
      await eventually(
        'another process could wake it',
        () => {
          other.wake('push');
          return calls > 0;
        },
        8_000,
      );
    });

    it('closes quickly while Redis is away', async () => {
      const road = await openRoad(redisUrl);
      await road.cut();
      const queue = createBullQueue({ redisUrl: road.url, log: silent, prefix: newPrefix() });
      queue.onWake('push', () => undefined);
      await queue.start();
      queue.wake('push');
      await pause(50);
      const from = Date.now();
      await queue.close();
      expect(Date.now() - from).toBeLessThan(2_500);
    });
  });
});

/** A way to Redis that can be cut and mended. */
async function openRoad(
  target: string,
): Promise<{ url: string; cut(): Promise<void>; mend(): Promise<void>; close(): Promise<void> }> {
  const { hostname, port, pathname } = new URL(target);
  const sockets = new Set<Socket>();
  const server: Server = createServer((near) => {
    const far = connect(Number(port === '' ? 6379 : port), hostname);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => sockets.delete(socket));
    }
    near.pipe(far).pipe(near);
  });
  const listen = (at: number): Promise<void> => new Promise((resolve) => server.listen(at, '127.0.0.1', resolve));
  await listen(0);
  const address = server.address();
  const ownPort = typeof address === 'object' && address !== null ? address.port : 0;
  const cut = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => {
        resolve();
      });
      for (const socket of sockets) socket.destroy();
    });
  return { url: `redis://127.0.0.1:${ownPort}${pathname}`, cut, mend: () => listen(ownPort), close: cut };
}
