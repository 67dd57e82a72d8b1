/**
 * What kind of refusal it is; `http/problem.ts` gives each kind its HTTP status.
 * - `malformed`: cannot be read as a request at all
 * - `invalid`: readable, but a field holds what cannot be accepted
 * - `not-found`: no such thing, or not the asker's (which must look the same)
 * - `conflict`: right in itself, but not in the state things are in
 * - `forbidden`: this asker may not do it
 * - `too-many`: a stated limit was reached
 * - `unavailable`: something it needs does not answer now
 * - `upstream`: something it needs answers, and refuses
 */
export type DomainErrorKind =
  'malformed' | 'invalid' | 'not-found' | 'conflict' | 'forbidden' | 'too-many' | 'unavailable' | 'upstream';

/** What is wrong with one field of a request. */
export interface FieldFault {
  /** Path with dots and brackets, such as `deal.amount` or `lines[2]`. */
  readonly field: string;
  /** What was given, shortened; left out where it is absent or may be a secret. */
  readonly value?: string | undefined;
  /** What would have been accepted. */
  readonly expected: string;
  /** A whole sentence for a person. */
  readonly message: string;
}

/** A fault in the words that all of them use. @param value what was given; undefined where nothing was */
export function fieldFault(field: string, value: string | undefined, expected: string): FieldFault {
  const found = value === undefined ? 'is missing' : `is ${JSON.stringify(value)}`;
  return {
    field,
    ...(value === undefined ? {} : { value }),
    expected,
    message: `${field} ${found}; expected ${expected}.`,
  };
}

export interface DomainErrorDetails {
  readonly kind: DomainErrorKind;
  /** Stable and kebab-case, such as `partner-email-taken`: it becomes the problem's `type`. */
  readonly code: string;
  /** Sentences for a person; sent to the caller, so never a secret and never what a partner may not know. */
  readonly message: string;
  readonly errors?: readonly FieldFault[] | undefined;
  /** Of `too-many`: when the limit lets one more through at the latest; a second unless given. */
  readonly retryAfterSeconds?: number | undefined;
  readonly cause?: unknown;
}

/**
 * Base of the refusals a stage declares: each cause is a class of its own, and the HTTP edge needs to know only this one.
 * A stage throws one to refuse a request; the transaction it ran in leaves nothing behind.
 */
export class DomainError extends Error {
  readonly kind: DomainErrorKind;
  readonly code: string;
  readonly errors: readonly FieldFault[];
  readonly retryAfterSeconds: number;

  constructor(details: DomainErrorDetails) {
    super(details.message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = new.target.name;
    this.kind = details.kind;
    this.code = details.code;
    this.errors = details.errors ?? [];
    this.retryAfterSeconds = details.retryAfterSeconds ?? 1;
  }
}
