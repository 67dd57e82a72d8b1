import type { z } from 'zod';
import { earnedByMonth } from '../crediting/earned-sum.store.js';
import { formatAmount } from '../money/money.js';
import { formatScaled } from '../money/ratio.js';
import { round } from '../money/rounding.js';
import type { Reader } from '../platform/database.js';
import {
  addDays,
  addMonths,
  compareDays,
  dayIn,
  firstDayOf,
  periodOf,
  startOfDayIn,
  type Day,
  type Period,
} from '../program/calendar.js';
import { loadProgram } from '../program/program.store.js';
import { findClaims, registrationIdsOf } from '../registration/registration.store.js';
import {
  countExpiring,
  registrationFigures,
  type RegistrationFigures,
} from '../registration/registration-figures.store.js';
import { waitingForAnswer } from '../registration/review.store.js';
import { answerBy } from '../review/ageing.js';
import { dealIdsOfRegistrations, linksOfRegistrations, registrationIdsOfDeals } from '../sync/crm-link.store.js';
import { dealsWonIn, dealsWonWithin, findDealFacts } from '../watch/deal-state.store.js';
import { monthFigures, sumsOf, type MonthFigures, type Sourced, type Sum, type WonDeal } from './overview.js';
import type { overviewMonthShape, overviewShape } from './overview.api.js';

const expiringWithinDays = 30;

/** How the program goes: what waits now, and the figures of so many months up to the running one. */
export async function readOverview(db: Reader, now: Date, monthCount: number): Promise<z.input<typeof overviewShape>> {
  const { settings } = await loadProgram(db);
  const { timeZone } = settings;
  const today = dayIn(now, timeZone);
  const months = latestMonths(today, monthCount);
  const from = firstDayOf(months.at(-1) ?? periodOf(today));
  const until = addMonths(firstDayOf(periodOf(today)), 1);
  const moments = { from: startOfDayIn(from, timeZone), until: startOfDayIn(until, timeZone) };
  const rows = await registrationFigures(db, moments.from);
  const registrations = await withDeals(db, rows);
  const wonDeals = await sourcedWins(db, moments);
  const earned = await earnedByMonth(db, from, until);
  const waiting = await waitingForAnswer(db);
  const expiringUntil = addDays(today, expiringWithinDays);
  const isOpen = ({ status, outcome }: Sourced): boolean => status === 'approved' && outcome === 'open';
  return {
    unanswered: waiting.length,
    overdue: waiting.filter(({ since }) => compareDays(answerBy(since, settings), today) < 0).length,
    expiring: { count: await countExpiring(db, today, expiringUntil), until: expiringUntil },
    openPipeline: sumsOnWire(sumsOf(registrations.filter(isOpen))),
    months: monthFigures({ months, timeZone, registrations, wonDeals, earned }).map(monthOnWire),
  };
}

interface Moments {
  readonly from: Date;
  readonly until: Date;
}

/** Ids of the approved registrations, of one partner's or of all, whose deals were won from a moment up to, not including, another one. */
export async function registrationsWonIn(
  db: Reader,
  moments: Moments,
  partnerId: string | undefined,
): Promise<readonly string[]> {
  const wins = await sourcedWins(db, moments, partnerId);
  return wins.flatMap(({ registrationIds }) => registrationIds);
}

type SourcedWin = WonDeal & { readonly registrationIds: readonly string[] };

/** Deals that were won then, are so still, and are an approved registration's. */
async function sourcedWins(db: Reader, moments: Moments, partnerId?: string): Promise<readonly SourcedWin[]> {
  const won = await dealsWon(db, moments, partnerId);
  const [facts, links] = [await findDealFacts(db, won), await registrationIdsOfDeals(db, won)];
  const claims = await findClaims(
    db,
    links.map(({ registrationId }) => registrationId),
  );
  const approved = new Set(claims.flatMap(({ id, status }) => (status === 'approved' ? [id] : [])));
  const idsOf = new Map<string, string[]>();
  for (const { registrationId, dealId } of links) {
    if (approved.has(registrationId)) idsOf.set(dealId, [...(idsOf.get(dealId) ?? []), registrationId]);
  }
  return facts.flatMap(({ deal_id: id, outcome, presence, won_at: wonAt, amount, currency }) => {
    const registrationIds = idsOf.get(id);
    if (registrationIds === undefined || wonAt === null || outcome !== 'won' || presence !== 'present') return [];
    return [{ wonAt, amount, currency, registrationIds }];
  });
}

async function dealsWon(db: Reader, moments: Moments, partnerId: string | undefined): Promise<readonly string[]> {
  if (partnerId === undefined) return (await dealsWonIn(db, { moments, closeDates: null })).map(({ dealId }) => dealId);
  const own = await dealIdsOfRegistrations(db, await registrationIdsOf(db, [partnerId]));
  return dealsWonWithin(db, own, [moments]);
}

/** What was approved is worth what its deal is worth now. */
async function withDeals(db: Reader, rows: readonly RegistrationFigures[]): Promise<readonly Sourced[]> {
  const approved = rows.filter(({ approved_at: at }) => at !== null).map(({ id }) => id);
  const links = await linksOfRegistrations(db, approved);
  const facts = await findDealFacts(
    db,
    links.flatMap(({ deal_id: id }) => id ?? []),
  );
  const dealOf = new Map(facts.map((deal) => [deal.deal_id, deal]));
  const linkOf = new Map(links.map((link) => [link.registration_id, link.deal_id]));
  return rows.map((row) => {
    const deal = dealOf.get(linkOf.get(row.id) ?? '');
    const { amount, currency } = deal?.amount == null ? row : deal;
    return {
      status: row.status,
      source: row.source,
      submittedAt: row.submitted_at,
      approvedAt: row.approved_at,
      decidedAt: row.decided_at,
      outcome: row.outcome,
      amount,
      currency,
    };
  });
}

function latestMonths(today: Day, count: number): readonly Period[] {
  const first = firstDayOf(periodOf(today));
  return Array.from({ length: count }, (_, back) => periodOf(addMonths(first, -back)));
}

function monthOnWire(figures: MonthFigures): z.input<typeof overviewMonthShape> {
  const { won, lost } = figures.cohort;
  const decided = BigInt(won + lost);
  const rate = decided === 0n ? null : round({ numerator: BigInt(won) * 1000n, denominator: decided }, 'half-even');
  return {
    ...figures,
    pipeline: sumsOnWire(figures.pipeline),
    revenue: sumsOnWire(figures.revenue),
    commission: sumsOnWire(figures.commission),
    winRate: rate === null ? null : formatScaled(rate, 1),
    cost: figures.cost.map(({ currency, permille }) => ({ currency, percent: formatScaled(permille, 1) })),
  };
}

function sumsOnWire(sums: readonly Sum[]) {
  return sums.map(({ currency, amountMinor }) => ({ currency, amount: formatAmount(amountMinor, currency) }));
}
