import { z } from 'zod';
import { day, period } from '../program/calendar.api.js';

const sum = z.object({ amount: z.string(), currency: z.string() }).meta({ id: 'Sum' });
const sums = z.array(sum);

export const overviewMonthShape = z
  .object({
    month: period,
    submitted: z.int(),
    approved: z.int(),
    rejected: z.int(),
    answerHours: z
      .int()
      .nullable()
      .meta({ description: 'Half of those answered in this month were within so many hours.' }),
    pipeline: sums.meta({ description: 'Amounts of the deals whose registrations were approved in this month.' }),
    cohort: z
      .object({ won: z.int(), lost: z.int(), open: z.int() })
      .meta({ description: 'How the registrations approved in this month stand by now.' }),
    winRate: z
      .string()
      .nullable()
      .meta({ description: 'Percent of that cohort won, of those won or lost. Null: none of them is decided.' }),
    won: z.int().meta({ description: 'Deals won in this month, whenever they were registered.' }),
    revenue: sums.meta({ description: 'What those deals are about.' }),
    commission: sums.meta({ description: 'What was earned in this month, less what was taken back.' }),
    cost: z
      .array(z.object({ currency: z.string(), percent: z.string() }))
      .meta({ description: 'Commission over revenue, for each currency that has both.' }),
  })
  .meta({ id: 'OverviewMonth' });

export const overviewShape = z
  .object({
    unanswered: z.int().meta({ description: 'Registrations that wait for an answer.' }),
    overdue: z.int().meta({ description: 'Those of them whose day has passed.' }),
    expiring: z
      .object({ count: z.int(), until: day })
      .meta({ description: 'Approved registrations with an open deal whose protection ends by that day.' }),
    openPipeline: sums.meta({ description: 'Amounts of the open deals of approved registrations.' }),
    months: z.array(overviewMonthShape).meta({ description: 'The latest month first.' }),
  })
  .meta({ id: 'Overview' });
