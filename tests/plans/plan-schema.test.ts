import { readFileSync } from 'node:fs';
import { planSchema } from '../../src/plans/plan-schema.js';

describe('the published JSON Schema', () => {
  it('is that of the plan language as it is now', () => {
    const published = JSON.parse(readFileSync('config/plan.schema.json', 'utf8')) as unknown;
    expect(published).toEqual(planSchema());
  });

  it('knows every field of a plan, and no other', () => {
    expect(planSchema()).toMatchObject({
      type: 'object',
      required: ['plan', 'effectiveFrom', 'rules'],
      additionalProperties: false,
    });
  });
});
