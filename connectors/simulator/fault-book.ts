import { z } from 'zod';
import { matchesRequest, type AskedFor } from './asked-for.js';
import type { Random } from './random.js';

/** Which calls a fault hits; what it does to them, each vendor's simulator says. */
export const hitCalls = {
  /** Any method when left out. */
  method: z.string().optional(),
  /** `*` stands for any characters. Compared with the path as asked and with its part that has no version. */
  path: z.string().default('*'),
  /** How many calls it hits; without end when left out. */
  count: z.number().int().min(1).optional(),
  /** How many matching calls it lets pass first. */
  skip: z.number().int().min(0).default(0),
  probability: z.number().min(0).max(1).default(1),
  /** For `slow`: how late the answer is. For `hang`: when it answers after all; never when left out. */
  delayMs: z.number().int().min(0).optional(),
} as const;

type HitCalls = z.output<z.ZodObject<typeof hitCalls>>;

export interface StandingFault<Rule> {
  readonly id: string;
  readonly rule: Rule;
  /** Calls it has hit so far. */
  readonly hits: number;
}

/** The switches that make a simulated CRM misbehave. */
export interface FaultBook<Rule> {
  /** @returns its id. @throws whatever `read` throws for a rule it cannot read */
  add(rule: unknown): string;
  remove(id: string): boolean;
  clear(): void;
  list(): readonly StandingFault<Rule>[];
  /** The fault this request meets, counted as a hit. The oldest matching rule decides. */
  strike(asked: AskedFor): Rule | null;
}

export function createFaultBook<Rule extends HitCalls>(read: (rule: unknown) => Rule, random: Random): FaultBook<Rule> {
  const standing = new Map<string, { rule: Rule; hits: number; skipped: number }>();
  let lastId = 0;
  return {
    add(input) {
      const rule = read(input);
      const id = `fault-${(lastId += 1)}`;
      standing.set(id, { rule, hits: 0, skipped: 0 });
      return id;
    },
    remove: (id) => standing.delete(id),
    clear: () => standing.clear(),
    list: () => [...standing].map(([id, { rule, hits }]) => ({ id, rule, hits })),
    strike(asked) {
      for (const entry of standing.values()) {
        const { rule } = entry;
        const isSpent = rule.count !== undefined && entry.hits >= rule.count;
        if (isSpent || !matchesRequest(rule, asked)) continue;
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
