import { DomainError, type FieldFault } from '../domain-error.js';
import { HttpProblem } from './problem.js';

/** The request cannot be read at all: broken JSON, forbidden characters, a bad query parameter. */
export class MalformedRequest extends DomainError {
  constructor(message: string, errors: readonly FieldFault[] = []) {
    super({ kind: 'malformed', code: 'malformed-request', message, errors });
  }
}

/** The request can be read, but some of its fields cannot be accepted. */
export class InvalidRequest extends DomainError {
  constructor(errors: readonly FieldFault[]) {
    super({ kind: 'invalid', code: 'invalid-request', message: summary(errors), errors });
  }
}

function summary(errors: readonly FieldFault[]): string {
  const first = errors[0]?.message ?? 'The request has a field that cannot be accepted.';
  return errors.length > 1 ? `${first} (and ${String(errors.length - 1)} more)` : first;
}

/** The `Idempotency-Key` was used before, for something else. */
export class IdempotencyKeyReused extends DomainError {
  constructor() {
    super({
      kind: 'invalid',
      code: 'idempotency-key-reused',
      message: 'This Idempotency-Key was already used for another request. Use a new key for a new request.',
    });
  }
}

export function unsupportedMediaType(received: string | undefined, accepted: readonly string[]): HttpProblem {
  const got = received === undefined ? 'The request names no Content-Type' : 'The Content-Type is not accepted here';
  return new HttpProblem({
    status: 415,
    code: 'unsupported-media-type',
    title: 'This kind of content is not accepted',
    detail: `${got}; expected ${accepted.join(' or ')}, in UTF-8.`,
  });
}

export function notSignedIn(credentialsGiven: boolean): HttpProblem {
  const reason = credentialsGiven ? ', error="invalid_token"' : '';
  return new HttpProblem({
    status: 401,
    code: 'not-signed-in',
    title: 'Not signed in',
    detail: credentialsGiven
      ? 'The API key is not known, or was revoked.'
      : 'This call needs an API key: send it as "Authorization: Bearer <key>".',
    headers: { 'WWW-Authenticate': `Bearer realm="introducer"${reason}` },
  });
}

export function wrongRole(needed: 'operator' | 'partner'): HttpProblem {
  return new HttpProblem({
    status: 403,
    code: 'wrong-role',
    title: 'Not allowed',
    detail: `This call is for ${needed} keys.`,
  });
}

export function missingRight(right: string): HttpProblem {
  return new HttpProblem({
    status: 403,
    code: 'right-missing',
    title: 'Not allowed',
    detail: `This needs the right ${right}, which you do not have.`,
  });
}

export function noSuchRoute(): HttpProblem {
  return new HttpProblem({
    status: 404,
    code: 'no-such-route',
    title: 'Not found',
    detail: 'There is nothing at this address. /docs lists every call.',
  });
}

export function methodNotAllowed(allowed: readonly string[]): HttpProblem {
  const allow = allowed.join(', ');
  return new HttpProblem({
    status: 405,
    code: 'method-not-allowed',
    title: 'Wrong method',
    detail: `This address takes ${allow}.`,
    headers: { Allow: allow },
  });
}

/** Sent by the limiter, which has set `Retry-After` itself. */
export function tooManyRequests(): HttpProblem {
  return new HttpProblem({
    status: 429,
    code: 'too-many-requests',
    title: 'Too many requests',
    detail: 'The limit of requests for now is reached; Retry-After says in how many seconds to try again.',
  });
}
