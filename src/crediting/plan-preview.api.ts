import { z } from 'zod';
import { day, period } from '../program/calendar.api.js';

const amount = z.string().meta({ description: 'Decimal, in major units', example: '1200.00' });

const comparison = {
  currency: z.string().meta({ example: 'EUR' }),
  booked: amount.meta({ description: 'What the lines in the book come to.' }),
  wouldBe: amount.meta({ description: 'What they would come to under the plan.' }),
  difference: amount.meta({ description: 'What would be booked: `wouldBe` less `booked`.' }),
};
const dealName = {
  dealId: z.string(),
  crm: z.string().nullable(),
  crmDealId: z.string().nullable(),
  dealName: z.string().nullable().meta({ description: 'As the CRM names it, where it is known.' }),
};

const rangeWords = 'given together with the other one, and without `period`';

/** Which deals a preview looks at, by the day they were won. */
export const planPreviewQuery = z
  .strictObject({
    period: period.optional().meta({ description: 'A month; without it and without days, the last whole month.' }),
    from: day.optional().meta({ description: 'First day, in place of `period`.' }),
    to: day.optional().meta({ description: 'Last day, itself included.' }),
    deals: z
      .enum(['changed', 'all'])
      .default('changed')
      .meta({ description: 'Name the deals that differ, or every deal that has or would have a line.' }),
  })
  .superRefine(({ period: month, from, to }, context) => {
    const isPair = (from === undefined) === (to === undefined) && (month === undefined || from === undefined);
    if (!isPair) {
      const field = from === undefined ? 'to' : 'from';
      context.addIssue({ code: 'custom', path: [field], message: rangeWords });
    } else if (from !== undefined && to !== undefined && to < from) {
      context.addIssue({ code: 'custom', path: ['to'], message: `a day not before ${from}` });
    }
  });

/** What storing a plan would change. */
export const planPreviewView = z
  .object({
    plan: z.string().meta({ example: 'standard' }),
    version: z.string().meta({ description: 'The version it would become, or is already.', example: 'standard@2' }),
    outcome: z.enum(['new', 'unchanged']).meta({ description: 'Unchanged: the same terms hold already.' }),
    from: day,
    to: day.meta({ description: 'The last day, itself included.' }),
    asOf: day,
    dealsCompared: z.int().meta({ description: 'Deals that were won on these days.' }),
    dealsChanged: z.int().meta({ description: 'Those of them for which something would be booked.' }),
    totals: z.array(z.object(comparison)),
    partners: z.array(z.object({ partnerId: z.string(), partnerName: z.string().nullable(), ...comparison })),
    deals: z.array(z.object({ ...dealName, partnerId: z.string(), ...comparison })),
    flags: z.array(z.object({ ...dealName, flag: z.string(), about: z.string(), sentence: z.string() })),
  })
  .meta({ id: 'PlanPreview' });
export type PlanPreviewView = z.output<typeof planPreviewView>;
