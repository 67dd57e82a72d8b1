import { z } from 'zod';
import { CrmUnavailable } from '../contract.js';
import { failureOfFaults } from './errors.js';
import { dataRoot, type Call } from './org-access.js';
import { rowShape, type Row } from './row-values.js';
import type { Soql } from './soql.js';
import { readFaults } from './vendor-words.js';

export interface Query {
  readonly soql: Soql;
  /** Deleted records, too, as long as the recycle bin has them; `IsDeleted` tells. */
  readonly withDeleted?: boolean;
}

const pageShape = z.object({
  records: z.array(rowShape),
  done: z.boolean(),
  nextRecordsUrl: z.string().nullish(),
});
type Page = z.output<typeof pageShape>;

const compositeShape = z.object({
  compositeResponse: z.array(z.object({ httpStatusCode: z.coerce.number(), body: z.unknown() })),
});

/** Salesforce takes at most five queries in one composite call, which counts as one. */
const queriesPerCall = 5;
/** An address may have 16,384 bytes, headers included; a longer query goes in the body of a composite call. */
const longestAddress = 12_000;
/** At 2,000 rows a page: more than anything we ask for. */
const mostPages = 500;

/** All rows of a query. One call for each page of 2,000. @throws the failures of a call */
export async function queryRows(call: Call, operation: string, query: Query): Promise<readonly Row[]> {
  const [rows = []] = await queryMany(call, operation, [query]);
  return rows;
}

/**
 * All rows of each of these queries, in order. Five go in one call.
 * @throws the failures of a call; one failed query fails all
 */
export async function queryMany(
  call: Call,
  operation: string,
  queries: readonly Query[],
): Promise<readonly (readonly Row[])[]> {
  const results: (readonly Row[])[] = [];
  for (let first = 0; first < queries.length; first += queriesPerCall) {
    for (const page of await firstPages(call, operation, queries.slice(first, first + queriesPerCall))) {
      results.push(await withFollowing(call, operation, page));
    }
  }
  return results;
}

/** The beginning of a query's rows, and whether these are all. */
export interface RowPage {
  readonly rows: readonly Row[];
  readonly done: boolean;
}

/** The first page of each of these queries, at most five, in one call; for those who go on by their own means. */
export async function queryFirstPages(
  call: Call,
  operation: string,
  queries: readonly Query[],
): Promise<readonly RowPage[]> {
  const pages = await firstPages(call, operation, queries);
  return pages.map(({ records, done }) => ({ rows: records, done }));
}

async function firstPages(call: Call, operation: string, queries: readonly Query[]): Promise<readonly Page[]> {
  const [only] = queries;
  if (only !== undefined && queries.length === 1 && pathOf(only).length < longestAddress) {
    return [await call({ operation, method: 'GET', path: pathOf(only) }, pageShape)];
  }
  const body = {
    allOrNone: false,
    compositeRequest: queries.map((query, index) => ({
      method: 'GET',
      url: `${dataRoot}${pathOf(query)}`,
      referenceId: `query${index}`,
    })),
  };
  const answer = await call({ operation, method: 'POST', path: '/composite', body }, compositeShape);
  return answer.compositeResponse.map((part) => partOf(part, operation));
}

function pathOf({ soql, withDeleted }: Query): string {
  return `/${withDeleted === true ? 'queryAll' : 'query'}?q=${encodeURIComponent(soql.text)}`;
}

/** A composite call succeeds although a part of it did not. */
function partOf(part: { readonly httpStatusCode: number; readonly body?: unknown }, operation: string): Page {
  const { httpStatusCode: httpStatus, body } = part;
  if (httpStatus > 299) throw failureOfFaults(readFaults(body), { operation, httpStatus });
  const page = pageShape.safeParse(body);
  if (page.success) return page.data;
  throw new CrmUnavailable({
    operation,
    httpStatus,
    vendorMessage: 'Salesforce answered a query in an unexpected form',
  });
}

async function withFollowing(call: Call, operation: string, first: Page): Promise<readonly Row[]> {
  const rows = [...first.records];
  let page = first;
  for (let pages = 1; !page.done; pages += 1) {
    const path = page.nextRecordsUrl == null ? '' : new URL(page.nextRecordsUrl, 'https://x').pathname;
    if (!path.startsWith('/services/') || pages >= mostPages) {
      throw new CrmUnavailable({ operation, vendorMessage: 'Salesforce did not say where the rest of a query is' });
    }
    page = await call({ operation, method: 'GET', path }, pageShape);
    rows.push(...page.records);
  }
  return rows;
}
