import { z } from 'zod';

/** What happened to records, as far as Salesforce says. The record itself is always read again; this is a hint. */
export interface RecordChange {
  /** The object's API name, such as `Opportunity`. */
  readonly object: string;
  /** Several, when one transaction made the same change to them. As Salesforce wrote them: 18 characters. */
  readonly ids: readonly string[];
  readonly type: 'create' | 'update' | 'delete' | 'undelete';
  /** ISO 8601 UTC, to the second. Within one transaction it may differ by a second. */
  readonly commitAt: string;
  /** The stage an opportunity is said to be in now; `null` when the event says nothing of it. */
  readonly stageHint: string | null;
}

/** How our own writing is told from that of others. */
export interface OwnWriting {
  /** What our calls carry as `Sforce-Call-Options: client=…`; it comes back in `changeOrigin`. */
  readonly client: string;
  /** Whether a field is one that only we write. */
  readonly isOurField: (field: string) => boolean;
}

/**
 * `overflow`: records of this object changed, and Salesforce does not say which. `unreadable`: something changed, and the event is
 * of no form we know; `object` is filled when at least that can be read.
 */
export type ChangeReading =
  | { readonly kind: 'change'; readonly change: RecordChange }
  | { readonly kind: 'echo'; readonly object: string; readonly commitAt: string }
  | { readonly kind: 'overflow'; readonly object: string; readonly commitAt: string }
  | { readonly kind: 'unreadable'; readonly object: string | null };

/** PostgreSQL stores no NUL, and one event must not cost us the others that are written with it. */
const text = z.string().refine((value) => !value.includes('\0'));
const objectName = z.string().regex(/^\w{1,80}$/);

const header = z.object({
  entityName: objectName,
  recordIds: z.array(z.string()).max(100_000),
  changeType: z.string(),
  changeOrigin: text.optional().catch(undefined),
  commitTimestamp: z.number().int().min(0).max(8_640_000_000_000_000),
  changedFields: z.array(z.string()).optional().catch(undefined),
});
const payload = z.object({ ChangeEventHeader: header, StageName: text.max(255).optional().catch(undefined) });
const namedObject = z.object({ ChangeEventHeader: z.object({ entityName: objectName }) });

/** `GAP_…` says the same as the plain word, without the fields: we read the record in either case. */
const typeOf: Readonly<Record<string, RecordChange['type']>> = {
  CREATE: 'create',
  UPDATE: 'update',
  DELETE: 'delete',
  UNDELETE: 'undelete',
  GAP_CREATE: 'create',
  GAP_UPDATE: 'update',
  GAP_DELETE: 'delete',
  GAP_UNDELETE: 'undelete',
};
const recordId = /^[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?$/;
/** An overflow event carries one id, and it stands for no record. */
const overflowType = 'GAP_OVERFLOW';

/** Fields that move with every write, whoever makes it. */
const auditFields = new Set(['LastModifiedDate', 'LastModifiedById', 'SystemModstamp']);

/**
 * Reads one change event.
 *
 * @param event what stands under `data.payload`: the header and the changed fields
 */
export function readChangeEvent(event: unknown, own: OwnWriting): ChangeReading {
  const read = payload.safeParse(event);
  if (!read.success) {
    const named = namedObject.safeParse(event);
    return { kind: 'unreadable', object: named.data?.ChangeEventHeader.entityName ?? null };
  }
  const { ChangeEventHeader: head, StageName: stage } = read.data;
  const { entityName: object, changeType, recordIds } = head;
  const commitAt = new Date(head.commitTimestamp).toISOString();
  // Wildcards such as `006*` stand for records that are not named.
  const isNamed = recordIds.length > 0 && recordIds.every((id) => recordId.test(id));
  if (changeType === overflowType || !isNamed) return { kind: 'overflow', object, commitAt };
  const type = typeOf[changeType];
  if (type === undefined) return { kind: 'unreadable', object };
  if (isEcho(head, own)) return { kind: 'echo', object, commitAt };
  const stageHint = object === 'Opportunity' ? (stage ?? null) : null;
  return { kind: 'change', change: { object, ids: [...new Set(recordIds)], type, commitAt, stageHint } };
}

/**
 * Our own writing comes back as an event. A record we made is read once it is linked. An update counts as ours only if nothing but
 * our fields changed: a trigger or a flow of the customer that runs on our write changes more in the same transaction, under our
 * name. We never delete.
 */
function isEcho({ changeOrigin, changeType, changedFields }: z.output<typeof header>, own: OwnWriting): boolean {
  if (clientOf(changeOrigin ?? '') !== own.client) return false;
  if (changeType === 'CREATE') return true;
  if (changeType !== 'UPDATE' || changedFields === undefined || changedFields.length === 0) return false;
  return changedFields.every((field) => auditFields.has(field) || own.isOurField(field));
}

/** The client named in an origin such as `com/salesforce/api/rest/67.0;client=introducer`. */
function clientOf(changeOrigin: string): string | null {
  return /;\s*client=([^;]*)/.exec(changeOrigin)?.[1]?.trim() ?? null;
}
