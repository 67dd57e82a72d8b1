/** One field that the service did not accept. */
export interface FieldProblem {
  readonly field: string;
  readonly expected: string;
  readonly message: string;
}

interface ProblemParts {
  readonly status: number;
  readonly code: string;
  readonly words: string;
  readonly fields: readonly FieldProblem[];
  readonly requestId: string | null;
}

/** What the service answered instead of what was asked for (RFC 9457). */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';

  readonly status: number;
  /** Stable per cause, such as `registration-status`. */
  readonly code: string;
  readonly fields: readonly FieldProblem[];
  readonly requestId: string | null;

  constructor({ status, code, words, fields, requestId }: ProblemParts) {
    super(words);
    this.status = status;
    this.code = code;
    this.fields = fields;
    this.requestId = requestId;
  }
}

/** The service could not be reached; what was asked for may or may not have happened. */
export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost';
}

export function isNotSignedIn(error: unknown): boolean {
  return error instanceof ApiProblem && error.status === 401;
}

/** The problem in an answer's body, however little of it is there: a proxy's page is no problem document. */
export function problemFrom(status: number, body: unknown): ApiProblem {
  const text = (name: string): string | null => {
    const value = fieldOf(body, name);
    return typeof value === 'string' ? value : null;
  };
  const code = text('type')?.split(':').at(-1) ?? text('code') ?? 'unknown';
  const words = text('detail') ?? text('message') ?? text('title') ?? `HTTP ${status}`;
  return new ApiProblem({
    status,
    code,
    words,
    fields: fieldProblems(fieldOf(body, 'errors')),
    requestId: text('requestId'),
  });
}

/** Field → what is expected there. The first fault of a field stands for all. */
export function faultsByField(problem: ApiProblem): Readonly<Record<string, string>> {
  return Object.fromEntries(problem.fields.map(({ field, expected }) => [field, expected] as const).reverse());
}

function fieldProblems(errors: unknown): readonly FieldProblem[] {
  if (!Array.isArray(errors)) return [];
  return errors.flatMap((entry: unknown) => {
    const [field, expected, message] = ['field', 'expected', 'message'].map((name) => fieldOf(entry, name));
    const isWhole = typeof field === 'string' && typeof expected === 'string' && typeof message === 'string';
    return isWhole ? [{ field, expected, message }] : [];
  });
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
}
