import { buildEntry, type JournalEntry } from '../ledger/entry.js';
import { EntryAlreadyBooked } from '../ledger/journal-errors.js';
import { appendEntries } from '../ledger/journal.store.js';
import { newId } from '../platform/ids.js';
import type { Transact, UnitOfWork } from '../platform/unit-of-work.js';
import type { Facts } from '../plans/facts.js';
import { loadPlanVersions } from '../plans/plan.store.js';
import { versionName } from '../plans/plan.js';
import { position, type Position } from '../plans/position.js';
import { canBeSummed } from '../plans/volume-entries.js';
import { isDay, startOfDayIn, type Day } from '../program/calendar.js';
import { loadProgram } from '../program/program.store.js';
import { writeBackWork } from '../sync/rep-view-work.js';
import type { BookedLine } from './booked-line.js';
import { subjectOf, type CommissionLine } from './commission-line.js';
import { bookedLinesOf, insertLines, lockCrediting } from './commission-line.store.js';
import { setFlags } from './deal-flag.store.js';
import { bookDifference, type Cause, type DueLine } from './difference.js';
import { VolumesMoved } from './crediting-errors.js';
import { explain, inputsHash, type Circumstances } from './explanation.js';
import type { CreditScope, FactSources, LoadFacts } from './load-facts.handler.js';
import { saveEntries } from './volume-entry.store.js';
import { factsAlone, keepVolumes } from './volumes.handler.js';
import { createWhyNot } from './why-not.js';
import { addsUp, partnersOfDeals, scopeOf, type WideScope, type WidenScope } from './widen-scope.handler.js';

const maxTries = 3;

export interface CreditDealsDependencies {
  readonly transact: Transact;
  readonly sources: FactSources;
  readonly loadFacts: LoadFacts;
  readonly widenScope: WidenScope;
}

/** What one run booked, in the order of booking; empty when the book agreed with the facts already. */
export interface Credited {
  readonly lines: readonly CommissionLine[];
  /** When to look at a deal again although nothing happens: a rate it waits for is of a day to come. */
  readonly again: ReadonlyMap<string, Date>;
}

/** @param ids deals, and registrations: one that has no deal yet may have earned something all the same */
export type CreditDeals = (ids: readonly string[]) => Promise<Credited>;

/**
 * Makes the book say about these deals what the facts say, in one transaction: computes their whole position, books what is
 * missing, raises and lowers their flags, and has the rep told. Running it again, or twice at once, books nothing twice.
 */
export function createCreditDeals(deps: CreditDealsDependencies): CreditDeals {
  return async (dealIds) => {
    for (let tryNumber = 1; ; tryNumber += 1) {
      try {
        const alone = await deps.transact((uow) => creditAlone(uow, deps, dealIds));
        return alone ?? (await deps.transact((uow) => creditTogether(uow, deps, dealIds)));
      } catch (error) {
        // Somebody booked one of the entries past the lock, or moved a deal; the next try reads it and finds what is left to do.
        const isPassing = error instanceof EntryAlreadyBooked || error instanceof VolumesMoved;
        if (!isPassing || tryNumber >= maxTries) throw error;
      }
    }
  };
}

/** Credits deals without looking at any other; null, with nothing written, where others may have to change with them. */
async function creditAlone(
  uow: UnitOfWork,
  { sources, loadFacts }: CreditDealsDependencies,
  askedFor: readonly string[],
): Promise<Credited | null> {
  const { trx, now } = uow;
  const scope = await scopeOf(trx, sources, askedFor);
  const versions = await loadPlanVersions(trx);
  if (!addsUp(versions)) {
    await lockCrediting(trx, idsOf(scope));
    return book(uow, scope, await loadFacts(trx, now, scope));
  }
  if (!canBeSummed(versions)) return null;
  const partnerIds = await partnersOfDeals(trx, sources, scope.dealIds);
  await lockCrediting(trx, [...idsOf(scope), ...partnerIds]);
  const facts = await loadFacts(trx, now, scope);
  const alone = await factsAlone(trx, { ...scope, partnerIds }, facts);
  if (alone === null) return null;
  await saveEntries(trx, alone);
  return book(uow, scope, alone);
}

/** Credits deals together with all that they bear on. */
async function creditTogether(
  uow: UnitOfWork,
  { loadFacts, widenScope }: CreditDealsDependencies,
  askedFor: readonly string[],
): Promise<Credited> {
  const scope = await widenScope(uow.trx, askedFor);
  await lockCrediting(uow.trx, [...idsOf(scope), ...scope.partnerIds]);
  const facts = await loadFacts(uow.trx, uow.now, scope);
  await keepVolumes(uow.trx, scope, facts, scope.askedFor);
  return book(uow, scope, facts);
}

function idsOf({ dealIds, registrationIds, decisionIds }: CreditScope): readonly string[] {
  return [...dealIds, ...registrationIds, ...decisionIds];
}

/** Books what the book lacks about the scope, of which the caller holds the locks. */
async function book(uow: UnitOfWork, scope: Omit<WideScope, 'partnerIds'>, facts: Facts): Promise<Credited> {
  const registrationIds = facts.registrations.map(({ id }) => id);
  const booked = await bookedLinesOf(uow.trx, scope.dealIds, registrationIds, scope.decisionIds);
  const wanted = position(facts);
  const circumstances = { facts, whyNot: createWhyNot(facts) };
  const revisions = new Map(facts.deals.map(({ id, revision }) => [id, revision]));
  const lines = bookDifference(wanted, booked, facts.asOf, (due) => ({
    ...commissionLine(due, circumstances, revisions, uow.now),
    paid: false,
  }));
  await appendEntries(uow.trx, lines.map(entryOf), uow.now);
  await insertLines(uow.trx, lines);
  await setFlags(uow.trx, scope.dealIds, wanted.flags, uow.now);
  // All that were asked for: a deal that was lost without ever earning shows its registration as lost, too.
  const toldOf = new Set([...scope.askedFor, ...lines.flatMap((line) => subjectOf(line) ?? [])]);
  await uow.enqueue([...toldOf].map((key) => ({ kind: writeBackWork, key })));
  return { lines, again: await momentsOf(uow, wanted, facts.asOf) };
}

/** When to look again: when a rate that a deal waits for is published, or when more of it is earned. */
async function momentsOf(uow: UnitOfWork, { flags, again }: Position, asOf: Day): Promise<ReadonlyMap<string, Date>> {
  const days = new Map(again);
  for (const { dealId, evidence } of flags) {
    const { day = null } = evidence;
    if (day === null || !isDay(day) || day <= asOf) continue;
    const known = days.get(dealId);
    if (known === undefined || day < known) days.set(dealId, day);
  }
  if (days.size === 0) return new Map();
  const { timeZone } = (await loadProgram(uow.trx)).settings;
  return new Map([...days].map(([dealId, day]) => [dealId, startOfDayIn(day, timeZone)]));
}

function commissionLine(
  due: DueLine,
  circumstances: Circumstances,
  revisions: ReadonlyMap<string, number>,
  now: Date,
): CommissionLine {
  const { cause, ...line } = due;
  const explanation = explain(due, circumstances);
  return {
    ...line,
    id: newId('line'),
    entryId: newId('jrn'),
    dealRevision: revisions.get(due.dealId ?? '') ?? null,
    ...termsOf(cause),
    sourceLineId: sourceOf(cause)?.id ?? null,
    explanation,
    inputsHash: inputsHash(explanation),
    bookedAt: now,
  };
}

/** The version a line follows; where nothing is due any more, the one its source followed; none for what a person decided. */
function termsOf(cause: Cause): Pick<CommissionLine, 'planVersionId' | 'planVersion'> {
  const wanted = cause.kind === 'undone' ? null : cause.wanted;
  if (wanted?.source.kind === 'plan') {
    const { version } = wanted.source;
    return { planVersionId: version.id, planVersion: versionName(version) };
  }
  const source = sourceOf(cause);
  return { planVersionId: source?.planVersionId ?? null, planVersion: source?.planVersion ?? null };
}

function sourceOf(cause: Cause): BookedLine | null {
  return cause.kind === 'earned' ? null : cause.source;
}

function entryOf(line: CommissionLine): JournalEntry {
  return buildEntry({
    id: line.entryId,
    kind: line.payee === 'customer' ? 'customer-reward' : line.kind,
    idempotencyKey: `${line.key}#${line.ordinal}`,
    partnerId: line.partnerId,
    dealId: line.dealId,
    occurredOn: line.earnedOn,
    memo: `${line.kind} by rule ${line.component} of ${line.planVersion ?? 'no plan'}, line ${line.id}`,
    amount: line,
  });
}
