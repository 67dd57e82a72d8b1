import type { Account } from './account.js';
import { validationError } from './api-fault.js';
import type { ObjectType } from './object-type.js';
import { findObjectType } from './object-type.js';
import type { CrmRecord } from './record.js';
import type { SearchFilter } from './search-filter.js';
import { compileFilter } from './search-filter.js';

export interface SearchSort {
  readonly propertyName: string;
  readonly direction: 'ASCENDING' | 'DESCENDING';
}

export interface SearchQuery {
  readonly filterGroups: readonly { readonly filters: readonly SearchFilter[] }[];
  readonly sort: SearchSort | null;
  readonly query: string | null;
  readonly limit: number;
  readonly offset: number;
}

type RecordTest = (record: CrmRecord) => boolean;

const limits = { groups: 5, filtersPerGroup: 6, filters: 18, page: 200, window: 10_000 } as const;

function refuseTooMuch({ filterGroups, limit, offset }: SearchQuery): void {
  const filters = filterGroups.reduce((sum, group) => sum + group.filters.length, 0);
  const tooMany =
    filterGroups.length > limits.groups ||
    filters > limits.filters ||
    filterGroups.some((group) => group.filters.length > limits.filtersPerGroup);
  if (tooMany) {
    throw validationError('Too many filters: at most 5 groups of at most 6 filters, 18 filters in all.');
  }
  if (limit < 1 || limit > limits.page) {
    throw validationError(`Invalid limit ${limit}: at most ${limits.page} results per page.`);
  }
  if (offset + limit > limits.window) {
    throw validationError(`Paging beyond ${limits.window} results is not possible: use a filter or a sort to go on.`);
  }
}

/** `associations.contact` and its like are not properties; they ask who is tied to the record. */
function associationTest(account: Account, filter: SearchFilter): RecordTest | undefined {
  const other = /^associations\.(.+)$/.exec(filter.propertyName)?.[1];
  if (other === undefined) return undefined;
  const to = findObjectType(other);
  if (to === undefined) throw validationError(`Cannot search by associations with "${other}".`);
  const wanted = new Set(filter.values ?? [filter.value ?? '']);
  return (record) => account.associations.ties(record, to).some((tie) => wanted.has(tie.toId));
}

function compile(account: Account, type: ObjectType, filter: SearchFilter): RecordTest {
  const byAssociation = associationTest(account, filter);
  if (byAssociation !== undefined) return byAssociation;
  const definition = account.properties.find(type, filter.propertyName);
  if (definition === undefined) {
    throw validationError(`There was a problem with the request: property "${filter.propertyName}" does not exist.`);
  }
  const test = compileFilter(definition, filter);
  return (record) => test(record.values[filter.propertyName]);
}

function queryTest(type: ObjectType, query: string): RecordTest {
  const wanted = query.toLowerCase();
  return (record) => type.searchedByQuery.some((name) => record.values[name]?.toLowerCase().includes(wanted) === true);
}

function byKey(
  account: Account,
  type: ObjectType,
  { propertyName, direction }: SearchSort,
): (a: CrmRecord, b: CrmRecord) => number {
  const definition = account.properties.find(type, propertyName);
  if (definition === undefined) throw validationError(`Cannot sort by unknown property "${propertyName}".`);
  const sign = direction === 'ASCENDING' ? 1 : -1;
  const numeric = definition.type === 'number';
  return (a, b) => {
    // Dates are ISO 8601 in UTC and so in order as text.
    const [left, right] = [a.values[propertyName] ?? '', b.values[propertyName] ?? ''];
    const difference = numeric ? Number(left) - Number(right) : Number(left > right) - Number(left < right);
    return difference === 0 ? oldestFirst(a, b) : sign * difference;
  };
}

function oldestFirst(a: CrmRecord, b: CrmRecord): number {
  return a.createdAt - b.createdAt || Number(a.id) - Number(b.id);
}

/**
 * Searches what the index shows by now. Groups are joined by OR, the filters of a group by AND.
 * @throws ApiFault 400 for what HubSpot's limits forbid.
 */
export function searchRecords(
  account: Account,
  type: ObjectType,
  query: SearchQuery,
): { readonly total: number; readonly page: readonly CrmRecord[] } {
  refuseTooMuch(query);
  const groups = query.filterGroups.map((group) => group.filters.map((filter) => compile(account, type, filter)));
  const matchesText = query.query === null ? () => true : queryTest(type, query.query);
  const order = query.sort === null ? oldestFirst : byKey(account, type, query.sort);
  const matches: CrmRecord[] = [];
  for (const record of account.search.visible(type)) {
    const passes = groups.length === 0 || groups.some((tests) => tests.every((test) => test(record)));
    if (passes && matchesText(record)) matches.push(record);
  }
  matches.sort(order);
  return { total: matches.length, page: matches.slice(query.offset, query.offset + query.limit) };
}
