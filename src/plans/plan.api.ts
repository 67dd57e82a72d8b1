import { z } from 'zod';
import { isLine, lineWords } from '../platform/http/plain-text.js';
import { day } from '../program/calendar.api.js';

/** Why a plan is stored, approved or rejected. */
export const planReason = z.string().trim().min(1).max(500).refine(isLine, { error: lineWords });

/** A version of a plan on the wire. */
export const planVersionView = z
  .object({
    id: z.string().meta({ example: 'pvn_01kaqf5m8ve6rr0x5z0nyb3v6k' }),
    plan: z.string().meta({ description: 'The slug of the plan.', example: 'standard' }),
    number: z.int().min(1),
    version: z.string().meta({ description: 'How commission lines name it.', example: 'standard@2' }),
    effectiveFrom: day,
    effectiveTo: day.nullable().meta({
      description: 'Exclusive. Null: until a later version begins, which ends this one without editing it.',
    }),
    corrects: z.int().nullable().meta({ description: 'Number of the version that this one puts right.' }),
    document: z.record(z.string(), z.unknown()).meta({ description: 'The terms, with every default filled in.' }),
    sentences: z.array(z.string()).meta({ description: 'What it promises, for a person.' }),
    source: z.string().meta({ description: 'The text it was stored from.' }),
    createdBy: z.string().meta({ description: 'The key it was stored with.' }),
    createdAt: z.iso.datetime(),
    author: z
      .string()
      .nullable()
      .meta({ description: 'The name of that key. Null in versions from before it was kept.' }),
    reason: z.string().nullable(),
    approvedBy: z.string().nullable().meta({ description: 'The other key, where two had to agree.' }),
  })
  .meta({ id: 'PlanVersion' });
export type PlanVersionView = z.output<typeof planVersionView>;

export const putPlanAnswer = planVersionView
  .extend({
    outcome: z.enum(['created', 'unchanged']).meta({ description: 'Unchanged: the same terms hold already.' }),
  })
  .meta({ id: 'PutPlanAnswer' });

export const planVersionList = z
  .object({ items: z.array(planVersionView), nextCursor: z.string().nullable() })
  .meta({ id: 'PlanVersionList' });

export const partnerPlan = z
  .object({
    version: z.string().nullable().meta({ description: 'Null: no plan holds for the partner.', example: 'standard@2' }),
    day,
    sentences: z.array(z.string()),
    fields: z.array(z.string()).meta({
      description: "What of a deal the plan looks at besides its amount, by the names of the program's `fieldMap`.",
    }),
  })
  .meta({ id: 'PartnerPlan' });
/** A plan that waits for a second person, or did. */
export const planProposalView = z
  .object({
    id: z.string().meta({ example: 'ppr_01kaqf5m8ve6rr0x5z0nyb3v6k' }),
    plan: z.string().meta({ example: 'standard' }),
    status: z.enum(['open', 'approved', 'rejected']),
    effectiveFrom: day,
    document: z.record(z.string(), z.unknown()).meta({ description: 'The terms, with every default filled in.' }),
    sentences: z.array(z.string()).meta({ description: 'What it would promise, for a person.' }),
    source: z.string(),
    proposedBy: z.string().meta({ description: 'The key it was proposed with.' }),
    author: z.string().meta({ description: 'The name of that key.' }),
    reason: z.string().nullable(),
    proposedAt: z.iso.datetime(),
    decidedBy: z.string().nullable(),
    decidedAt: z.iso.datetime().nullable(),
    decisionReason: z.string().nullable(),
    versionId: z.string().nullable().meta({ description: 'The version it became.' }),
  })
  .meta({ id: 'PlanProposal', description: 'It waits: two keys have to agree, and it is in force only then' });
export type PlanProposalView = z.output<typeof planProposalView>;

export const approveProposalBody = z.strictObject({ reason: planReason.optional() }).prefault({});
export const rejectProposalBody = z.strictObject({ reason: planReason });
