import { sql } from 'kysely';
import type { Reader, Tx } from './database.js';
import { newId } from './ids.js';
import type { Json } from './json.js';
import type { ProblemRow } from './platform-tables.js';

/**
 * Why something was set aside: `refused` (it will never work as it is), `exhausted` (failed too often), `unreadable` (its payload
 * is not what this version writes).
 */
export type ProblemKind = ProblemRow['kind'];

/** What a person reads about work that was set aside. */
export interface Problem {
  readonly id: string;
  readonly kind: ProblemKind;
  readonly workKind: string;
  readonly workKey: string;
  readonly payload: Json;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly title: string;
  readonly detail: string;
  readonly occurrences: number;
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
  /** Null while it is open. */
  readonly resolvedAt: Date | null;
}

export type NewProblem = Omit<Problem, 'id' | 'occurrences' | 'createdAt' | 'lastSeenAt' | 'resolvedAt'>;

export interface ProblemFilter {
  readonly state: 'open' | 'resolved' | 'all';
  readonly subject?: { readonly type: string; readonly id: string };
}

export interface ProblemPage {
  readonly items: readonly Problem[];
  /** Give it as `after` for the next page; null on the last one. */
  readonly nextCursor: string | null;
}

/** Opens problems, or notes that open ones happened again: there is one open problem per piece of work. */
export async function openProblems(trx: Tx, problems: readonly NewProblem[], now: Date): Promise<void> {
  if (problems.length === 0) return;
  const rows = problems.map((problem) => ({ id: newId('prb'), ...problem }));
  await sql`
    insert into problems (
      id, kind, work_kind, work_key, payload, subject_type, subject_id, title, detail, created_at, last_seen_at)
    select id, kind, "workKind", "workKey", coalesce(payload, 'null'::jsonb), "subjectType", "subjectId", title, detail,
      ${now}, ${now}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row(
      id text, kind text, "workKind" text, "workKey" text, payload jsonb, "subjectType" text, "subjectId" text,
      title text, detail text)
    order by "workKind", "workKey"
    on conflict (work_kind, work_key) where resolved_at is null do update set
      kind = excluded.kind,
      payload = excluded.payload,
      title = excluded.title,
      detail = excluded.detail,
      last_seen_at = excluded.last_seen_at,
      occurrences = problems.occurrences + 1`.execute(trx);
}

/** Closes what is open about these pieces of work, because they were done. */
export async function resolveProblems(
  reader: Reader,
  workKind: string,
  workKeys: readonly string[],
  now: Date,
): Promise<void> {
  if (workKeys.length === 0) return;
  await reader
    .updateTable('problems')
    .set({ resolved_at: now })
    .where('work_kind', '=', workKind)
    .where('work_key', 'in', workKeys)
    .where('resolved_at', 'is', null)
    .execute();
}

/** One page, the newest problem first. `after` is the cursor of the page before. */
export async function listProblems(
  reader: Reader,
  filter: ProblemFilter,
  page: { readonly limit: number; readonly after?: string | undefined },
): Promise<ProblemPage> {
  let query = problemColumns(reader)
    .orderBy('id', 'desc')
    .limit(page.limit + 1);
  if (filter.state === 'open') query = query.where('resolved_at', 'is', null);
  if (filter.state === 'resolved') query = query.where('resolved_at', 'is not', null);
  const { subject } = filter;
  if (subject !== undefined) {
    query = query.where('subject_type', '=', subject.type).where('subject_id', '=', subject.id);
  }
  if (page.after !== undefined) query = query.where('id', '<', page.after);
  const found = await query.execute();
  const items = found.slice(0, page.limit);
  return { items, nextCursor: found.length > page.limit ? (items.at(-1)?.id ?? null) : null };
}

export async function findProblem(reader: Reader, id: string): Promise<Problem | undefined> {
  return problemColumns(reader).where('id', '=', id).executeTakeFirst();
}

/** How many problems are open, by kind of work. */
export async function countOpenProblems(reader: Reader): Promise<ReadonlyMap<string, number>> {
  const rows = await reader
    .selectFrom('problems')
    .select((column) => ['work_kind', column.fn.countAll().as('open')])
    .where('resolved_at', 'is', null)
    .groupBy('work_kind')
    .execute();
  return new Map(rows.map((row) => [row.work_kind, Number(row.open)]));
}

/** The open problems of these pieces of work, at most one each. */
export async function openProblemsAbout(
  reader: Reader,
  workKind: string,
  workKeys: readonly string[],
): Promise<readonly Problem[]> {
  if (workKeys.length === 0) return [];
  return problemColumns(reader)
    .where('work_kind', '=', workKind)
    .where('work_key', 'in', workKeys)
    .where('resolved_at', 'is', null)
    .execute();
}

/** Open problems of these kinds of work under one title, oldest first. `after` is the id of the last one of the page before. */
export async function openProblemsTitled(
  reader: Reader,
  { workKinds, title }: { readonly workKinds: readonly string[]; readonly title: string },
  page: { readonly limit: number; readonly after: string | null },
): Promise<readonly Problem[]> {
  const query = problemColumns(reader)
    .where('work_kind', 'in', workKinds)
    .where('title', '=', title)
    .where('resolved_at', 'is', null)
    .orderBy('id')
    .limit(page.limit);
  return (page.after === null ? query : query.where('id', '>', page.after)).execute();
}

function problemColumns(reader: Reader) {
  return reader
    .selectFrom('problems')
    .select([
      'id',
      'kind',
      'work_kind as workKind',
      'work_key as workKey',
      'payload',
      'subject_type as subjectType',
      'subject_id as subjectId',
      'title',
      'detail',
      'occurrences',
      'created_at as createdAt',
      'last_seen_at as lastSeenAt',
      'resolved_at as resolvedAt',
    ]);
}
