import { z } from 'zod';
import type { AskedFor } from '../../../simulator/asked-for.js';
import { createFaultBook, hitCalls, type FaultBook } from '../../../simulator/fault-book.js';
import type { Random } from '../../../simulator/random.js';
import { htmlPage, limitExceeded, oauthError, restError, sessionExpired } from './reply.js';
import type { WireReply } from './reply.js';

/** What can go wrong. Down to `drop` the org does not get to act; from `slow` on it does, and its answer suffers. */
const faultKinds = [
  'error',
  'session-expired',
  'limit-exceeded',
  'concurrent-limit',
  'server-unavailable',
  'html',
  'html-with-200',
  'redirect',
  'hang',
  'drop',
  'slow',
  'torn',
  'apply-then-drop',
  'apply-then-hang',
  'apply-then-error',
] as const;

const faultRule = z.strictObject({
  kind: z.enum(faultKinds),
  ...hitCalls,
  /** For `error`, `apply-then-error`, `html` and `server-unavailable`. */
  status: z.number().int().min(300).max(599).default(500),
  /** For `error` and `apply-then-error`; on OAuth's paths the `error`. */
  errorCode: z.string().default('UNKNOWN_EXCEPTION'),
  message: z.string().default('An unexpected error occurred. Please include this ErrorId if you contact support.'),
  /** For `redirect`. */
  location: z.string().default('/'),
});

export type FaultRule = z.output<typeof faultRule>;
export type FaultInput = z.input<typeof faultRule>;

/** The switches that make the org misbehave. */
export type FaultRules = FaultBook<FaultRule>;

export function createFaultRules(random: Random): FaultRules {
  return createFaultBook((rule) => faultRule.parse(rule), random);
}

function errorReply({ status, errorCode, message }: FaultRule, { path }: AskedFor): WireReply {
  if (path.startsWith('/services/oauth2/')) return oauthError(errorCode, message, status);
  return restError(status, errorCode, message);
}

/** The answer that takes the org's place, `null` for faults that let the org answer. */
export function replyInstead(rule: FaultRule, asked: AskedFor): WireReply | null {
  switch (rule.kind) {
    case 'error':
      return errorReply(rule, asked);
    case 'session-expired':
      return sessionExpired();
    case 'limit-exceeded':
      return limitExceeded();
    case 'concurrent-limit':
      return limitExceeded('ConcurrentRequests (Concurrent API Requests) Limit exceeded.');
    case 'server-unavailable':
      return restError(503, 'SERVER_UNAVAILABLE', 'The server is currently unavailable.');
    case 'html':
      return htmlPage(rule.status);
    case 'html-with-200':
      return htmlPage(200);
    case 'redirect':
      return { status: 302, headers: { Location: rule.location }, body: '' };
    case 'hang':
    case 'drop':
    case 'slow':
    case 'torn':
    case 'apply-then-drop':
    case 'apply-then-hang':
    case 'apply-then-error':
      return null;
  }
}

/** What becomes of the org's own answer on its way back: changed, or lost with its connection in one way or another. */
export function spoilReply(rule: FaultRule, asked: AskedFor, reply: WireReply): WireReply | 'drop' | 'hang' | 'torn' {
  if (rule.kind === 'apply-then-drop') return 'drop';
  if (rule.kind === 'apply-then-hang') return 'hang';
  if (rule.kind === 'torn') return 'torn';
  return rule.kind === 'apply-then-error' ? errorReply(rule, asked) : reply;
}
