import { z } from 'zod';
import { defineRoute, type Route } from '../platform/http/route.js';
import { tryScenario, type ScenarioTrial } from './scenario/try-scenario.js';
import { scenarioTrialBody, scenarioTrialView, type ScenarioTrialView } from './scenario-trial.api.js';

/** Trying a plan on invented deals, beside its text. */
export function scenarioTrialRoutes(): readonly Route[] {
  return [
    defineRoute({
      method: 'post',
      path: '/api/v1/scenarios/try',
      access: 'operator',
      kind: 'read',
      summary: 'Run a scenario on a plan',
      description:
        'A scenario tells invented deals and what it expects of them, as for `introducer plan test`; without `plans` of its ' +
        'own it is tried on the plan that is sent beside it. Reads nothing that is stored, and writes nothing.',
      tags: ['Plans'],
      body: scenarioTrialBody,
      responses: { 200: scenarioTrialView },
      handle: ({ body }) => Promise.resolve({ status: 200 as const, body: onWire(tryScenario(body)) }),
    }),
  ];
}

function onWire(trial: ScenarioTrial): z.input<typeof scenarioTrialView> {
  if (trial.kind === 'refused') {
    const { document } = trial;
    const faults = trial.faults.map(({ field, line, expected, message }) => ({
      document,
      field,
      line,
      expected,
      message,
    }));
    return { outcome: 'refused', faults, differences: [], lines: [], balances: [], flags: [] };
  }
  const { view, differences } = trial;
  return {
    outcome: outcomeOf(differences),
    faults: [],
    differences: [...(differences ?? [])],
    lines: view.lines.map((line) => ({ ...line, working: [...line.working] })),
    balances: [...view.balances],
    flags: [...view.flags],
  };
}

function outcomeOf(differences: readonly string[] | null): ScenarioTrialView['outcome'] {
  if (differences === null) return 'nothing-expected';
  return differences.length === 0 ? 'as-expected' : 'different';
}
