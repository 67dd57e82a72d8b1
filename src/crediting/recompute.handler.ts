import type { Database } from '../platform/database.js';
import { dayIn } from '../program/calendar.js';
import { loadProgram } from '../program/program.store.js';
import { bookedLinesOf, findLines } from './commission-line.store.js';
import { CommissionNotFound } from './crediting-errors.js';
import type { LoadFacts } from './load-facts.handler.js';
import { recomputationOf, type Recomputation } from './recompute.js';
import type { WidenScope } from './widen-scope.handler.js';

export interface RecomputeDependencies {
  readonly loadFacts: LoadFacts;
  readonly widenScope: WidenScope;
}

/** Recomputes one line from what is stored now. @throws CommissionNotFound */
export type Recompute = (db: Database, now: Date, lineId: string) => Promise<Recomputation>;

/** Reads exactly what crediting reads, and writes nothing: what it finds due is what the next run of crediting would book. */
export function createRecompute({ loadFacts, widenScope }: RecomputeDependencies): Recompute {
  return async (db, now, lineId) => {
    // One snapshot: a booking between the facts and the lines would look like a difference.
    const snapshot = db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only');
    return snapshot.execute(async (trx) => {
      const { settings } = await loadProgram(trx);
      const [line] = await findLines(trx, [lineId], dayIn(now, settings.timeZone));
      if (line === undefined) throw new CommissionNotFound(lineId);
      const owner = line.dealId ?? line.registrationId;
      const scope = await widenScope(trx, owner === null ? [] : [owner]);
      const facts = await loadFacts(trx, now, scope);
      const registrationIds = facts.registrations.map(({ id }) => id);
      return recomputationOf(line, facts, await bookedLinesOf(trx, scope.dealIds, registrationIds));
    });
  };
}
