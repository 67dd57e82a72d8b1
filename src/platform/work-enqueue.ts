import { sql } from 'kysely';
import type { Tx } from './database.js';
import type { NewWork } from './work.js';

/**
 * Writes work rows, one statement for all. A row that is there already gets the new payload, a higher generation (so that a
 * worker busy with the old one knows to look again) and the earlier due time; a row that waits after a failure keeps its
 * waiting time, or a busy partner would defeat the back-off.
 */
export async function enqueueWork(trx: Tx, items: readonly NewWork[], now: Date): Promise<void> {
  if (items.length === 0) return;
  const rows = [...lastOfEach(items).values()].map((item) => ({
    kind: item.kind,
    key: item.key,
    payload: item.payload ?? null,
    due_at: (item.dueAt ?? now).toISOString(),
  }));
  // Ordered by key: two transactions that write the same rows in another order would deadlock.
  await sql`
    insert into work (kind, key, payload, due_at, created_at)
    select kind, key, coalesce(payload, 'null'::jsonb), due_at, ${now}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as item(kind text, key text, payload jsonb, due_at timestamptz)
    order by kind, key
    on conflict (kind, key) do update set
      payload = excluded.payload,
      gen = work.gen + 1,
      due_at = case when work.backing_off then work.due_at else least(work.due_at, excluded.due_at) end
  `.execute(trx);
}

/** One upsert may touch a row once, so of two items with one key the later payload and the earlier due time stand. */
function lastOfEach(items: readonly NewWork[]): Map<string, NewWork> {
  const byRow = new Map<string, NewWork>();
  for (const item of items) {
    const row = JSON.stringify([item.kind, item.key]);
    byRow.set(row, earlierDue(byRow.get(row), item));
  }
  return byRow;
}

function earlierDue(previous: NewWork | undefined, item: NewWork): NewWork {
  if (previous === undefined || item.dueAt === undefined) return item;
  if (previous.dueAt !== undefined) return previous.dueAt < item.dueAt ? { ...item, dueAt: previous.dueAt } : item;
  return { kind: item.kind, key: item.key, ...(item.payload === undefined ? {} : { payload: item.payload }) };
}
