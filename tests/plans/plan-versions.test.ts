import type { Plan, PlanVersion } from '../../src/plans/plan.js';
import { judgeNewVersion, versionInForce } from '../../src/plans/plan-versions.js';
import type { Day } from '../../src/program/calendar.js';

interface Terms {
  readonly from: string;
  readonly to?: string;
  readonly corrects?: number;
  readonly slug?: string;
}

function plan({ from, to, corrects, slug = 'standard' }: Terms): Plan {
  return {
    slug,
    audience: { kind: 'program' },
    effectiveFrom: from as Day,
    effectiveTo: (to ?? null) as Day | null,
    corrects: corrects ?? null,
    creditWhen: null,
    versionBy: 'won',
    payIn: null,
    exchangeOn: 'won',
    holdDays: 30,
    rounding: 'half-even',
    match: 'all',
    shareBy: 'commission',
    floor: null,
    cap: null,
    rules: [],
  };
}

const stored = (...terms: readonly Terms[]): readonly PlanVersion[] =>
  terms.map((of, index) => ({ id: `pvn_${String(index + 1)}`, number: index + 1, plan: plan(of), knownOn: null }));

const inForce = (versions: readonly PlanVersion[], day: string): number | undefined =>
  versionInForce(versions, day as Day)?.number;

describe('the version in force', () => {
  it('is none before the first and none after an end', () => {
    const versions = stored({ from: '2026-01-01', to: '2026-07-01' });
    expect(inForce(versions, '2025-12-31')).toBeUndefined();
    expect(inForce(versions, '2026-01-01')).toBe(1);
    expect(inForce(versions, '2026-06-30')).toBe(1);
    expect(inForce(versions, '2026-07-01')).toBeUndefined();
  });

  it('passes to a later version on its first day', () => {
    const versions = stored({ from: '2026-01-01' }, { from: '2026-07-01' });
    expect(inForce(versions, '2026-06-30')).toBe(1);
    expect(inForce(versions, '2026-07-01')).toBe(2);
  });

  it('is a correction only on the days of the correction', () => {
    const versions = stored({ from: '2026-01-01' }, { from: '2026-01-01', to: '2026-04-01', corrects: 1 });
    expect(inForce(versions, '2026-03-31')).toBe(2);
    expect(inForce(versions, '2026-04-01')).toBe(1);
  });

  it('is the last of several corrections', () => {
    const versions = stored(
      { from: '2026-01-01' },
      { from: '2026-01-01', corrects: 1 },
      { from: '2026-01-01', corrects: 2 },
    );
    expect(inForce(versions, '2026-05-05')).toBe(3);
  });

  it('stays the next version when an earlier one is corrected', () => {
    const versions = stored({ from: '2026-01-01' }, { from: '2026-07-01' }, { from: '2026-01-01', corrects: 1 });
    expect(inForce(versions, '2026-06-30')).toBe(3);
    expect(inForce(versions, '2026-07-01')).toBe(2);
  });

  it('follows a correction that begins earlier than what it corrects', () => {
    const versions = stored({ from: '2026-01-01' }, { from: '2026-07-01' }, { from: '2026-06-01', corrects: 2 });
    expect(inForce(versions, '2026-05-31')).toBe(1);
    expect(inForce(versions, '2026-06-01')).toBe(3);
    expect(inForce(versions, '2026-08-01')).toBe(3);
  });
});

describe('a new version', () => {
  it.each<[string, readonly Terms[], Terms, number]>([
    ['is the first of its plan', [], { from: '2026-01-01' }, 1],
    ['begins later and ends the open-ended one before it', [{ from: '2026-01-01' }], { from: '2026-07-01' }, 2],
    ['begins where the one before it ends', [{ from: '2026-01-01', to: '2026-07-01' }], { from: '2026-07-01' }, 2],
    ['fills the time before', [{ from: '2026-07-01' }], { from: '2026-01-01', to: '2026-07-01' }, 2],
    ['corrects the one it overlaps', [{ from: '2026-01-01' }], { from: '2026-01-01', corrects: 1 }, 2],
    [
      'corrects one that another has ended',
      [{ from: '2026-01-01' }, { from: '2026-07-01' }],
      { from: '2026-01-01', corrects: 1 },
      3,
    ],
    [
      'corrects a correction',
      [{ from: '2026-01-01' }, { from: '2026-01-01', corrects: 1 }],
      { from: '2026-01-01', corrects: 2 },
      3,
    ],
    [
      'is of another plan that holds on other days',
      [{ from: '2026-01-01', to: '2026-07-01' }],
      { from: '2026-07-01', slug: 'other' },
      1,
    ],
  ])('is taken when it %s', (_when, before, added, number) => {
    expect(judgeNewVersion(stored(...before), plan(added))).toEqual({ kind: 'new', number });
  });

  it.each<[string, readonly Terms[], Terms, RegExp]>([
    ['begins the same day', [{ from: '2026-01-01' }], { from: '2026-01-01' }, /corrects: 1/],
    [
      'begins earlier without an end',
      [{ from: '2026-07-01' }],
      { from: '2026-01-01' },
      /standard@1 is in force from 2026-07-01 on/,
    ],
    [
      'cuts into a version with an end',
      [{ from: '2026-01-01', to: '2026-12-01' }],
      { from: '2026-07-01' },
      /to 2026-12-01/,
    ],
    ['is only for a while', [{ from: '2026-01-01' }], { from: '2026-07-01', to: '2026-08-01' }, /without effectiveTo/],
    [
      'is of another plan that holds the same days',
      [{ from: '2026-01-01' }],
      { from: '2026-07-01', slug: 'other' },
      /no other plan/,
    ],
    [
      'corrects one and runs into another',
      [{ from: '2026-01-01', to: '2026-04-01' }, { from: '2026-04-01' }],
      { from: '2026-01-01', to: '2026-06-01', corrects: 1 },
      /corrects: 2/,
    ],
    [
      'corrects a later one and begins before an earlier one that it does not name',
      [{ from: '2026-01-01' }, { from: '2026-06-01' }, { from: '2026-07-01' }],
      { from: '2026-05-01', corrects: 3 },
      /corrects: 2/,
    ],
    ['corrects a version that is not there', [{ from: '2026-01-01' }], { from: '2026-01-01', corrects: 7 }, /1 to 1/],
  ])('is refused when it %s', (_when, before, added, words) => {
    expect(judgeNewVersion(stored(...before), plan(added))).toMatchObject({
      kind: 'refused',
      expected: expect.stringMatching(words),
    });
  });
});
