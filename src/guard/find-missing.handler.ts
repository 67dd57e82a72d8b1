import type { CrmConnector, CrmKind, DealTies } from '../../connectors/contract.js';
import { assertDefined } from '../platform/assert.js';
import type { Clock } from '../platform/clock.js';
import type { Database } from '../platform/database.js';
import type { Transact, UnitOfWork } from '../platform/unit-of-work.js';
import { loadProgram } from '../program/program.store.js';
import { claimsKnownBy, type KnownBy } from '../registration/prospect.store.js';
import { findRegistrations, type RegistrationRow } from '../registration/registration.store.js';
import {
  ensureDeals,
  findDealsByCrmIds,
  linksOfDeals,
  linksOfRegistrations,
  type CrmLinkRow,
} from '../sync/crm-link.store.js';
import { linksOn } from '../sync/lead-link.store.js';
import { countedOutcome } from '../watch/deal-change.js';
import { findDealStates } from '../watch/deal-state.store.js';
import { historyWanted, markPending } from '../watch/pending-deal.store.js';
import { dealReaderTopics } from '../watch/topics.js';
import { dueWins, winsAsked, type UnclaimedWin } from '../watch/unclaimed-win.store.js';
import { knownBy } from './known-by.js';
import { pairsGivenUp } from './link-move.store.js';
import { evidenceOfMissing, likelihoodOfMissing, type Claimant, type Win } from './missing-commission.js';
import { dealsWithFound, keepFound, retireFound, type Found } from './missing-commission.store.js';

/** Longer than this a run does not begin another batch: what is left is taken up by the next, well within the lease. */
const longestMs = 60_000;
/** More registrations on one win than anybody would read. */
const mostClaimants = 10;

/** A win with whom it is about. */
interface TiedWin {
  readonly win: UnclaimedWin;
  readonly ties: Pick<DealTies, 'contactIds' | 'companyIds'>;
  readonly knownBy: KnownBy;
}

/**
 * Asks whom wins are about that nobody is credited for, as many as one call takes at once, and notes those that a registration may
 * be owed. @returns whether all were asked about
 * @throws the connector's failures; what was asked before stays noted
 */
export function createFindMissing(deps: { readonly db: Database; readonly transact: Transact; readonly clock: Clock }) {
  return async (connectionId: string, connector: CrmConnector): Promise<boolean> => {
    const until = deps.clock.now().getTime() + longestMs;
    while (deps.clock.now().getTime() < until) {
      const wins = await dueWins(deps.db, connectionId, connector.limits.tiesOfDeals);
      if (wins.length === 0) return true;
      const read = await connector.tiesOfDeals(wins.map((win) => win.crm_deal_id));
      const byDeal = new Map(read.map((one) => [one.crmDealId, one]));
      const addresses = await connector.addressesOf({
        contactIds: read.flatMap(({ contactIds }) => contactIds),
        companyIds: read.flatMap(({ companyIds }) => companyIds),
      });
      const tied = wins.map((win) => {
        const ties = byDeal.get(win.crm_deal_id) ?? nobody;
        return { win, ties, knownBy: knownBy(ties, addresses) };
      });
      await deps.transact(async (uow) => {
        await judgeWins(uow, { id: connectionId, crm: connector.kind }, tied);
        // Whom it is about is known once they can be recognised, which people may write only days after.
        const asked = tied.map(({ win, knownBy: { contactKeys, domains } }) => ({
          win,
          tied: contactKeys.length + domains.length > 0,
        }));
        await winsAsked(uow.trx, connectionId, asked, uow.now);
      });
    }
    return false;
  };
}

const nobody = { contactIds: [], companyIds: [] };

async function judgeWins(
  uow: UnitOfWork,
  connection: { readonly id: string; readonly crm: CrmKind },
  tied: readonly TiedWin[],
): Promise<void> {
  const crmDealIds = tied.map(({ win }) => win.crm_deal_id);
  const deals = await findDealsByCrmIds(uow.trx, connection.id, crmDealIds);
  const dealIds = new Map(deals.map((deal) => [deal.crm_deal_id, deal.id]));
  const ownLinks = await linksOfDeals(uow.trx, [...dealIds.values()]);
  const onRecords = await linksOn(uow.trx, connection.id, {
    contactIds: tied.flatMap(({ ties }) => ties.contactIds),
    companyIds: tied.flatMap(({ ties }) => ties.companyIds),
  });
  const known = await claimsKnownBy(uow.trx, {
    contactKeys: tied.flatMap(({ knownBy: { contactKeys } }) => contactKeys),
    domains: tied.flatMap(({ knownBy: { domains } }) => domains),
  });
  const ofKnown = await linksOfRegistrations(
    uow.trx,
    known.map(({ id }) => id),
  );
  const links = [
    ...new Map([...ofKnown, ...onRecords, ...ownLinks].map((link) => [link.registration_id, link])).values(),
  ];
  const byRecords = await findRegistrations(
    uow.trx,
    links.map((link) => link.registration_id),
  );
  const registrations = [...new Map([...known, ...byRecords].map((one) => [one.id, one])).values()];
  const claimants = claimantsOf(connection.id, links, registrations);
  const credited = creditedDeals(ownLinks, registrations);
  const givenUp = await pairsGivenUp(uow.trx, [...dealIds.values()]);
  const { settings } = await loadProgram(uow.trx);
  for (const { win, ties, knownBy } of tied) {
    const dealId = dealIds.get(win.crm_deal_id);
    const linkedTo = ownLinks.flatMap((link) => (link.deal_id === dealId ? link.registration_id : []));
    const open = claimants.filter(({ id }) => dealId === undefined || !givenUp.has(`${id} ${dealId}`));
    const found =
      dealId !== undefined && credited.has(dealId)
        ? []
        : foundFor({ ...win.facts, seenWonAt: win.seen_won_at, ties, knownBy, linkedTo }, open, settings);
    if (dealId === undefined && found.length === 0) continue;
    await note(uow, connection, win, found);
  }
}

type Rules = Parameters<typeof evidenceOfMissing>[2];

function foundFor(win: Win, claimants: readonly Claimant[], rules: Rules): readonly Found[] {
  const fitting = claimants.filter((claimant) => evidenceOfMissing(win, claimant, rules, false) !== null);
  return fitting
    .flatMap((claimant) => {
      const evidence = evidenceOfMissing(win, claimant, rules, fitting.length > 1);
      return evidence === null
        ? []
        : [{ registrationId: claimant.id, likelihood: likelihoodOfMissing(evidence), evidence }];
    })
    .sort((a, b) => b.likelihood - a.likelihood)
    .slice(0, mostClaimants);
}

/** The deal becomes one of ours, so that whoever links it finds its history. */
async function note(
  uow: UnitOfWork,
  connection: { readonly id: string; readonly crm: CrmKind },
  win: UnclaimedWin,
  found: readonly Found[],
): Promise<void> {
  const { crm_deal_id: crmDealId, facts } = win;
  const made = await ensureDeals(uow.trx, connection, [crmDealId], uow.now);
  const id = assertDefined(made.get(crmDealId), 'a deal just ensured has an id');
  await keepFound(uow.trx, { id, facts }, found, uow.now);
  if (found.length === 0) return;
  await markPending(uow.trx, [{ connectionId: connection.id, crmDealId, stageHint: historyWanted }], uow.now);
  dealReaderTopics(connection.id).forEach(uow.wake);
}

/** A registration of another connection is none of its deals: its records are there. */
function claimantsOf(
  connectionId: string,
  links: readonly CrmLinkRow[],
  registrations: readonly RegistrationRow[],
): readonly Claimant[] {
  const byId = new Map(links.map((link) => [link.registration_id, link]));
  return registrations.flatMap((registration) => {
    const link = byId.get(registration.id);
    if (link !== undefined && link.connection_id !== connectionId) return [];
    return [
      {
        id: registration.id,
        status: registration.status,
        outcome: registration.outcome,
        submittedAt: registration.submitted_at,
        approvedAt: registration.approved_at,
        protectedUntil: registration.protected_until,
        amount: registration.amount,
        currency: registration.currency,
        contactKey: registration.contact_key,
        companyKey: registration.company_key,
        pushedAt: link?.created_at ?? null,
        contactId: link?.crm_contact_id ?? null,
        companyId: link?.crm_company_id ?? null,
      },
    ];
  });
}

/** Deals that a registration that stands has. */
function creditedDeals(links: readonly CrmLinkRow[], registrations: readonly RegistrationRow[]): ReadonlySet<string> {
  const standing = new Set(registrations.filter(({ status }) => status === 'approved').map(({ id }) => id));
  return new Set(links.filter((link) => standing.has(link.registration_id)).flatMap((link) => link.deal_id ?? []));
}

/** Deals have changed: what was found about one that is not won any more, or is a standing registration's by now, is over. */
export async function retireEnded(uow: UnitOfWork, dealIds: readonly string[]): Promise<void> {
  const found = await dealsWithFound(uow.trx, dealIds);
  if (found.length === 0) return;
  const states = await findDealStates(uow.trx, found);
  const links = await linksOfDeals(uow.trx, found);
  const registrations = await findRegistrations(
    uow.trx,
    links.map((link) => link.registration_id),
  );
  const credited = creditedDeals(links, registrations);
  const ended = found.filter((id) => {
    const state = states.get(id)?.state;
    return credited.has(id) || (state !== undefined && countedOutcome(state) !== 'won');
  });
  await retireFound(uow.trx, ended, uow.now);
}
