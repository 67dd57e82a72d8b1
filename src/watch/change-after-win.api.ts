import { z } from 'zod';
import { changeStatuses, watchedFields } from './change-after-win.js';

const moment = z.string().meta({ description: 'ISO 8601, UTC' });

/** What somebody changed about a deal in the CRM after it was won. */
export const changeAfterWinShape = z
  .object({
    id: z.string(),
    status: z.enum(changeStatuses).meta({
      description:
        'open: the value before counts until somebody decides; accepted: crediting follows; restored: the value before goes on counting; undone: it was set right in the CRM',
    }),
    dealId: z.string(),
    crm: z.enum(['hubspot', 'salesforce']),
    crmDealId: z.string(),
    dealName: z.string().nullable().meta({ description: 'As the CRM calls it now' }),
    registrationIds: z.array(z.string()).meta({ description: 'The registrations that the deal is or was of' }),
    field: z.enum(watchedFields),
    before: z
      .string()
      .nullable()
      .meta({ description: 'The value that counted; an amount with its currency, `1000.00 EUR`' }),
    after: z.string().nullable(),
    changedBy: z.string().nullable().meta({ description: 'Id of the user or program in the CRM' }),
    changedHow: z.string().nullable().meta({ description: "In the CRM's own word, such as `CRM_UI`" }),
    changedAt: moment.nullable(),
    observedAt: moment,
    decidedAt: moment.nullable(),
    decidedBy: z.string().nullable().meta({ description: '`program`: by its settings' }),
    reason: z.string().nullable(),
  })
  .meta({ id: 'ChangeAfterWin' });

export const decideChangeBody = z.strictObject({
  reason: z.string().trim().min(1).max(2000),
  after: z
    .string()
    .max(200)
    .nullable()
    .optional()
    .meta({ description: 'The value that was seen: refused (409) when it was changed again meanwhile.' }),
});
