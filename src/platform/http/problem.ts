import { DomainError, type DomainErrorKind, type FieldFault } from '../domain-error.js';

/** The body of every refusal: RFC 9457, served as `application/problem+json`. */
export interface ProblemBody {
  /** Stable per cause, such as `urn:introducer:problem:partner-not-found`. */
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly errors?: readonly FieldFault[];
  /** Names this answer in the log. */
  readonly requestId?: string;
}

export interface HttpProblemDetails {
  readonly status: number;
  /** Kebab-case and stable. */
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly errors?: readonly FieldFault[] | undefined;
}

/** A refusal that only exists in HTTP. Stages throw a `DomainError` instead. */
export class HttpProblem extends Error {
  override readonly name = 'HttpProblem';
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly errors: readonly FieldFault[];

  constructor(details: HttpProblemDetails) {
    super(details.detail);
    this.status = details.status;
    this.code = details.code;
    this.title = details.title;
    this.headers = details.headers ?? {};
    this.errors = details.errors ?? [];
  }
}

const statusOfKind: Readonly<Record<DomainErrorKind, { readonly status: number; readonly title: string }>> = {
  malformed: { status: 400, title: 'The request cannot be read' },
  forbidden: { status: 403, title: 'Not allowed' },
  'not-found': { status: 404, title: 'Not found' },
  conflict: { status: 409, title: 'In conflict with what is there' },
  invalid: { status: 422, title: 'Not acceptable as it is' },
  'too-many': { status: 429, title: 'Too many' },
  unavailable: { status: 503, title: 'Not available now' },
  upstream: { status: 502, title: 'Refused elsewhere' },
};

/** Says 400, 413 or 415 for what Express and its body reader refuse. */
const titleOfClientError: Readonly<Record<number, { readonly code: string; readonly title: string }>> = {
  400: { code: 'malformed-request', title: 'The request cannot be read' },
  413: { code: 'request-too-large', title: 'The request is too large' },
  415: { code: 'unsupported-media-type', title: 'This kind of content is not accepted' },
};

const retrySoon = { 'Retry-After': '1' };

/**
 * The HTTP answer to anything that was thrown: the one place where statuses are chosen. What nobody declared is a fault of
 * ours, so it becomes a 500 that says nothing about its inside.
 */
export function problemFor(error: unknown): HttpProblem {
  if (error instanceof HttpProblem) return error;
  if (error instanceof DomainError) return problemOfDomainError(error);
  return problemOfClientError(error) ?? problemOfDatabase(error) ?? internalProblem();
}

function problemOfDomainError(error: DomainError): HttpProblem {
  const { status, title } = statusOfKind[error.kind];
  const mayPass = error.kind === 'unavailable' || error.kind === 'too-many';
  return new HttpProblem({
    status,
    title,
    code: error.code,
    detail: error.message,
    errors: error.errors,
    headers: mayPass ? { 'Retry-After': String(error.retryAfterSeconds) } : {},
  });
}

/** Express marks what the client did wrong with a 4xx `status`: bad percent-encoding, an oversized or undecodable body. */
function problemOfClientError(error: unknown): HttpProblem | undefined {
  const status = error instanceof Error && 'status' in error ? error.status : undefined;
  if (!(error instanceof Error) || typeof status !== 'number' || status < 400 || status >= 500) return undefined;
  const known = titleOfClientError[status] ?? titleOfClientError[400];
  if (known === undefined) return undefined;
  return new HttpProblem({ status, ...known, detail: `${error.message}.` });
}

/** Codes after which the same request may succeed: deadlock, lost or exhausted connections, a server that restarts. */
const passingDatabaseFault = /^(40001|40P01|55P03|57P0[123]|57014|53\d{3}|08\d{3}|ECONNREFUSED|ECONNRESET|EPIPE)$/;

/** NUL, or half a surrogate pair in JSON, which a page's form or a YAML escape can bring past the checks of JSON bodies. */
const unstorableText = /^(22021|22P05)$/;

function problemOfDatabase(error: unknown): HttpProblem | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (typeof code !== 'string') return undefined;
  if (unstorableText.test(code)) {
    return new HttpProblem({
      status: 400,
      code: 'malformed-request',
      title: 'The request cannot be read',
      detail: 'A text in it holds a character that cannot be stored, such as NUL.',
    });
  }
  if (!passingDatabaseFault.test(code)) return undefined;
  return new HttpProblem({
    status: 503,
    code: 'temporarily-unavailable',
    title: 'Not available now',
    detail: 'The database does not answer just now. Nothing was written; please try again.',
    headers: retrySoon,
  });
}

function internalProblem(): HttpProblem {
  return new HttpProblem({
    status: 500,
    code: 'internal-error',
    title: 'A fault of ours',
    detail: 'Something went wrong on our side. Nothing was written. The request id leads to the cause in the log.',
  });
}

export function problemType(code: string): string {
  return `urn:introducer:problem:${code}`;
}

export function problemBody(problem: HttpProblem, requestId: string | null): ProblemBody {
  return {
    type: problemType(problem.code),
    title: problem.title,
    status: problem.status,
    detail: problem.message,
    ...(problem.errors.length > 0 ? { errors: problem.errors } : {}),
    ...(requestId === null ? {} : { requestId }),
  };
}
