import { sql, type Generated, type Selectable } from 'kysely';
import type { Actor } from '../platform/actor.js';
import type { Reader } from '../platform/database.js';
import type { Json } from '../platform/json.js';
import type { BigintColumn, JsonColumn } from '../platform/platform-tables.js';
import type { UnitOfWork } from '../platform/unit-of-work.js';

export interface AuditLogTable {
  id: Generated<BigintColumn>;
  at: Date;
  actor_kind: Actor['kind'];
  actor_id: string | null;
  actor_name: string | null;
  /** Of somebody who acted for a partner. */
  person_id: Generated<string | null>;
  action: string;
  subject_type: string;
  subject_id: string;
  details: JsonColumn<Readonly<Record<string, Json>>>;
}

declare module '../platform/database.js' {
  interface Tables {
    audit_log: AuditLogTable;
  }
}

export type AuditRow = Selectable<AuditLogTable>;

/** One act worth remembering. */
export interface AuditEntry {
  readonly actor: Actor;
  /** Stage and verb, such as `registration.approve`. */
  readonly action: string;
  readonly subject: { readonly type: string; readonly id: string };
  /** Ids, field names and numbers. Never contact details or secrets: a row of this log cannot be erased. */
  readonly details?: Readonly<Record<string, Json>>;
}

/** Writes the entries in the transaction of the acts themselves, so that neither exists without the other. */
export async function recordAudit(uow: UnitOfWork, ...entries: readonly AuditEntry[]): Promise<void> {
  if (entries.length === 0) return;
  const rows = entries.map((entry) => ({
    at: uow.now,
    actor_kind: entry.actor.kind,
    actor_id: actorId(entry.actor),
    actor_name: entry.actor.kind === 'operator' ? entry.actor.name : null,
    person_id: entry.actor.kind === 'partner' ? (entry.actor.person?.id ?? null) : null,
    action: entry.action,
    subject_type: entry.subject.type,
    subject_id: entry.subject.id,
    details: JSON.stringify(entry.details ?? {}),
  }));
  await uow.trx.insertInto('audit_log').values(rows).execute();
}

function actorId(actor: Actor): string | null {
  switch (actor.kind) {
    case 'operator':
      return actor.id;
    case 'partner':
      return actor.partnerId;
    case 'system':
      return null;
  }
}

/** Each change of a text field of the things of a type, oldest first, where the details of the acts say `from` and `to` by name. */
export async function changesOf(
  db: Reader,
  subjectType: string,
  field: string,
): Promise<readonly { readonly at: Date; readonly from: string; readonly to: string }[]> {
  const { rows } = await sql<{ at: Date; from: string; to: string }>`
    select at, details -> 'from' ->> ${field}::text as "from", details -> 'to' ->> ${field}::text as "to" from audit_log
    where subject_type = ${subjectType} and details -> 'to' ->> ${field}::text is not null
    order by id`.execute(db);
  return rows;
}

export interface AuditFilter {
  readonly subjectType?: string | undefined;
  readonly subjectId?: string | undefined;
  readonly actorId?: string | undefined;
  readonly action?: string | undefined;
  /** Moments, the second one not included. */
  readonly from?: string | undefined;
  readonly until?: string | undefined;
  /** Only entries older than this one. */
  readonly beforeId?: string | undefined;
}

/** Entries that match, newest first. */
export async function listAudit(db: Reader, filter: AuditFilter, limit: number): Promise<readonly AuditRow[]> {
  let query = db.selectFrom('audit_log').selectAll().orderBy('id', 'desc').limit(limit);
  if (filter.subjectType !== undefined) query = query.where('subject_type', '=', filter.subjectType);
  if (filter.subjectId !== undefined) query = query.where('subject_id', '=', filter.subjectId);
  if (filter.actorId !== undefined) query = query.where('actor_id', '=', filter.actorId);
  if (filter.action !== undefined) query = query.where('action', '=', filter.action);
  if (filter.from !== undefined) query = query.where('at', '>=', new Date(filter.from));
  if (filter.until !== undefined) query = query.where('at', '<', new Date(filter.until));
  if (filter.beforeId !== undefined) query = query.where('id', '<', filter.beforeId);
  return query.execute();
}
