import type { Instant, PartnerFacts, PartnerTerms } from '../../plans/facts.js';
import type { Day } from '../../program/calendar.js';
import { instantOf } from './moment.js';
import type { ScenarioDocument } from './scenario-document.js';

const fromTheBeginning = '0001-01-01' as Day;

/** Every partner that is described or named. */
export function partnersOf(document: ScenarioDocument, timeZone: string): readonly PartnerFacts[] {
  const described = new Map(document.partners.map((partner) => [partner.id, partner]));
  const named = [
    ...document.deals.flatMap(({ partner, partners }) => [
      ...(partner === undefined ? [] : [partner]),
      ...Object.keys(partners ?? {}),
    ]),
    ...document.registrations.flatMap(({ partner, shares, history = [] }) => [
      partner,
      ...[shares, ...history.map((step) => step.shares)].flatMap((parts) => Object.keys(parts ?? {})),
    ]),
    ...document.partners.flatMap(({ recruitedBy }) => recruitedBy ?? []),
    ...document.decisions.map(({ partner }) => partner),
    ...document.plans.flatMap((entry) =>
      ('terms' in entry ? entry.terms : entry).rules.flatMap(({ split }) =>
        (split ?? []).map(({ partner }) => partner),
      ),
    ),
  ];
  const ids = new Set([...described.keys(), ...named]);
  return [...ids].map((id) => {
    const partner = described.get(id);
    return {
      id,
      deactivatedAt: partner?.left === undefined ? null : instantOf(partner.left, timeZone, 'start'),
      recruitedBy: partner?.recruitedBy ?? null,
      terms: partner === undefined ? [] : termsOf(partner),
    };
  });
}

export function seenAt<Name extends string, T extends Readonly<Record<Name, Instant | null>>>(
  thing: T,
  moment: Instant,
  name: Name,
): T {
  const at = thing[name];
  return at !== null && at > moment ? { ...thing, [name]: null } : thing;
}

/** What a partner was from the beginning, and what it became: what a change does not mention stays. */
function termsOf({ type, tier, tags, history = [] }: ScenarioDocument['partners'][number]): readonly PartnerTerms[] {
  let terms: PartnerTerms = { since: fromTheBeginning, type: type ?? null, tier: tier ?? null, tags: tags ?? [] };
  const later = history
    .toSorted((a, b) => (a.since < b.since ? -1 : a.since > b.since ? 1 : 0))
    .map((change) => {
      terms = {
        since: change.since,
        type: change.type ?? terms.type,
        tier: change.tier === undefined ? terms.tier : change.tier,
        tags: change.tags ?? terms.tags,
      };
      return terms;
    });
  return [{ since: fromTheBeginning, type: type ?? null, tier: tier ?? null, tags: tags ?? [] }, ...later];
}
