import type { CustomerPayment } from './crediting/customer-payment.js';
import { paymentsOfDeals } from './crediting/customer-payment.store.js';
import { supplementsOfDeals } from './crediting/deal-supplement.store.js';
import type { FactSources, MomentRange, RegistrationRecord } from './crediting/load-facts.handler.js';
import { decisionsAbout } from './crediting/manual-decision.store.js';
import type { PreviewSources } from './crediting/preview-plan.handler.js';
import { parseDecimal, ratio } from './money/ratio.js';
import { metricsOfPartners } from './partners/partner-metric.store.js';
import { partnerTerms } from './partners/partner-terms.store.js';
import { findPartners, findWithRecruiters } from './partners/partner.store.js';
import { assertDefined } from './platform/assert.js';
import type { Reader } from './platform/database.js';
import { isDay } from './program/calendar.js';
import { loadProgram } from './program/program.store.js';
import {
  registrationIdsSharedBy,
  sharesOfRegistrations,
  type StoredShare,
} from './registration/registration-share.store.js';
import {
  findClaims,
  partnersOfRegistrations,
  registrationIdsOf,
  type RegistrationClaim,
} from './registration/registration.store.js';
import {
  crmIdsOfDeals,
  dealIdsOfRegistrations,
  linksOfRegistrations,
  registrationIdsOfDeals,
} from './sync/crm-link.store.js';
import { eatenDeals, survivorsOf } from './sync/merged-deal.store.js';
import { readAmountText } from './watch/change-after-win.js';
import { heldValues, type HeldValues } from './watch/change-after-win.store.js';
import { dealsWonIn, dealsWonWithin, findDealFacts } from './watch/deal-state.store.js';
import { firstEntries } from './watch/stage-entry.store.js';

/** An override is paid to at most two levels above the partner that sold. */
export const levelsOfRecruiters = 2;

type DealRow = Awaited<ReturnType<typeof findDealFacts>>[number];

/** What was changed after the win and is not accepted does not count. */
function withHeld(row: DealRow, held: ReadonlyMap<string, HeldValues>): DealRow {
  const { amount, closeDate = row.close_date } = held.get(row.deal_id) ?? {};
  return { ...row, ...(amount === undefined ? {} : readAmountText(amount)), close_date: closeDate };
}

/** What plans look at, taken from the stages that know it. */
export const factSources: FactSources = {
  deals: async (db, dealIds) => {
    const { fieldMap } = (await loadProgram(db)).settings;
    const rows = await findDealFacts(db, dealIds);
    const crmIds = Object.keys(fieldMap).length === 0 ? null : await crmIdsOfDeals(db, dealIds);
    const supplements = await supplementsWithEaten(db, dealIds);
    const held = await heldValues(db, dealIds);
    return rows
      .map((stored) => withHeld(stored, held))
      .map((row) => ({
        id: row.deal_id,
        outcome: row.outcome,
        archived: row.presence !== 'present',
        wonAt: row.won_at?.toISOString() ?? null,
        closeDate: row.close_date !== null && isDay(row.close_date) ? row.close_date : null,
        amount: row.amount,
        currency: row.currency,
        pipeline: row.pipeline_id,
        churnedOn: supplements.get(row.deal_id)?.churnedOn ?? null,
        // What was told of a deal beside the CRM stands where the CRM has nothing to say.
        fields: {
          ...supplements.get(row.deal_id)?.fields,
          ...heldFields(namedFields(row.fields, fieldMap[crmIds?.get(row.deal_id)?.crm ?? 'hubspot'] ?? {})),
        },
        revision: row.revision,
      }));
  },
  registrationsOfDeals: async (db, dealIds) => {
    const dealOf = await dealsByRegistration(db, dealIds);
    return registrationRecords(db, [...dealOf.keys()], dealOf);
  },
  dealsOfPartners: async (db, partnerIds, ranges) => {
    const own = await registrationIdsOf(db, partnerIds);
    const dealIds = await dealIdsOfRegistrations(db, [...own, ...(await registrationIdsSharedBy(db, partnerIds))]);
    return dealsWonWithin(db, [...new Set(dealIds)], ranges === null ? null : withoutRepeats(ranges));
  },
  registrations: async (db, registrationIds) => {
    const links = await linksOfRegistrations(db, registrationIds);
    const dealOf = new Map(links.map((link) => [link.registration_id, link.deal_id]));
    return registrationRecords(db, registrationIds, dealOf);
  },
  stageEntries: firstEntries,
  partners: async (db, partnerIds) => {
    const rows = await findWithRecruiters(db, partnerIds, levelsOfRecruiters);
    const terms = await partnerTerms(
      db,
      rows.map(({ id }) => id),
    );
    return rows.map((row) => ({
      id: row.id,
      deactivatedAt: row.deactivated_at?.toISOString() ?? null,
      recruitedBy: row.recruited_by,
      terms: terms.get(row.id) ?? [],
    }));
  },
  survivorsOf,
  payments: paymentsWithEaten,
  metrics: async (db, partnerIds) => {
    const metrics = await metricsOfPartners(db, partnerIds);
    return metrics.map((metric) => ({
      ...metric,
      value: assertDefined(parseDecimal(metric.value), 'the value of a metric is a decimal'),
    }));
  },
  decisions: decisionsWithEaten,
};

/** What was told of a deal, and before that of those that were merged into it. */
async function supplementsWithEaten(db: Reader, dealIds: readonly string[]) {
  const eaten = await eatenDeals(db, dealIds);
  const told = new Map(await supplementsOfDeals(db, [...dealIds, ...eaten.keys()]));
  for (const [eatenId, survivor] of eaten) {
    const [own, inherited] = [told.get(survivor), told.get(eatenId)];
    if (inherited === undefined) continue;
    told.set(survivor, {
      churnedOn: own?.churnedOn ?? inherited.churnedOn,
      fields: { ...inherited.fields, ...own?.fields },
    });
  }
  return told;
}

/** What customers paid for a deal, and for those that were merged into it. */
async function paymentsWithEaten(
  db: Reader,
  dealIds: readonly string[],
  registrationIds: readonly string[],
): Promise<readonly CustomerPayment[]> {
  const eaten = await eatenDeals(db, dealIds);
  const payments = await paymentsOfDeals(db, [...dealIds, ...eaten.keys()], registrationIds);
  return payments.map((payment) => ({ ...payment, dealId: eaten.get(payment.dealId ?? '') ?? payment.dealId }));
}

/** What was decided about a deal, and what was set for those that were merged into it; what was added to those stays theirs. */
async function decisionsWithEaten(db: Reader, dealIds: readonly string[], decisionIds: readonly string[]) {
  const eaten = await eatenDeals(db, dealIds);
  const decisions = await decisionsAbout(db, [...dealIds, ...eaten.keys()], decisionIds);
  return decisions.flatMap((decision) => {
    const survivor = eaten.get(decision.dealId ?? '');
    if (survivor === undefined) return [decision];
    if (decision.kind === 'set') return [{ ...decision, dealId: survivor }];
    return dealIds.includes(decision.dealId ?? '') ? [decision] : [];
  });
}

/** The same, and what a preview shows besides. */
export const previewSources: PreviewSources = {
  ...factSources,
  wonDeals: async (db, when) => {
    const won = await dealsWonIn(db, when);
    const dealOf = await dealsByRegistration(
      db,
      won.map(({ dealId }) => dealId),
    );
    const owners = await partnersOfRegistrations(db, [...dealOf.keys()]);
    const partnersOf = new Map(won.map(({ dealId }): [string, string[]] => [dealId, []]));
    for (const [registrationId, partnerId] of owners) {
      partnersOf.get(dealOf.get(registrationId) ?? '')?.push(partnerId);
    }
    return won.map(({ dealId, name }) => ({ dealId, name, partnerIds: partnersOf.get(dealId) ?? [] }));
  },
  crmIds: crmIdsOfDeals,
  partnerNames: async (db, partnerIds) =>
    new Map((await findPartners(db, partnerIds)).map(({ id, name }) => [id, name])),
};

/** The deal of each registration that is or was linked to one of the deals. */
async function dealsByRegistration(db: Reader, dealIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const links = await registrationIdsOfDeals(db, dealIds);
  return new Map(links.map(({ registrationId, dealId }) => [registrationId, dealId]));
}

/** Each deal brings the range of its period, and thousands are mostly of the same few: the database looks through all of them. */
function withoutRepeats(ranges: readonly MomentRange[]): readonly MomentRange[] {
  return [
    ...new Map(
      ranges.map((range) => [`${String(range.from.getTime())} ${String(range.until.getTime())}`, range]),
    ).values(),
  ];
}

/** CRM fields under the names that plans use for them. */
function namedFields(
  fields: Readonly<Record<string, string | null>>,
  names: Readonly<Record<string, string>>,
): Readonly<Record<string, string | null>> {
  return Object.fromEntries(Object.entries(names).map(([name, crmField]) => [name, fields[crmField] ?? null]));
}

/** Those that have a value: an empty CRM field says nothing. */
function heldFields(fields: Readonly<Record<string, string | null>>): Readonly<Record<string, string | null>> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== ''));
}

async function registrationRecords(
  db: Reader,
  ids: readonly string[],
  dealOf: ReadonlyMap<string, string | null>,
): Promise<readonly RegistrationRecord[]> {
  const rows = await findClaims(db, ids);
  const shares = await sharesOfRegistrations(db, ids);
  return rows.map((row) => registrationRecord(row, dealOf.get(row.id) ?? null, shares.get(row.id) ?? []));
}

function registrationRecord(
  row: RegistrationClaim,
  dealId: string | null,
  shares: readonly StoredShare[],
): RegistrationRecord {
  const ended = row.status === 'rejected' || row.status === 'withdrawn';
  return {
    id: row.id,
    partnerId: row.partner_id,
    dealId,
    submittedAt: row.submitted_at.toISOString(),
    approvedAt: row.approved_at?.toISOString() ?? null,
    protectedUntil: row.protected_until !== null && isDay(row.protected_until) ? row.protected_until : null,
    endedAt: ended ? (row.decided_at?.toISOString() ?? null) : null,
    product: row.product === '' ? null : row.product,
    customer: { name: row.company_name, domain: row.company_domain, country: row.country },
    shares: shares.map(({ partnerId, percent }) => {
      const { numerator, denominator } = assertDefined(parseDecimal(percent), 'a stored percentage is a decimal');
      return { partnerId, share: ratio(numerator, denominator * 100n) };
    }),
  };
}
