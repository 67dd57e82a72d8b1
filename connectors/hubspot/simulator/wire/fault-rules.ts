import { z } from 'zod';
import type { Random } from '../random.js';
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
  /** Any method when left out. */
  method: z.string().optional(),
  /** `*` stands for any characters. Compared with the path as asked and with the route's name, which has no version. */
  path: z.string().default('*'),
  /** How many calls it hits; without end when left out. */
  count: z.number().int().min(1).optional(),
  /** How many matching calls it lets pass first. */
  skip: z.number().int().min(0).default(0),
  probability: z.number().min(0).max(1).default(1),
  /** For `slow`: how late the answer is. For `hang`: when it answers after all; never when left out. */
  delayMs: z.number().int().min(0).optional(),
  /** For `server-error` and `apply-then-server-error`. */
  status: z.number().int().min(500).max(599).default(500),
  /** For `migrating`. */
  retryAfterSeconds: z.number().int().min(0).default(1),
});

export type FaultRule = z.output<typeof faultRule>;
export type FaultInput = z.input<typeof faultRule>;

export interface StandingFault {
  readonly id: string;
  readonly rule: FaultRule;
  /** Calls it has hit so far. */
  readonly hits: number;
}

/** One request, as rules and hooks look at it. */
export interface AskedFor {
  readonly method: string;
  readonly path: string;
  /** The route without version and with object types by name, e.g. `/crm/objects/deals/{id}`; `null` for none. */
  readonly route: string | null;
}

/** Whether a pattern with `*` covers the request's path or its route. */
export function matchesRequest(
  pattern: { readonly method?: string | undefined; readonly path?: string | undefined },
  asked: AskedFor,
): boolean {
  if (pattern.method !== undefined && pattern.method.toUpperCase() !== asked.method) return false;
  if (pattern.path === undefined || pattern.path === '*') return true;
  const expression = pattern.path.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  const test = new RegExp(`^${expression.join('.*')}$`);
  return test.test(asked.path) || (asked.route !== null && test.test(asked.route));
}

/** The switches that make the account misbehave. */
export interface FaultRules {
  /** @returns its id. @throws ZodError for a rule it cannot read. */
  add(rule: unknown): string;
  remove(id: string): boolean;
  clear(): void;
  list(): readonly StandingFault[];
  /** The fault this request meets, counted as a hit. The oldest matching rule decides. */
  strike(asked: AskedFor): FaultRule | null;
}

export function createFaultRules(random: Random): FaultRules {
  const standing = new Map<string, { rule: FaultRule; hits: number; skipped: number }>();
  let lastId = 0;
  return {
    add(input) {
      const id = `fault-${(lastId += 1)}`;
      standing.set(id, { rule: faultRule.parse(input), hits: 0, skipped: 0 });
      return id;
    },
    remove: (id) => standing.delete(id),
    clear: () => standing.clear(),
    list: () => [...standing].map(([id, { rule, hits }]) => ({ id, rule, hits })),
    strike(asked) {
      for (const entry of standing.values()) {
        const { rule } = entry;
        const spent = rule.count !== undefined && entry.hits >= rule.count;
        if (spent || !matchesRequest(rule, asked)) continue;
        if (entry.skipped < rule.skip) {
          entry.skipped += 1;
          continue;
        }
        if (rule.probability < 1 && random() >= rule.probability) continue;
        entry.hits += 1;
        return rule;
      }
      return null;
    },
  };
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
