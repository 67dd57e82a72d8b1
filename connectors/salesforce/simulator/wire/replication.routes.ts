import type { Org } from '../org/org.js';
import { OrgFault } from '../org/org-fault.js';
import type { OrgRecord } from '../org/record-store.js';
import { instantOf, stamp } from '../stamp.js';
import type { ApiRequest } from './api-request.js';
import type { ApiRoute } from './api-route.js';
import { objectAsked } from './sobject.routes.js';

const dayMs = 86_400_000;
const longestDays = 30;

interface Window {
  /** As stamps, both ends included. */
  readonly from: string;
  readonly to: string;
  /** Up to when the answer is complete: not beyond the start of a transaction that is still open. */
  readonly covered: string;
}

function readInstant(request: ApiRequest, name: string): number {
  const text = request.query.get(name) ?? '';
  // A plus sign that was not encoded has become a space.
  const at = instantOf(text.replace(' ', '+'));
  if (at === null) throw new OrgFault(400, 'INVALID_REPLICATION_DATE', `${name} is not a valid date: ${text}`);
  return at;
}

function readWindow(org: Org, request: ApiRequest): Window {
  const [start, end] = [readInstant(request, 'start'), readInstant(request, 'end')];
  if (start >= end) throw new OrgFault(400, 'INVALID_REPLICATION_DATE', 'startDate must be before endDate');
  if (start < org.now() - longestDays * dayMs) {
    throw new OrgFault(400, 'INVALID_REPLICATION_DATE', 'startDate before org replication enabled date');
  }
  const open = [...org.openTransactions].map(({ since }) => since);
  return { from: stamp(start), to: stamp(end), covered: stamp(Math.min(end, org.now(), ...open)) };
}

function changedWithin(org: Org, entity: string, { from, to }: Window, deleted: boolean): readonly OrgRecord[] {
  return org.records.inStampOrder(entity, '').filter(({ deletedBy, values }) => {
    const at = String(values.SystemModstamp);
    return (deletedBy !== null) === deleted && at >= from && at <= to;
  });
}

/** `updated` and `deleted`: ids of records that changed in a span of at most thirty days. */
export const replicationRoutes: readonly ApiRoute[] = [
  {
    method: 'GET',
    template: '/sobjects/{entity}/updated',
    answer({ org }, request, { entity }) {
      const window = readWindow(org, request);
      const ids = changedWithin(org, objectAsked({ org }, entity).name, window, false).map(({ id }) => id);
      return { status: 200, body: { ids, latestDateCovered: window.covered } };
    },
  },
  {
    method: 'GET',
    template: '/sobjects/{entity}/deleted',
    answer({ org }, request, { entity }) {
      const window = readWindow(org, request);
      const deletedRecords = changedWithin(org, objectAsked({ org }, entity).name, window, true).map(
        ({ id, values }) => ({ id, deletedDate: values.SystemModstamp }),
      );
      const earliest = stamp(org.now() - longestDays * dayMs);
      return {
        status: 200,
        body: { deletedRecords, earliestDateAvailable: earliest, latestDateCovered: window.covered },
      };
    },
  },
];
