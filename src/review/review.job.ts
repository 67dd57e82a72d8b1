import { z } from 'zod';
import type { WorkItem, WorkKind, WorkOutcome } from '../platform/work.js';
import { approveByRuleWork } from './approve-by-rule.handler.js';
import { remindWork } from './remind.handler.js';

const leaseMs = 60_000;
const common = { payload: z.null(), gatherMs: 0, concurrency: 1, leaseMs };

/** Approves what a rule of the program approves. */
export function approveByRuleJob(approveByRule: (registrationId: string) => Promise<void>): WorkKind<null> {
  return {
    ...common,
    kind: approveByRuleWork,
    batch: 50,
    maxAttempts: 20,
    run: async (items) => {
      for (const item of items) await approveByRule(item.key);
      return 'done';
    },
    subject: (item: WorkItem<null>) => ({ type: 'registration', id: item.key }),
  };
}

/** Reminds each morning of what waits for an answer. */
export function remindJob(remind: () => Promise<Date>): WorkKind<null> {
  return {
    ...common,
    kind: remindWork,
    batch: 1,
    maxAttempts: 1_000,
    run: async (items) => {
      const again: WorkOutcome = { kind: 'again', at: await remind() };
      return new Map(items.map((item) => [item.key, again]));
    },
    subject: (item: WorkItem<null>) => ({ type: 'service', id: item.key }),
  };
}
