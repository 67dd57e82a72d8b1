import fc from 'fast-check';
import type { Facts } from '../../../src/plans/facts.js';
import { position } from '../../../src/plans/position.js';
import { netOf } from '../../../src/plans/wanted-line.js';
import type { NaiveLine } from '../naive/parts.js';
import type { VersionText, World } from '../naive/world.js';
import { atLast, factsOf, history, type History } from './histories.js';
import { planVersions, versionTexts } from './plans.js';
import type { Told } from './told.js';

/** Plans and what happened under them. */
export interface Case {
  readonly versions: readonly VersionText[];
  readonly history: History;
}

export const cases: fc.Arbitrary<Case> = fc.record({ versions: versionTexts, history });

/** The last day, or one on which some of what was paid for is still to come. */
export const someDay = fc.constantFrom(atLast, atLast, '2026-04-15');

/** What was known on a day: as documents for the naive evaluation, and as the engine reads them. */
export interface Known {
  readonly world: World;
  readonly facts: Facts;
}

/** Says what was known on a day, of all that was told by then or of some of it. Documents are read once for a case. */
export function knowledgeOf({ versions, history }: Case): (asOf: string, told?: readonly Told[]) => Known {
  const read = planVersions(versions);
  return (asOf, told = history.told.filter(({ on }) => on <= asOf)) => {
    const isKnown = ({ knownOn }: { readonly knownOn: string | null }): boolean => knownOn === null || knownOn <= asOf;
    const facts = factsOf(history, told, asOf);
    return {
      world: { versions: versions.filter(isKnown), facts },
      facts: { ...facts, planVersions: read.filter(isKnown), decisions: [] },
    };
  };
}

/** What the engine says should be booked, in the words of the naive evaluation. */
export function engineLines(facts: Facts): NaiveLine[] {
  return position(facts).lines.map((line) => ({
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
  }));
}

/** Lines as texts in one order, so that two evaluations can be compared. */
export function inWords(lines: readonly NaiveLine[]): string[] {
  return lines
    .map(({ occasion, dealId, partnerId, payee, kind, component, currency, gross, net, earnedOn, payableOn }) => {
      const what = `${occasion} (${String(dealId)}) ${partnerId} as ${payee}: ${kind} ${component}`;
      return `${what} ${String(gross)} of which ${String(net)} ${currency} on ${earnedOn}, ${payableOn}`;
    })
    .sort();
}
