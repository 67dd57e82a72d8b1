import { z } from 'zod';
import { rejectionCodes } from '../registration/registration.js';
import { conflictShape } from '../registration/registration.api.js';

const moment = z.string().meta({ description: 'ISO 8601, UTC' });

export const assigneeShape = z.object({ id: z.string(), name: z.string(), since: moment }).meta({ id: 'Assignee' });

/** What reviewing a registration needs, beside what was found about it. For operators. */
export const reviewShape = z
  .object({
    since: moment.nullable().meta({ description: 'Since when it waits for your answer; null: it does not.' }),
    assignee: assigneeShape.nullable(),
    recommendation: z
      .object({
        action: z.enum(['wait', 'approve', 'queue', 'attach', 'reject', 'look']).meta({
          description:
            '`wait`: the CRM was not searched yet. `queue`: approve it; it waits behind whoever was first. `attach`: approve it for the open deal. `look`: only a person can tell.',
        }),
        code: z.enum(rejectionCodes).nullable().meta({ description: 'What to reject it for.' }),
        because: z
          .array(conflictShape)
          .meta({ description: 'The findings it rests on; none: nothing speaks against it.' }),
      })
      .nullable()
      .meta({ description: 'What the evidence speaks for, while it waits for an answer.' }),
    approvals: z
      .array(
        z.object({ step: z.int(), name: z.string(), approver: z.string(), at: moment, dealId: z.string().nullable() }),
      )
      .meta({ description: 'Steps of its approval that were taken, since it waits.' }),
    next: z.object({ step: z.int(), name: z.string(), role: z.string() }).nullable().meta({
      description: 'The step that comes next, and the role that takes it; null where one approval is enough.',
    }),
    duplicateOf: z.string().nullable().meta({ description: 'The registration whose duplicate it was rejected as.' }),
  })
  .meta({ id: 'Review' });

export const assignBody = z.strictObject({
  to: z.string().trim().min(1).max(60).default('me').meta({ description: '`me`, `nobody`, or the id of a person.' }),
  insteadOf: z.string().trim().min(1).max(60).optional().meta({
    description: 'Whom you take it from: refused when it is somebody else’s by now.',
  }),
});

export const assignedShape = z.object({ assignee: assigneeShape.nullable() }).meta({ id: 'AssignedReview' });

export const ageingShape = z
  .object({
    assignee: z
      .object({ id: z.string(), name: z.string() })
      .nullable()
      .meta({ description: 'Null: nobody took them.' }),
    waiting: z.int(),
    inTime: z.int(),
    dueToday: z.int(),
    lateUpToTwo: z.int().meta({ description: 'One or two working days after the day they were due.' }),
    lateUpToFive: z.int(),
    lateMore: z.int(),
    oldest: moment,
  })
  .meta({ id: 'Ageing' });
