import { z } from 'zod';
import type { Clock } from '../platform/clock.js';
import type { Database } from '../platform/database.js';
import type { WorkKind, WorkOutcome } from '../platform/work.js';
import { addDays, startOfDayIn, type Day } from '../program/calendar.js';
import { loadProgram } from '../program/program.store.js';
import { findDispute } from './dispute.store.js';
import { disputeDueWork } from './open-dispute.handler.js';

/** Raises a problem about each dispute whose last day went by without an answer; the answer resolves it. */
export function disputeDueJob(deps: { readonly db: Database; readonly clock: Clock }): WorkKind<null> {
  return {
    kind: disputeDueWork,
    payload: z.null(),
    batch: 50,
    gatherMs: 0,
    concurrency: 1,
    leaseMs: 15_000,
    maxAttempts: 20,
    run: async (items) => {
      const outcomes = new Map<string, WorkOutcome>();
      for (const { key } of items) outcomes.set(key, await lookAt(deps, key));
      return outcomes;
    },
    subject: (item) => ({ type: 'dispute', id: item.key }),
  };
}

async function lookAt(deps: { readonly db: Database; readonly clock: Clock }, id: string): Promise<WorkOutcome> {
  const dispute = await findDispute(deps.db, id);
  if (dispute?.due_on == null) return { kind: 'done' };
  const { settings } = await loadProgram(deps.db);
  const overAt = startOfDayIn(addDays(dispute.due_on as Day, 1), settings.timeZone);
  if (deps.clock.now() < overAt) return { kind: 'again', at: overAt };
  const detail = `It was to be answered by ${dispute.due_on}. Answer or settle it; that resolves this problem, too.`;
  return { kind: 'set-aside', title: 'A dispute was not answered in time', detail };
}
