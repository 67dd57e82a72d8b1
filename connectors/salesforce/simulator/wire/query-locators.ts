import { OrgFault } from '../org/org-fault.js';
import type { OrgRecord } from '../org/record-store.js';
import type { RecordIds } from '../record-id.js';
import type { SimulatorSettings } from '../settings.js';
import type { WireReply } from './reply.js';

export interface FoundRows {
  readonly rows: readonly OrgRecord[];
  readonly toJson: (record: OrgRecord) => unknown;
  readonly pageSize: number;
  readonly version: string;
}

/** What is left of queries whose answer did not fit one page. The rows are those of the moment of the query. */
export interface QueryLocators {
  firstPage(found: FoundRows): WireReply;
  /** @param locator `01g…-2000`. @throws OrgFault 400 INVALID_QUERY_LOCATOR. */
  page(locator: string): WireReply;
  /** Every query has to be started again. */
  expireAll(): void;
}

/** @param now epoch milliseconds. */
export function createQueryLocators(settings: SimulatorSettings, newId: RecordIds, now: () => number): QueryLocators {
  const open = new Map<string, FoundRows & { readonly until: number }>();
  const show = ({ rows, toJson, pageSize, version }: FoundRows, from: number, id: () => string): WireReply => {
    const end = from + pageSize;
    const done = end >= rows.length;
    const next = done ? {} : { nextRecordsUrl: `/services/data/v${version}/query/${id()}-${end}` };
    const records = rows.slice(from, end).map(toJson);
    return { status: 200, body: { totalSize: rows.length, done, ...next, records } };
  };
  return {
    firstPage: (found) =>
      show(found, 0, () => {
        const id = newId('01g');
        open.set(id, { ...found, until: now() + settings.locatorSeconds * 1000 });
        return id;
      }),
    page(locator) {
      const [id = '', from = ''] = locator.split('-');
      const found = open.get(id);
      if (found === undefined || found.until <= now() || !/^\d+$/.test(from)) {
        throw new OrgFault(400, 'INVALID_QUERY_LOCATOR', 'invalid query locator');
      }
      return show(found, Number(from), () => id);
    },
    expireAll: () => open.clear(),
  };
}
