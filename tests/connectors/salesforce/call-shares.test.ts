import type { CallAccount } from '../../../connectors/call-account.js';
import { laterOf, takeShare, type SeenUsage, type ShareRequest } from '../../../connectors/salesforce/call-shares.js';

const noon = Date.parse('2026-11-10T12:00:00Z');
const minute = 60_000;
const seen = (used: number, atMs = noon, limit = 100): SeenUsage => ({ used, limit, seenAtMs: atMs });
const ask = (more: Partial<ShareRequest> = {}): ShareRequest => ({
  owner: 'one',
  seen: null,
  underWay: 0,
  reservedShare: 0.2,
  nowMs: noon,
  ...more,
});
const account = (more: Partial<CallAccount> = {}): CallAccount => ({
  usage: seen(0),
  lookAtMs: 0,
  shares: [],
  ...more,
});

describe('the share of the daily calls a process is given', () => {
  it('is a few before anybody knows the limit, and larger ones of what is left afterwards', () => {
    expect(takeShare(null, ask()).result).toMatchObject({ kind: 'share', calls: 8 });
    expect(takeShare(null, ask({ seen: seen(0, noon, 100_000) })).result).toMatchObject({ kind: 'share', calls: 100 });
    expect(takeShare(null, ask({ seen: seen(60) })).result).toMatchObject({ kind: 'share', calls: 5 });
    expect(takeShare(null, ask({ seen: seen(79) })).result).toMatchObject({ kind: 'share', calls: 1 });
  });

  it('leaves out what other processes were given, until that lapses', () => {
    const others = account({ usage: seen(60), shares: [{ owner: 'two', calls: 19, untilMs: noon + minute }] });
    expect(takeShare(others, ask()).result).toMatchObject({ kind: 'share', calls: 1 });
    const all = account({ usage: seen(60), shares: [{ owner: 'two', calls: 20, untilMs: noon + minute }] });
    expect(takeShare(all, ask()).result).toMatchObject({ kind: 'closed', againAtMs: noon + 5_000 });
    expect(takeShare(all, ask({ nowMs: noon + minute })).result).toMatchObject({ kind: 'share', calls: 5 });
  });

  it('is nothing at the reserve; each quarter of an hour one process may look, and others wait for what it sees', () => {
    const closed = takeShare(account({ usage: seen(79) }), ask({ seen: seen(80) }));
    expect(closed.result).toMatchObject({ kind: 'closed', againAtMs: noon + 15 * minute });
    const later = noon + 15 * minute;
    const looking = takeShare(closed.account, ask({ nowMs: later }));
    expect(looking.result).toEqual({ kind: 'look' });
    const beside = takeShare(looking.account, ask({ owner: 'two', nowMs: later + 1 }));
    expect(beside.result).toMatchObject({ kind: 'closed', againAtMs: later + 15_000 });
    const inVain = takeShare(looking.account, ask({ owner: 'two', nowMs: later + 20_000 }));
    expect(inVain.result).toMatchObject({ kind: 'closed', againAtMs: later + 15 * minute });
    const freed = takeShare(looking.account, ask({ nowMs: later + 1_000, seen: seen(40, later + 1_000) }));
    expect(freed.result).toMatchObject({ kind: 'share', calls: 10 });
    expect(takeShare(freed.account, ask({ owner: 'two', nowMs: later + 1_001 })).result).toMatchObject({
      kind: 'share',
    });
  });

  it('goes by what Salesforce told last, and by the greater count of two told at about the same time', () => {
    const known = account({ usage: seen(79) });
    expect(takeShare(known, ask({ seen: seen(10, noon - 1_000) })).result).toMatchObject({ calls: 1 });
    expect(takeShare(known, ask({ seen: seen(10, noon - 3_600_000) })).result).toMatchObject({ calls: 1 });
    expect(takeShare(known, ask({ seen: seen(10, noon + minute), nowMs: noon + minute })).result).toMatchObject({
      calls: 17,
    });
  });

  it('never lets processes that call in any order past the reserve together', () => {
    for (let seed = 1; seed <= 300; seed += 1) expect(mostUsed(seed)).toBeLessThanOrEqual(80);
  });
});

/** Three processes that take shares, send, and learn of answers in a random order. @returns how many calls were made. */
function mostUsed(seed: number): number {
  const random = generator(seed);
  let made = 0;
  let kept: CallAccount | null = account();
  const processes = ['one', 'two', 'three'].map((owner) => ({
    owner,
    calls: 0,
    answers: [] as SeenUsage[],
    seen: null as SeenUsage | null,
  }));
  for (let step = 0; step < 400; step += 1) {
    const one = processes[Math.floor(random() * processes.length)];
    if (one === undefined) continue;
    const nowMs = noon + step;
    if (random() < 0.5 && one.answers.length > 0) {
      one.seen = laterOf(one.seen, one.answers.splice(Math.floor(random() * one.answers.length), 1)[0] ?? null);
    } else if (one.calls > 0) {
      made += 1;
      one.calls -= 1;
      one.answers.push(seen(made, nowMs));
    } else {
      const { owner, answers } = one;
      const taken = takeShare(kept, ask({ owner, seen: one.seen, underWay: answers.length, nowMs }));
      kept = taken.account;
      if (taken.result.kind === 'share') one.calls = taken.result.calls;
    }
  }
  return made;
}

function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
}
