import fc from 'fast-check';
import { BudgetExhausted, createRollingBudget, type CallBudget } from '../../../connectors/hubspot/limiter.js';

/** Time that passes only while somebody sleeps, and then exactly as long. */
function createFakeTime() {
  let nowMs = 0;
  const sleepers: { atMs: number; wake: () => void }[] = [];
  return {
    elapsedMs: () => nowMs,
    sleep: (ms: number) => new Promise<void>((wake) => sleepers.push({ atMs: nowMs + ms, wake })),
    async run(untilMs: number): Promise<void> {
      for (;;) {
        await settle();
        const next = sleepers.sort((a, b) => a.atMs - b.atMs)[0];
        if (next === undefined || next.atMs > untilMs) break;
        sleepers.shift();
        nowMs = Math.max(nowMs, next.atMs);
        next.wake();
      }
      nowMs = Math.max(nowMs, untilMs);
    },
  };
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
}

/** Most calls that left within any window of this length. */
function busiest(leftAtMs: readonly number[], windowMs: number): number {
  return Math.max(...leftAtMs.map((start) => leftAtMs.filter((at) => at >= start && at < start + windowMs).length));
}

describe('the call budget', () => {
  let time: ReturnType<typeof createFakeTime>;
  let budget: CallBudget;
  let leftAtMs: number[];
  let refused: BudgetExhausted[];
  beforeEach(() => {
    time = createFakeTime();
    budget = createRollingBudget(time);
    leftAtMs = [];
    refused = [];
  });

  const ask = (count: number, lane: 'general' | 'search' | 'associations' = 'general'): void => {
    for (let call = 0; call < count; call += 1) {
      budget.take(lane).then(
        (arrived) => {
          leftAtMs.push(time.elapsedMs());
          arrived();
        },
        (error: unknown) => refused.push(error as BudgetExhausted),
      );
    }
  };
  const seen = (remaining: number, max = 110) => ({ max, remaining, intervalMs: 10_000 });

  it('lets a burst leave at once, up to what the account allows', async () => {
    ask(90);
    await settle();
    expect(leftAtMs).toHaveLength(90);
  });

  it('never lets more leave in any ten seconds than the account allows, whatever comes in', async () => {
    budget.learn('general', seen(110));
    for (let second = 0; second < 60; second += 1) {
      ask((second * 7) % 23);
      await time.run(second * 1_000);
    }
    await time.run(120_000);
    expect(refused).toEqual([]);
    expect(leftAtMs.length).toBeGreaterThan(500);
    expect(busiest(leftAtMs, 10_500)).toBeLessThanOrEqual(104);
  });

  it('keeps first come, first served', async () => {
    const order: number[] = [];
    for (let call = 0; call < 130; call += 1) {
      void budget.take('general').then((arrived) => {
        order.push(call);
        arrived();
      });
    }
    await time.run(30_000);
    expect(order).toEqual(Array.from({ length: 130 }, (_, call) => call));
  });

  it('allows five searches a second and counts them apart from all other calls', async () => {
    ask(95);
    ask(12, 'search');
    ask(95, 'associations');
    await settle();
    expect(leftAtMs).toHaveLength(95 + 5 + 95);
    leftAtMs = [];
    await time.run(10_000);
    expect(leftAtMs).toHaveLength(7);
    expect(busiest(leftAtMs, 1_000)).toBeLessThanOrEqual(5);
  });

  it('uses the higher limit of a larger account once an answer tells it', async () => {
    budget.learn('general', seen(189, 190));
    ask(179);
    await settle();
    expect(leftAtMs).toHaveLength(179);
  });

  it('counts the calls of other processes, and its own from before a restart, by what HubSpot says is left', async () => {
    ask(1);
    await settle();
    budget.learn('general', seen(10));
    leftAtMs = [];
    ask(50);
    await settle();
    expect(leftAtMs.length).toBeLessThanOrEqual(10);
    await time.run(12_000);
    expect(leftAtMs).toHaveLength(50);
  });

  it('does not hold its own calls against itself', async () => {
    ask(60);
    await settle();
    for (let answer = 1; answer <= 60; answer += 1) budget.learn('general', seen(110 - answer));
    ask(40);
    await settle();
    expect(leftAtMs).toHaveLength(100);
  });

  it('lets nothing leave during a pause, not even calls that were waiting, and then not all at once', async () => {
    ask(95);
    ask(60);
    budget.pause('general', 5_000);
    leftAtMs = [];
    await time.run(4_999);
    expect(leftAtMs.filter((at) => at > 0)).toEqual([]);
    budget.pause('general', 10_000);
    await time.run(40_000);
    expect(leftAtMs.filter((at) => at > 0)).toHaveLength(60);
    expect(Math.min(...leftAtMs.filter((at) => at > 0))).toBeGreaterThanOrEqual(14_999);
  });

  it('sends callers away rather than hold them for longer than the next window, and says when to return', async () => {
    ask(300);
    await settle();
    expect(refused).toHaveLength(300 - 2 * 95);
    expect(refused[0]).toBeInstanceOf(BudgetExhausted);
    expect(refused[0]?.retryAfterMs).toBeGreaterThan(12_000);
  });

  it('holds to the limit when every sleep ends too late by a different bit', async () => {
    const uneven = createRollingBudget({
      elapsedMs: time.elapsedMs,
      sleep: (ms) => time.sleep(ms + (leftAtMs.length % 7)),
    });
    for (let call = 0; call < 190; call += 1) {
      void uneven.take('general').then((arrived) => {
        leftAtMs.push(time.elapsedMs());
        arrived();
      });
    }
    await time.run(60_000);
    expect(leftAtMs).toHaveLength(190);
    expect(busiest(leftAtMs, 10_500)).toBeLessThanOrEqual(100);
  });

  it('never lets HubSpot count more than it allows, however long each call is on its way there and back', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ thereMs: fc.nat(3_000), backMs: fc.nat(3_000) }), { minLength: 30, maxLength: 60 }),
        async (journeys) => {
          const ownTime = createFakeTime();
          const searches = createRollingBudget(ownTime);
          const countedAtMs: number[] = [];
          const search = async ({ thereMs, backMs }: { thereMs: number; backMs: number }): Promise<void> => {
            const arrived = await searches.take('search').catch(() => null);
            if (arrived === null) return;
            await ownTime.sleep(thereMs);
            countedAtMs.push(ownTime.elapsedMs());
            await ownTime.sleep(backMs);
            arrived();
          };
          const all = Promise.all(journeys.map(search));
          await ownTime.run(120_000);
          await all;
          expect(countedAtMs.length).toBeGreaterThan(20);
          expect(busiest(countedAtMs, 1_000)).toBeLessThanOrEqual(5);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('gives a call that nobody answers one place and no more', async () => {
    void budget.take('search');
    await settle();
    ask(12, 'search');
    await time.run(20_000);
    expect(leftAtMs).toHaveLength(12);
    expect(busiest(leftAtMs, 1_000)).toBeLessThanOrEqual(4);
  });
});
