import fc from 'fast-check';
import type { Facts } from '../../../src/plans/facts.js';
import { position } from '../../../src/plans/position.js';
import { netOf } from '../../../src/plans/wanted-line.js';
import { evaluateNaively } from '../naive/evaluate.js';
import type { NaiveLine } from '../naive/parts.js';
import type { VersionText, World } from '../naive/world.js';
import { atLast, factsOf, history, type History } from './histories.js';
import { planVersions, versionTexts } from './plans.js';

/** Plans and what happened under them. */
export interface Case {
  readonly versions: readonly VersionText[];
  readonly history: History;
}

export const cases: fc.Arbitrary<Case> = fc.record({ versions: versionTexts, history });

/** The last day, or one on which some of what was paid for is still to come. */
export const someDay = fc.constantFrom(atLast, atLast, '2026-04-15');

/** Both views of a case on a day: documents for the naive evaluation, and what the engine reads from them. */
export function bothViews({ versions, history }: Case, asOf: string): { readonly world: World; readonly facts: Facts } {
  const told = history.told.filter(({ on }) => on <= asOf);
  const known = versions.filter(({ knownOn }) => knownOn === null || knownOn <= asOf);
  const facts = factsOf(history, told, asOf);
  return { world: { versions: known, facts }, facts: { ...facts, planVersions: planVersions(known), decisions: [] } };
}

/** What the engine's lines come to, in the words of the naive evaluation, in one order. */
export function engineLines(facts: Facts): string[] {
  return position(facts)
    .lines.map((line) =>
      lineText({
        occasion: line.occasion,
        dealId: line.deal?.id ?? null,
        partnerId: line.partnerId,
        payee: line.payee,
        kind: line.kind as NaiveLine['kind'],
        component: line.component,
        currency: line.currency,
        gross: line.amountMinor,
        net: netOf(line),
        earnedOn: line.earnedOn,
        payableOn: line.payableOn,
      }),
    )
    .sort();
}

export function naiveLines(world: World): string[] {
  return evaluateNaively(world).map(lineText).sort();
}

function lineText(line: NaiveLine): string {
  const { occasion, dealId, partnerId, payee, kind, component, currency, gross, net, earnedOn, payableOn } = line;
  const what = `${occasion} (${String(dealId)}) ${partnerId} as ${payee}: ${kind} ${component}`;
  return `${what} ${String(gross)} of which ${String(net)} ${currency} on ${earnedOn}, ${payableOn}`;
}
