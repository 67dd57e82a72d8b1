import { z } from 'zod';
import { OrgFault } from '../org/org-fault.js';
import type { OrgRecord } from '../org/record-store.js';
import type { ApiRequest } from './api-request.js';
import type { ApiRoute, RouteWorld } from './api-route.js';
import { recordJson } from './record-json.js';
import type { WireReply } from './reply.js';
import { fieldsAsked, objectAsked } from './sobject.routes.js';

const mostResults = 2000;
const shortestTerm = 2;
const searchedFields = {
  NAME: ['Name', 'FirstName', 'LastName', 'Company'],
  EMAIL: ['Email', 'PersonEmail'],
  PHONE: ['Phone', 'MobilePhone'],
} as const;

const search = z.looseObject({
  q: z.string(),
  in: z.enum(['ALL', 'NAME', 'EMAIL', 'PHONE']).default('ALL'),
  fields: z.array(z.string()).default(['Id']),
  sobjects: z.array(
    z.looseObject({ name: z.string(), fields: z.array(z.string()).optional(), limit: z.number().optional() }),
  ),
  overallLimit: z.number().default(mostResults),
});

type Search = z.output<typeof search>;

/** Whole words from their beginning, all of them, in any case. */
function matches(record: OrgRecord, { q, in: where }: Search): boolean {
  const fields: readonly string[] =
    where === 'ALL' ? [...Object.values(searchedFields).flat(), 'Website'] : searchedFields[where];
  const text = fields
    .map((name) => String(record.values[name] ?? ''))
    .join(' ')
    .toLowerCase();
  const words = text.split(/[^\p{L}\p{N}@._-]+/u);
  return q
    .toLowerCase()
    .split(/\s+/)
    .every((term) => words.some((word) => word.startsWith(term.replace(/\*$/, ''))));
}

function readSearch({ method, query, body }: ApiRequest): Search {
  const list = (name: string): readonly string[] | undefined => query.get(name)?.split(',');
  const asked =
    method === 'POST'
      ? body
      : {
          q: query.get('q'),
          in: query.get('in') ?? undefined,
          fields: list('fields'),
          sobjects: (list('sobject') ?? []).map((name) => ({ name })),
        };
  const parsed = search.safeParse(asked);
  if (!parsed.success) throw new OrgFault(400, 'INVALID_SEARCH', z.prettifyError(parsed.error));
  if (parsed.data.q.trim().length < shortestTerm) {
    throw new OrgFault(400, 'MALFORMED_SEARCH', 'search term must be longer than one character');
  }
  return parsed.data;
}

function runSearch(world: RouteWorld, request: ApiRequest): WireReply {
  const asked = readSearch(request);
  const style = { version: request.version, exponents: world.org.settings.exponents };
  const searchRecords = asked.sobjects.flatMap(({ name, fields: names, limit = mostResults }) => {
    const object = objectAsked(world, name);
    const fields = fieldsAsked(world, request, object.name, names ?? asked.fields);
    return world.org.records
      .all(object.name)
      .filter((record) => record.deletedBy === null && matches(record, asked))
      .slice(0, limit)
      .map((record) => recordJson(record, fields, style));
  });
  return { status: 200, body: { searchRecords: searchRecords.slice(0, asked.overallLimit) } };
}

/** `/parameterizedSearch`: search without a search language. The index is never late here. */
export const searchRoutes: readonly ApiRoute[] = ['GET', 'POST'].map((method) => ({
  method,
  template: '/parameterizedSearch',
  answer: runSearch,
}));
