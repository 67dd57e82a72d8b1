import type { z } from 'zod';
import type { OperatorActor, PartnerActor, SignedInActor } from '../actor.js';
import { assert } from '../assert.js';
import type { Database } from '../database.js';
import type { FieldFault } from '../domain-error.js';
import type { Json } from '../json.js';
import type { Transact, UnitOfWork } from '../unit-of-work.js';
import { fieldFaults } from './field-faults.js';
import { InvalidRequest, MalformedRequest } from './request-errors.js';

/** Who may call: operator keys, partner keys, either, or anybody without a key. */
export type Access = 'operator' | 'partner' | 'any' | 'public';

export type ActorOf<A extends Access> = A extends 'operator'
  ? OperatorActor
  : A extends 'partner'
    ? PartnerActor
    : A extends 'any'
      ? SignedInActor
      : null;

export type HttpMethod = 'get' | 'post' | 'put' | 'patch' | 'delete';

/**
 * A body that the stage parses itself, from JSON or YAML text, so that it can name the line of a fault. `schema` only
 * describes it in the OpenAPI document.
 */
export interface DocumentBody {
  readonly kind: 'document';
  readonly schema: z.ZodType;
}

export function documentBody(schema: z.ZodType): DocumentBody {
  return { kind: 'document', schema };
}

/** What a `documentBody` arrives as: UTF-8 text without forbidden characters; JSON is known to be well formed. */
export type DocumentText = {
  readonly format: 'json' | 'yaml';
  readonly text: string;
};

type Fields = z.ZodObject | undefined;
type Body = z.ZodType | DocumentBody | undefined;
type Responses = Readonly<Record<number, z.ZodType | null>>;
type FieldsOf<F extends Fields> = F extends z.ZodObject ? z.output<F> : undefined;
type BodyOf<B extends Body> = B extends DocumentBody ? DocumentText : B extends z.ZodType ? z.output<B> : undefined;

/** An answer with one of the statuses `S` that a route declares in `R`, its body as that schema takes it. */
export type ReplyOf<R extends Responses, S extends keyof R & number> = {
  readonly status: S;
  readonly headers?: Readonly<Record<string, string>>;
  readonly csv?: CsvFile;
} & ReplyBody<R[S]>;

/** The same answer as a table; the text is only made for who asked for it. */
export interface CsvFile {
  readonly name: string;
  readonly text: () => string;
}

type ReplyBody<Schema> = Schema extends z.ZodType ? { readonly body: z.input<Schema> } : { readonly body?: undefined };

interface CallOf<A extends Access, P extends Fields, Q extends Fields, B extends Body> {
  readonly actor: ActorOf<A>;
  readonly params: FieldsOf<P>;
  readonly query: FieldsOf<Q>;
  readonly body: BodyOf<B>;
}

/** Where a route that only looks reads from. */
export interface ReadScope {
  readonly db: Database;
  readonly now: Date;
}

/** Where a route that changes something works: one unit of work, committed with the answer. */
export interface WriteScope {
  readonly uow: UnitOfWork;
}

/** Where a route that does something outside of the database works: in steps, each a unit of work of its own. */
export interface ActScope {
  readonly transact: Transact;
  readonly db: Database;
  readonly now: Date;
}

export type RouteKind = 'read' | 'write' | 'act';

interface Description {
  readonly method: HttpMethod;
  /** Such as `/api/v1/partners/{id}`. */
  readonly path: `/${string}`;
  readonly access: Access;
  /** What an operator key must have been given for it, where not every one may. */
  readonly right?: string;
  /** Leaves something behind for anybody who calls, so that one address may make only a few such calls. */
  readonly scarce?: boolean;
  /** A few words for the list of calls. */
  readonly summary: string;
  /** Markdown, for what the summary leaves out. */
  readonly description?: string;
  readonly tags: readonly string[];
  /** The answer holds a secret, so what is kept for its `Idempotency-Key` is encrypted. */
  readonly secretReply?: boolean;
  /** Its answer comes as CSV too: to who accepts `text/csv` rather than JSON, and with `format=csv` in its query. */
  readonly alsoCsv?: boolean;
}

interface Shape<P extends Fields, Q extends Fields, B extends Body, R extends Responses> {
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  /** Every status the route itself answers with; `null`: without a body. Refusals need no mention. */
  readonly responses: R;
}

export type ScopeOf<K extends RouteKind> = K extends 'read' ? ReadScope : K extends 'write' ? WriteScope : ActScope;

export interface RouteDefinition<
  K extends RouteKind,
  A extends Access,
  P extends Fields,
  Q extends Fields,
  B extends Body,
  R extends Responses,
  S extends keyof R & number,
>
  extends Description, Shape<P, Q, B, R> {
  readonly kind: K;
  readonly access: A;
  readonly handle: (call: CallOf<A, P, Q, B> & ScopeOf<K>) => Promise<ReplyOf<R, S>>;
}

export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly csv?: CsvFile;
}

/** What came in over HTTP, before the route's schemas saw it. */
export interface RawCall {
  readonly actor: SignedInActor | null;
  readonly params: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, string>>;
  /** Parsed JSON, a `DocumentText`, or undefined without a body. */
  readonly body: Json | DocumentText | undefined;
}

/** A call whose input fits; running it is all that is left. */
export type AcceptedCall =
  | { readonly kind: 'read'; run(scope: ReadScope): Promise<Reply> }
  | { readonly kind: 'write'; run(scope: WriteScope): Promise<Reply> }
  | { readonly kind: 'act'; run(scope: ActScope): Promise<Reply> };

/** A route with its types closed over: what the router and the OpenAPI document work with. */
export interface Route extends Description, Shape<Fields, Fields, Body, Responses> {
  readonly kind: RouteKind;
  /** @throws MalformedRequest for parameters, InvalidRequest for a body that does not fit */
  accept(call: RawCall): AcceptedCall;
}

/**
 * Declares one HTTP call: what it takes, who may make it, what it answers and what it does. A `write` runs inside one unit
 * of work that also keeps the answer for its `Idempotency-Key`; it may run again after a deadlock, so it must touch nothing
 * else. A `read` may take a body too (a preview). An `act` asks somebody else as well, which no transaction can take back; it is
 * what the caller repeats where no answer came, and no `Idempotency-Key` keeps its answer.
 */
export function defineRoute<
  const K extends RouteKind,
  const A extends Access,
  const R extends Responses,
  const S extends keyof R & number,
  P extends Fields = undefined,
  Q extends Fields = undefined,
  B extends Body = undefined,
>(definition: RouteDefinition<K, A, P, Q, B, R, S>): Route {
  const accept = (raw: RawCall): AcceptedCall => {
    const call = parseCall(definition, raw);
    // `kind` is K and decides the scope; the compiler does not follow that through a type parameter.
    const run = (scope: ReadScope | WriteScope | ActScope): Promise<Reply> =>
      definition.handle({ ...call, ...(scope as ScopeOf<K>) });
    return { kind: definition.kind, run };
  };
  return { ...definition, accept };
}

function parseCall<A extends Access, P extends Fields, Q extends Fields, B extends Body>(
  route: { readonly access: A } & Shape<P, Q, B, Responses>,
  raw: RawCall,
): CallOf<A, P, Q, B> {
  const params = parsed(route.params, raw.params);
  const query = parsed(route.query, raw.query);
  const faults = [...params.faults, ...query.faults];
  if (faults.length > 0) throw new MalformedRequest(faults[0]?.message ?? 'A parameter does not fit.', faults);
  const body = isDocumentBody(route.body) ? { value: raw.body ?? noText, faults: [] } : parsed(route.body, raw.body);
  if (body.faults.length > 0) throw new InvalidRequest(body.faults);
  assert((raw.actor === null) === (route.access === 'public'), 'who calls was settled before the call is parsed');
  return {
    actor: raw.actor as ActorOf<A>,
    params: params.value as FieldsOf<P>,
    query: query.value as FieldsOf<Q>,
    body: body.value as BodyOf<B>,
  };
}

/** A document that was left out: its stage says what it misses. */
const noText: DocumentText = { format: 'json', text: '' };

interface Parsed {
  readonly value: unknown;
  readonly faults: readonly FieldFault[];
}

function parsed(schema: z.ZodType | undefined, input: unknown): Parsed {
  if (schema === undefined) return { value: input, faults: [] };
  const result = schema.safeParse(input);
  if (result.success) return { value: result.data, faults: [] };
  return { value: undefined, faults: fieldFaults(result.error.issues, input) };
}

export function isDocumentBody(body: Body): body is DocumentBody {
  return body !== undefined && 'kind' in body;
}
