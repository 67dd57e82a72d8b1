import { z } from 'zod';
import { createFaultBook, hitCalls, type FaultBook } from '../../../simulator/fault-book.js';
import type { Random } from '../../../simulator/random.js';
import { badGateway, locked, migrating, missingScopes, rateLimited, serverError, unauthorised } from './error-reply.js';
import type { WireReply } from './error-reply.js';

/** What can go wrong. Down to `drop` the account does not get to act; from `slow` on it does, and its answer suffers. */
const faultKinds = [
  'locked',
  'rate-limit-rolling',
  'rate-limit-secondly',
  'rate-limit-daily',
  'migrating',
  'server-error',
  'bad-gateway-html',
  'unauthorised',
  'expired-token',
  'missing-scopes',
  'hang',
  'drop',
  'slow',
  'ok-instead-of-created',
  'no-content-type',
  'apply-then-drop',
  'apply-then-hang',
  'apply-then-bad-gateway',
  'apply-then-server-error',
] as const;

const faultRule = z.strictObject({
  kind: z.enum(faultKinds),
  ...hitCalls,
  /** For `server-error` and `apply-then-server-error`. */
  status: z.number().int().min(500).max(599).default(500),
  /** For `migrating`. */
  retryAfterSeconds: z.number().int().min(0).default(1),
});

export type FaultRule = z.output<typeof faultRule>;
export type FaultInput = z.input<typeof faultRule>;

/** The switches that make the account misbehave. */
export type FaultRules = FaultBook<FaultRule>;

export function createFaultRules(random: Random): FaultRules {
  return createFaultBook((rule) => faultRule.parse(rule), random);
}

/** The answer that takes the account's place, `null` for faults that let the account answer. */
export function replyInstead(rule: FaultRule): WireReply | null {
  switch (rule.kind) {
    case 'locked':
      return locked();
    case 'rate-limit-rolling':
      return rateLimited('TEN_SECONDLY_ROLLING');
    case 'rate-limit-secondly':
      return rateLimited('SECONDLY');
    case 'rate-limit-daily':
      return rateLimited('DAILY');
    case 'migrating':
      return migrating(rule.retryAfterSeconds);
    case 'server-error':
      return serverError(rule.status);
    case 'bad-gateway-html':
      return badGateway();
    case 'unauthorised':
      return unauthorised('INVALID_AUTHENTICATION');
    case 'expired-token':
      return unauthorised('EXPIRED_AUTHENTICATION');
    case 'missing-scopes':
      return missingScopes(['crm.objects.deals.write']);
    case 'hang':
    case 'drop':
    case 'slow':
    case 'ok-instead-of-created':
    case 'no-content-type':
    case 'apply-then-drop':
    case 'apply-then-hang':
    case 'apply-then-bad-gateway':
    case 'apply-then-server-error':
      return null;
  }
}

/** What becomes of the account's own answer on its way back: changed, `drop`ped with the connection, or left to `hang`. */
export function spoilReply(rule: FaultRule, reply: WireReply): WireReply | 'drop' | 'hang' {
  const { kind, status } = rule;
  if (kind === 'ok-instead-of-created') return reply.status === 201 ? { ...reply, status: 200 } : reply;
  if (kind === 'no-content-type') return { ...reply, contentType: null };
  if (kind === 'apply-then-drop') return 'drop';
  if (kind === 'apply-then-hang') return 'hang';
  if (kind === 'apply-then-bad-gateway') return badGateway();
  return kind === 'apply-then-server-error' ? serverError(status) : reply;
}
