import { z } from 'zod';
import { OrgFault } from '../org/org-fault.js';
import type { Transaction } from '../org/transaction.js';
import type { ApiRequest } from './api-request.js';
import { writeInto } from './api-request.js';
import type { ApiRoute, RouteWorld } from './api-route.js';
import { readApiPath } from './api-path.js';
import { fillReferences } from './composite-references.js';
import type { WireReply } from './reply.js';
import { restError } from './reply.js';

const mostSubrequests = 25;
const mostQueries = 5;
const mostGraphs = 75;

const subrequest = z.looseObject({
  method: z.string(),
  url: z.string(),
  referenceId: z.string(),
  body: z.unknown().optional(),
  httpHeaders: z.record(z.string(), z.string()).default({}),
});
const composite = z.looseObject({ allOrNone: z.boolean().default(false), compositeRequest: z.array(subrequest) });
const batch = z.looseObject({
  haltOnError: z.boolean().default(false),
  batchRequests: z.array(z.looseObject({ method: z.string(), url: z.string(), richInput: z.unknown().optional() })),
});
const graphs = z.looseObject({
  graphs: z.array(z.looseObject({ graphId: z.string(), compositeRequest: z.array(subrequest) })),
});

type Subrequest = z.output<typeof subrequest>;

interface SubResponse {
  readonly body: unknown;
  readonly httpHeaders: Readonly<Record<string, string>>;
  readonly httpStatusCode: number;
  readonly referenceId: string;
}

function parse<T>(shape: z.ZodType<T>, body: unknown): T {
  const parsed = shape.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new OrgFault(400, 'JSON_PARSER_ERROR', z.prettifyError(parsed.error));
}

function isQueryOrCollection({ url }: { readonly url: string }): boolean {
  return /\/(query|queryAll|composite\/sobjects)\b/.test(url);
}

function refuseTooMany(requests: readonly Subrequest[], most: number): void {
  if (requests.length > most) {
    throw new OrgFault(400, 'LIMIT_EXCEEDED', `The number of subrequests is over the limit of ${most}.`);
  }
  if (most === mostSubrequests && requests.filter(isQueryOrCollection).length > mostQueries) {
    throw new OrgFault(400, 'LIMIT_EXCEEDED', `At most ${mostQueries} subrequests can be queries or collections.`);
  }
}

/** The call that a subrequest stands for. Paths may lack the prefix of the data API in a batch. */
function innerRequest(
  outer: ApiRequest,
  method: string,
  url: string,
  body: unknown,
  tx: Transaction | null,
): ApiRequest | null {
  const absolute = url.startsWith('/services/') ? url : `/services/data/${url.replace(/^\//, '')}`;
  if (!URL.canParse(`http://org${absolute}`)) return null;
  const { pathname, searchParams } = new URL(`http://org${absolute}`);
  const api = readApiPath(pathname);
  if (api === null) return null;
  return {
    ...outer,
    method: method.toUpperCase(),
    path: api.path,
    version: api.version,
    query: searchParams,
    body,
    tx,
  };
}

function lowerCase(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

const halted = restError(
  400,
  'PROCESSING_HALTED',
  'The transaction was rolled back since another operation in the same transaction failed.',
);

function runOne(
  world: RouteWorld,
  outer: ApiRequest,
  asked: Subrequest,
  done: ReadonlyMap<string, unknown>,
  tx: Transaction | null,
): WireReply {
  const filled = fillReferences({ url: asked.url, body: asked.body }, done);
  if (filled.kind === 'missing') {
    const message = `Invalid reference specified. No value for ${filled.reference} found in ${filled.referenceId}. Provided input is not valid.`;
    return restError(400, 'PROCESSING_HALTED', message);
  }
  const inner = innerRequest(outer, asked.method, filled.url, filled.body, tx);
  if (inner === null) return restError(404, 'NOT_FOUND', 'The requested resource does not exist');
  return world.dispatch({ ...inner, headers: { ...outer.headers, ...lowerCase(asked.httpHeaders) } });
}

function runAll(
  world: RouteWorld,
  outer: ApiRequest,
  requests: readonly Subrequest[],
  tx: Transaction | null,
): readonly SubResponse[] {
  const done = new Map<string, unknown>();
  return requests.map((asked) => {
    const { status, body, headers = {} } = runOne(world, outer, asked, done, tx);
    if (status < 300) done.set(asked.referenceId, body);
    return {
      body: body === '' ? null : body,
      httpHeaders: headers,
      httpStatusCode: status,
      referenceId: asked.referenceId,
    };
  });
}

/** All in one transaction: if one fails, the others are told that they were halted. */
function runTogether(world: RouteWorld, outer: ApiRequest, requests: readonly Subrequest[]): readonly SubResponse[] {
  return writeInto(world.org, outer, ({ tx }) => {
    const savepoint = tx.savepoint();
    const responses = runAll(world, outer, requests, tx);
    if (responses.every(({ httpStatusCode }) => httpStatusCode < 400)) return responses;
    tx.rollbackTo(savepoint);
    return responses.map((response) =>
      response.httpStatusCode >= 400
        ? response
        : { ...response, body: halted.body, httpHeaders: {}, httpStatusCode: halted.status },
    );
  });
}

function answerBatch(world: RouteWorld, request: ApiRequest): WireReply {
  const { batchRequests, haltOnError } = parse(batch, request.body);
  if (batchRequests.length > mostSubrequests)
    throw new OrgFault(400, 'LIMIT_EXCEEDED', `At most ${mostSubrequests} subrequests.`);
  let hasErrors = false;
  const results = batchRequests.map(({ method, url, richInput }) => {
    if (hasErrors && haltOnError) {
      const error = { errorCode: 'BATCH_PROCESSING_HALTED', message: 'Batch processing halted per request' };
      return { statusCode: 412, result: [error] };
    }
    const inner = innerRequest(request, method, url, richInput, null);
    const { status, body } =
      inner === null ? restError(404, 'NOT_FOUND', 'The requested resource does not exist') : world.dispatch(inner);
    if (status >= 400) hasErrors = true;
    return { statusCode: status, result: body === '' ? null : body };
  });
  return { status: 200, body: { hasErrors, results } };
}

/** Several calls in one, which counts as one: `/composite`, `/composite/batch`, `/composite/graph`. */
export const compositeRoutes: readonly ApiRoute[] = [
  {
    method: 'POST',
    template: '/composite',
    answer(world, request) {
      const { allOrNone, compositeRequest } = parse(composite, request.body);
      refuseTooMany(compositeRequest, mostSubrequests);
      const compositeResponse = allOrNone
        ? runTogether(world, request, compositeRequest)
        : runAll(world, request, compositeRequest, null);
      return { status: 200, body: { compositeResponse } };
    },
  },
  { method: 'POST', template: '/composite/batch', answer: answerBatch },
  {
    method: 'POST',
    template: '/composite/graph',
    answer(world, request) {
      const asked = parse(graphs, request.body).graphs;
      if (asked.length > mostGraphs) throw new OrgFault(400, 'LIMIT_EXCEEDED', `At most ${mostGraphs} graphs.`);
      const answered = asked.map(({ graphId, compositeRequest }) => {
        const compositeResponse = runTogether(world, request, compositeRequest);
        const isSuccessful = compositeResponse.every(({ httpStatusCode }) => httpStatusCode < 400);
        return { graphId, graphResponse: { compositeResponse }, isSuccessful };
      });
      return { status: 200, body: { graphs: answered } };
    },
  },
];
