import type { Org } from '../org/org.js';
import type { Transaction } from '../org/transaction.js';
import type { View } from '../org/view.js';
import type { WriteContext } from '../org/write-context.js';
import type { QueryWorld } from '../soql/field-path.js';

/** A call to REST, on its own or within a composite one. */
export interface ApiRequest {
  readonly method: string;
  /** What follows the version, e.g. `/sobjects/Lead`; never with a slash at its end. */
  readonly path: string;
  /** `67.0`. */
  readonly version: string;
  readonly query: URLSearchParams;
  readonly body: unknown;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly userId: string;
  /** The transaction of the composite call around it. */
  readonly tx: Transaction | null;
}

/** The value of one `name=value` pair in a header such as `Sforce-Call-Options`; `null` where it says nothing. */
export function headerOption(header: string | undefined, name: string): string | null {
  for (const part of (header ?? '').split(/[;,]/)) {
    const [key = '', ...value] = part.split('=');
    if (key.trim().toLowerCase() === name.toLowerCase()) return value.join('=').trim();
  }
  return null;
}

/** How this caller looks at the org. */
export function viewOf(org: Org, request: Pick<ApiRequest, 'userId'>): View {
  return org.viewOf(request.userId);
}

export function queryWorld(org: Org, request: Pick<ApiRequest, 'userId'>, withDeleted = false): QueryWorld {
  return { view: viewOf(org, request), records: org.records, now: org.now(), withDeleted };
}

function contextFor(org: Org, request: ApiRequest, tx: Transaction): WriteContext {
  const { headers } = request;
  const duplicates = headers['sforce-duplicate-rule-header'];
  return {
    tx,
    view: viewOf(org, request),
    privileged: false,
    allowDuplicates: headerOption(duplicates, 'allowSave')?.toLowerCase() === 'true',
    duplicateDetails: headerOption(duplicates, 'includeRecordDetails')?.toLowerCase() === 'true',
    autoAssign: headers['sforce-auto-assign']?.toUpperCase() !== 'FALSE',
  };
}

/** Writes in the transaction around the call, or in one of its own; what throws leaves nothing behind. */
export function writeInto<T>(org: Org, request: ApiRequest, act: (context: WriteContext) => T): T {
  const client = headerOption(request.headers['sforce-call-options'], 'client');
  const tx = request.tx ?? org.begin({ userId: request.userId, client, origin: 'api' });
  const savepoint = tx.savepoint();
  let outcome: T;
  try {
    outcome = act(contextFor(org, request, tx));
  } catch (error) {
    tx.rollbackTo(savepoint);
    throw error;
  }
  if (request.tx === null) tx.commit();
  return outcome;
}
