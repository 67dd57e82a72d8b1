import { z } from 'zod';
import { documentFault } from '../plans/plan-check.api.js';
import { day } from '../program/calendar.api.js';

const maxScenarioLength = 20_000;
const maxPlanLength = 100_000;

export const scenarioTrialBody = z.strictObject({
  plan: z.string().max(maxPlanLength).meta({
    description: 'A plan as text, YAML or JSON: what the scenario is tried on if it names no `plans` itself.',
  }),
  scenario: z.string().max(maxScenarioLength).meta({ description: 'A scenario as text, YAML or JSON.' }),
});

const amount = z.string().meta({ example: '1200.00' });

export const scenarioTrialView = z
  .object({
    outcome: z.enum(['as-expected', 'different', 'nothing-expected', 'refused']),
    faults: z.array(documentFault.extend({ document: z.enum(['plan', 'scenario']) })),
    differences: z.array(z.string()).meta({ description: 'Where it is not what the scenario expects.' }),
    lines: z.array(
      z.object({
        id: z.string(),
        partner: z.string(),
        kind: z.string(),
        rule: z.string(),
        amount,
        currency: z.string(),
        status: z.string(),
        earnedOn: day,
        deal: z.string().nullable(),
        working: z.array(z.string()),
      }),
    ),
    balances: z.array(
      z.object({
        partner: z.string(),
        currency: z.string(),
        pending: amount,
        payable: amount,
        paid: amount,
        total: amount,
      }),
    ),
    flags: z.array(z.object({ deal: z.string(), flag: z.string(), sentence: z.string() })),
  })
  .meta({ id: 'ScenarioTrial' });
export type ScenarioTrialView = z.output<typeof scenarioTrialView>;
