import { compareOutcome } from '../../src/crediting/scenario/compare-outcome.js';
import { readScenario } from '../../src/crediting/scenario/read-scenario.js';
import { runScenario } from '../../src/crediting/scenario/run-scenario.js';
import { outcomeView } from '../../src/crediting/scenario/scenario-view.js';
import { readPlanText } from '../../src/plans/read-plan.js';
import { planDocument } from '../../src/plans/plan-document.js';
import { codeBlocks, codeCell, readDocument, tableWith } from './markdown.js';

const text = readDocument('PLANS.md');
const examples = codeBlocks(text, 'yaml');
const isScenario = (example: string): boolean => /^asOf:/m.test(example);

describe('the description of plans', () => {
  it.each(examples.filter((example) => !isScenario(example)))('shows a plan that is valid: %#', (example) => {
    expect(readPlanText(example)).toMatchObject({ kind: 'plan' });
  });

  it.each(examples.filter(isScenario))('shows a scenario that comes out as it says: %#', (example) => {
    const reading = readScenario(example);
    if (reading.kind === 'refused') throw new Error(reading.faults.map(({ message }) => message).join('\n'));
    const { document } = reading;
    expect(compareOutcome(document.expect ?? {}, outcomeView(runScenario(document)))).toEqual([]);
    expect(document.expect?.lines).not.toHaveLength(0);
  });

  it('lists every field of a plan, with the default it has', () => {
    const [fields] = [tableWith(text, ['field', 'says', 'when left out'])];
    const listed = fields.map((row) => codeCell(row.field));
    expect(listed.toSorted()).toEqual(Object.keys(planDocument.in.shape).toSorted());
    const reading = readPlanText(examples[0] ?? '');
    const document: Readonly<Record<string, unknown>> = reading.kind === 'plan' ? reading.document : {};
    const defaults = fields.filter(
      (row) => codeCell(row.field) !== null && /^`[^`]+`$|^\d+$/.test(row['when left out']),
    );
    expect(defaults.map((row) => row['when left out'].replaceAll('`', ''))).toEqual(
      defaults.map((row) => String(document[codeCell(row.field) ?? ''])),
    );
  });
});
