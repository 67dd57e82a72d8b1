import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPlanText } from '../../src/plans/read-plan.js';
import { programChange, programSettings } from '../../src/program/program.api.js';
import { projectRoot } from '../support/project-tools.js';

describe('the sample program', () => {
  it('has a plan that can be stored as it stands, and whose comments show parts that could be', () => {
    const text = sample('standard.yaml');
    const reading = readPlanText(text);
    expect(reading).toMatchObject({ kind: 'plan', document: { plan: 'standard', rules: [{ id: 'new-business' }] } });
    const pay = 'pay: { percent: 10, of: amount }';
    const shown = [...text.matchAll(/(\{ (?:percent|flat): .*? \}(?: \})?)/g)].map((match) => match[1]);
    expect(shown).toHaveLength(3);
    const kinds = shown.map((other) => readPlanText(text.replace(pay, `pay: ${String(other)}`)).kind);
    expect(kinds).toEqual(['plan', 'plan', 'plan']);
  });

  it('shows every setting of a program, with a value that is accepted', () => {
    const settings: unknown = JSON.parse(sample('program.json'));
    const accepted = programChange.parse(settings);
    const left = Object.keys(programSettings.shape).filter((name) => !(name in accepted));
    // Its default says it better than a sample could.
    expect(left).toEqual(['attestation']);
  });

  it('names the CRM fields that its plan mentions', () => {
    const { fieldMap } = programChange.parse(JSON.parse(sample('program.json')));
    const mentioned = [...sample('standard.yaml').matchAll(/field: (\w+)/g)].map((match) => match[1]!);
    expect(mentioned.filter((name) => !(name in (fieldMap?.hubspot ?? {})))).toEqual([]);
  });
});

function sample(file: string): string {
  return readFileSync(join(projectRoot, 'config/sample-program', file), 'utf8');
}
