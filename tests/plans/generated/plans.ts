import fc from 'fast-check';
import type { PlanVersion } from '../../../src/plans/plan.js';
import { readPlanText } from '../../../src/plans/read-plan.js';
import type { PlanText, RuleText } from '../naive/plan-text.js';
import type { VersionText } from '../naive/world.js';
import { asDay } from '../sample-facts.js';
import { floorOfPeriod, limits, overrides, rule } from './rules.js';
import { currency, mostly, seldom, written } from './written.js';

type Terms = Omit<PlanText, 'plan' | 'effectiveFrom'>;

const rules: fc.Arbitrary<readonly RuleText[]> = fc
  .integer({ min: 1, max: 4 })
  .chain((count) => fc.tuple(...['a', 'b', 'c', 'd'].slice(0, count).map(rule)));

/** What a version of a plan says. */
export const terms: fc.Arbitrary<Terms> = written({
  creditWhen: seldom(fc.constantFrom('approved' as const, 'submitted' as const), 5),
  versionBy: seldom(fc.constantFrom('won' as const, 'registered' as const, 'paid' as const), 3),
  payIn: seldom(currency, 4),
  exchangeOn: seldom(fc.constantFrom('won' as const, 'month-end' as const), 4),
  holdDays: mostly(fc.constantFrom(0, 14, 30)),
  rounding: mostly(fc.constantFrom('half-even' as const, 'half-up' as const)),
  match: seldom(fc.constantFrom('all' as const, 'first' as const), 4),
  shareBy: seldom(fc.constantFrom('commission' as const, 'own-plans' as const), 3),
  limits: seldom(fc.oneof(fc.record({ cap: limits(60, 600) }), fc.record({ floor: floorOfPeriod })), 5),
  overrides: seldom(overrides, 6),
  rules,
}).map(({ limits: held, ...rest }) => ({ ...held, ...rest }));

const knownOn = fc.constantFrom('2026-03-05', '2026-05-10');

/**
 * The versions of a program: a plan for everybody, now and then with a later version, one that corrects it, or a plan of their
 * own for a tier or a partner.
 */
export const versionTexts: fc.Arbitrary<VersionText[]> = fc
  .record({
    first: terms,
    later: seldom(terms, 3),
    correction: seldom(fc.tuple(terms, fc.constantFrom('2025-01-01', '2025-01-01', '2026-02-10'), knownOn), 3),
    gold: seldom(terms, 3),
    own: seldom(terms, 3),
  })
  .map(({ first, later, correction, gold, own }) => {
    const versions: VersionText[] = [version(1, first, { plan: 'standard', effectiveFrom: '2025-01-01' })];
    if (later !== undefined) {
      versions.push(version(versions.length + 1, later, { plan: 'standard', effectiveFrom: '2026-02-15' }));
    }
    if (correction !== undefined) {
      const [text, effectiveFrom, known] = correction;
      const about = { plan: 'standard', effectiveFrom, corrects: 1 };
      // A correction that begins after a later version would be in that one's place.
      versions.push(version(versions.length + 1, text, about, known));
    }
    if (gold !== undefined) {
      versions.push(version(1, gold, { plan: 'gold', for: { tier: 'gold' }, effectiveFrom: '2026-01-20' }));
    }
    if (own !== undefined) {
      const about = { plan: 'own', for: { partner: 'par_2' }, effectiveFrom: '2026-01-01', effectiveTo: '2026-03-15' };
      versions.push(version(1, own, about));
    }
    return versions;
  });

function version(
  number: number,
  terms: Terms,
  about: Omit<PlanText, 'rules'>,
  knownOn: string | null = null,
): VersionText {
  return { number, knownOn, text: { ...about, ...terms } };
}

/** The same versions as the engine reads them from their documents. */
export function planVersions(versions: readonly VersionText[]): PlanVersion[] {
  return versions.map(({ number, knownOn, text }) => {
    const reading = readPlanText(JSON.stringify(text));
    if (reading.kind === 'refused') throw new Error(reading.faults.map(({ message }) => message).join('\n'));
    const known = knownOn === null ? null : asDay(knownOn);
    return { id: `${text.plan}_${number}`, number, plan: reading.plan, knownOn: known };
  });
}
