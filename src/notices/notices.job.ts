import { z } from 'zod';
import type { WorkKind, WorkOutcome } from '../platform/work.js';
import { sendMailWork } from './post-mail.handler.js';

/** Longer than the hand-over of one mail takes with every step near its timeout. */
const leaseMs = 120_000;

export function sendMailJob(send: (mailId: string, now: Date) => Promise<WorkOutcome>): WorkKind<null> {
  return {
    kind: sendMailWork,
    payload: z.null(),
    batch: 1,
    gatherMs: 0,
    concurrency: 2,
    leaseMs,
    maxAttempts: 100,
    run: async (items, now) => {
      const outcomes = new Map<string, WorkOutcome>();
      for (const { key } of items) outcomes.set(key, await send(key, now));
      return outcomes;
    },
    subject: (item) => ({ type: 'mail', id: item.key }),
  };
}
