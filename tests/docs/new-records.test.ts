import { programChange } from '../../src/program/program.api.js';
import { registrationFacts } from '../../src/program/new-records.api.js';
import { codeBlocks, codeSpans, readDocument } from './markdown.js';

const readme = readDocument('README.md');

describe('what the README says of new records', () => {
  it('shows settings that are accepted as they stand', () => {
    const shown = codeBlocks(readme, 'json').filter((block) => block.includes('"newRecords"'));
    expect(shown.map((block) => programChange.safeParse(JSON.parse(block)).error)).toEqual([undefined]);
  });

  it('names every fact that a field can be filled with', () => {
    const named = new Set(codeSpans(readme));
    expect(registrationFacts.filter((fact) => !named.has(fact))).toEqual([]);
  });
});
