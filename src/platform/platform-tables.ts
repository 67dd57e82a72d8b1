import type { ColumnType, Generated } from 'kysely';
import type { Json } from './json.js';

/** A `jsonb` column: read as a parsed value, written as JSON text, since a bare array would become a PostgreSQL array. */
export type JsonColumn<T = Json> = ColumnType<T, string, string>;

/** A `bigint` column as both databases return it: decimal text. Write `String(x)`, read `BigInt(row.x)`. */
export type BigintColumn = string;

/** One thing still to be done; see 0001-work.migration.ts for what each column is for. */
export interface WorkRow {
  kind: string;
  key: string;
  payload: JsonColumn;
  gen: Generated<BigintColumn>;
  due_at: Date;
  lease_until: Date | null;
  attempts: Generated<number>;
  failures: Generated<number>;
  last_error: string | null;
  created_at: Date;
}

/** Work that was set aside, in the words a person needs to mend its cause. */
export interface ProblemRow {
  id: string;
  kind: 'refused' | 'exhausted' | 'unreadable';
  work_kind: string;
  work_key: string;
  payload: JsonColumn;
  subject_type: string;
  subject_id: string;
  title: string;
  detail: string;
  occurrences: Generated<number>;
  created_at: Date;
  last_seen_at: Date;
  resolved_at: Date | null;
}

/** The answer kept for one `Idempotency-Key` of one actor; `status` and `response` are null while the first call runs. */
export interface IdempotencyKeyRow {
  actor: string;
  key: string;
  request_hash: string;
  status: number | null;
  response: JsonColumn | null;
  created_at: Date;
}

/** An Ed25519 key of this installation. `private_sealed` is null once the key was retired; `public_key` is base64url SPKI. */
export interface SigningKeyRow {
  id: string;
  public_key: string;
  private_sealed: string | null;
  created_at: Date;
  retired_at: Date | null;
}
