import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { compareOutcome } from '../../src/crediting/scenario/compare-outcome.js';
import { readScenario } from '../../src/crediting/scenario/read-scenario.js';
import { runScenario } from '../../src/crediting/scenario/run-scenario.js';
import { outcomeView } from '../../src/crediting/scenario/scenario-view.js';

const folder = 'tests/plans/published';

describe('worked examples that vendors have published', () => {
  it.each(readdirSync(folder))('come out as their page says: %s', (file) => {
    const reading = readScenario(readFileSync(join(folder, file), 'utf8'));
    if (reading.kind === 'refused') throw new Error(reading.faults.map(({ message }) => message).join('\n'));
    const { document } = reading;
    expect(document.source).toMatch(/^https?:/);
    expect(compareOutcome(document.expect ?? {}, outcomeView(runScenario(document)))).toEqual([]);
  });
});
