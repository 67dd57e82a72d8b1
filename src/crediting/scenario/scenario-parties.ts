import { parseDecimal, ratio } from '../../money/ratio.js';
import type { Instant, PartnerFacts, PartnerShare, PartnerTerms, RegistrationFacts } from '../../plans/facts.js';
import { addDays, dayIn, startOfDayIn, type Day } from '../../program/calendar.js';
import { instantOf } from './moment.js';
import type { DealStep } from './scenario-deals.js';
import type { ScenarioDocument } from './scenario-document.js';

const forEver = '9999-12-31' as Day;
const fromTheBeginning = '0001-01-01' as Day;
const nobody = { name: null, domain: null, country: null };

/** The registrations that are written down, and those that a deal's `partner` or `partners` stands for. */
export function registrationsOf(
  document: ScenarioDocument,
  deals: readonly (readonly DealStep[])[],
): readonly RegistrationFacts[] {
  const { timeZone, protectionDays } = document.program;
  const written = document.registrations.map((one, index): RegistrationFacts => {
    const submittedAt = instantOf(one.submitted, timeZone, 'start');
    const approvedAt = one.approved === undefined ? null : instantOf(one.approved, timeZone, 'start');
    const approvedOn = approvedAt === null ? null : dayIn(new Date(approvedAt), timeZone);
    return {
      id: one.id ?? `registration-${index + 1}`,
      partnerId: one.partner,
      dealId: one.deal ?? null,
      submittedAt,
      submittedOn: dayIn(new Date(submittedAt), timeZone),
      approvedAt,
      approvedOn,
      protectedUntil: one.protectedUntil ?? (approvedOn === null ? null : addDays(approvedOn, protectionDays)),
      endedAt: one.ended === undefined ? null : instantOf(one.ended, timeZone, 'start'),
      product: one.product ?? null,
      customer: {
        name: one.customer?.name ?? null,
        domain: one.customer?.domain ?? null,
        country: one.customer?.country ?? null,
      },
      shares: sharesOf(one.shares),
    };
  });
  const implied = document.deals.flatMap(({ id, partner, partners }, index): readonly RegistrationFacts[] => {
    const firstAt = deals[index]?.[0]?.at;
    const partnerId = partner ?? Object.keys(partners ?? {})[0];
    if (partnerId === undefined || firstAt === undefined) return [];
    const submittedOn = dayIn(new Date(firstAt), timeZone);
    const submittedAt = startOfDayIn(submittedOn, timeZone).toISOString();
    return [
      {
        id: `of-${id}`,
        partnerId,
        dealId: id,
        submittedAt,
        submittedOn,
        approvedAt: submittedAt,
        approvedOn: submittedOn,
        protectedUntil: forEver,
        endedAt: null,
        product: null,
        customer: nobody,
        shares: sharesOf(partners),
      },
    ];
  });
  return [...written, ...implied];
}

/** A registration as it was then: what came later is not there yet. */
export function registrationAt(registration: RegistrationFacts, moment: Instant): readonly RegistrationFacts[] {
  if (registration.submittedAt === null || registration.submittedAt > moment) return [];
  const { approvedAt } = registration;
  const isApproved = approvedAt !== null && approvedAt <= moment;
  return [
    {
      ...seenAt(registration, moment, 'endedAt'),
      approvedAt: isApproved ? approvedAt : null,
      approvedOn: isApproved ? registration.approvedOn : null,
      protectedUntil: isApproved ? registration.protectedUntil : null,
    },
  ];
}

/** Every partner that is described or named. */
export function partnersOf(document: ScenarioDocument, timeZone: string): readonly PartnerFacts[] {
  const described = new Map(document.partners.map((partner) => [partner.id, partner]));
  const named = [
    ...document.deals.flatMap(({ partner, partners }) => [
      ...(partner === undefined ? [] : [partner]),
      ...Object.keys(partners ?? {}),
    ]),
    ...document.registrations.flatMap(({ partner, shares }) => [partner, ...Object.keys(shares ?? {})]),
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

function sharesOf(shares: Readonly<Record<string, string>> | undefined): readonly PartnerShare[] {
  return Object.entries(shares ?? {}).flatMap(([partnerId, percent]) => {
    const { numerator, denominator } = parseDecimal(percent) ?? ratio(0n);
    return numerator === 0n ? [] : [{ partnerId, share: ratio(numerator, denominator * 100n) }];
  });
}
