import { linesOfEntries, type StatedLine } from '../crediting/stated-line.store.js';
import { payablesBefore, payablesBetween, type PayableChange } from '../ledger/payables.store.js';
import { assert, assertDefined } from '../platform/assert.js';
import type { Database, Reader } from '../platform/database.js';
import {
  addDays,
  compareDays,
  firstDayOf,
  isDay,
  lastDayOf,
  periodOf,
  type Day,
  type Period,
} from '../program/calendar.js';
import { timeZonesOf } from '../program/program.store.js';
import { dayShownAt, startOfPeriod } from '../program/zone-history.js';
import { PeriodNotBegun } from './payout-errors.js';
import { payoutsBookedBefore, payoutsOfEntries, type PayoutRow } from './payout.store.js';
import {
  arrangeStatement,
  isFinal,
  statusOn,
  type Statement,
  type StatementLine,
  type StatementPayout,
} from './statement.js';

/**
 * A partner's statement of a month, read in one snapshot. An entry is in the month in which it was booked, which nothing changes
 * any more; what a line was then is told as it was then. So a final statement is the same whenever it is read.
 * @throws PeriodNotBegun
 */
export async function readStatement(db: Database, now: Date, partnerId: string, period: Period): Promise<Statement> {
  const snapshot = db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only');
  return snapshot.execute(async (trx) => {
    const month = await monthOf(trx, now, period);
    const { from, until } = month;
    const changes = await payablesBetween(trx, partnerId, from, until);
    const statement = {
      opening: await payablesBefore(trx, partnerId, from),
      closing: await payablesBefore(trx, partnerId, until),
      lines: await statementLines(
        trx,
        changes.filter((change) => !isPayout(change)),
        month,
      ),
      payouts: await statementPayouts(trx, changes.filter(isPayout), month),
    };
    return { partnerId, period, from, until, final: isFinal(until, now), currencies: arrangeStatement(statement) };
  });
}

/** A month as the program's clock showed it. */
interface Month {
  readonly from: Date;
  readonly until: Date;
  /** Its last day; today while it runs. */
  readonly lastDay: Day;
  /** The day of the month on which something was booked. */
  readonly dayOf: (bookedAt: Date) => Day;
}

async function monthOf(db: Reader, now: Date, period: Period): Promise<Month> {
  const zones = await timeZonesOf(db);
  const from = startOfPeriod(zones, period);
  if (from > now) throw new PeriodNotBegun(period, periodOf(dayShownAt(zones, now)));
  const last = lastDayOf(period);
  const until = startOfPeriod(zones, periodOf(addDays(last, 1)));
  const first = firstDayOf(period);
  const dayOf = (moment: Date): Day => laterOf(first, dayShownAt(zones, moment));
  return { from, until, lastDay: now < until ? dayOf(now) : last, dayOf };
}

/** A zone that was changed to one further west may show a day for the second time, which has its statement already. */
function laterOf(a: Day, b: Day): Day {
  return compareDays(a, b) < 0 ? b : a;
}

function isPayout({ kind }: PayableChange): boolean {
  return kind === 'payout' || kind === 'payout-return';
}

async function statementLines(
  db: Reader,
  changes: readonly PayableChange[],
  { from, until, lastDay, dayOf }: Month,
): Promise<readonly StatementLine[]> {
  const entryIds = changes.map(({ entryId }) => entryId);
  const lines = await linesOfEntries(db, entryIds, { moment: until, day: lastDay });
  const byEntry = new Map(lines.map((line) => [line.entryId, line]));
  const paidBy = await payoutsBookedBefore(db, [...new Set(lines.flatMap(({ payoutIds }) => payoutIds))], until);
  const isPaid = ({ payoutIds }: StatedLine): boolean => payoutIds.some((id) => paidBy.has(id));
  return changes.map(({ entryId, bookedAt, amountMinor, currency }) => {
    const line = assertDefined(byEntry.get(entryId), `a commission line for entry ${entryId}`);
    return {
      id: line.id,
      kind: line.kind,
      component: line.component,
      amountMinor,
      currency,
      earnedOn: line.earnedOn,
      bookedOn: dayOf(bookedAt),
      payableOn: line.payableOn,
      dealId: line.dealId,
      sourceLineId: line.sourceLineId,
      planVersion: line.planVersion,
      status: statusOn({ isPaid: isPaid(line), held: line.held, payableOn: line.payableOn }, lastDay),
      correctsEarlier: line.sourceBookedAt !== null && line.sourceBookedAt < from,
    };
  });
}

async function statementPayouts(
  db: Reader,
  changes: readonly PayableChange[],
  { dayOf }: Month,
): Promise<readonly StatementPayout[]> {
  const rows = await payoutsOfEntries(
    db,
    changes.map(({ entryId }) => entryId),
  );
  const byEntry = new Map(rows.map((row) => [row.entry_id, row]));
  return changes.map((change) => statementPayout(change, byEntry.get(change.entryId), dayOf(change.bookedAt)));
}

/** @param row the payout an entry booked; money that came back has its entry only */
function statementPayout(change: PayableChange, row: PayoutRow | undefined, bookedOn: Day): StatementPayout {
  const { entryId, occurredOn, memo, amountMinor, currency } = change;
  assert(isDay(occurredOn), `the day of entry ${entryId} to be one`);
  return {
    id: row?.id ?? entryId,
    kind: change.kind === 'payout-return' ? change.kind : 'payout',
    amountMinor,
    currency,
    paidOn: occurredOn,
    bookedOn,
    reference: row?.reference ?? memo,
  };
}
