import { bearsOnDeals } from '../../src/program/program.js';

describe('a change of the program', () => {
  it.each<[string, Parameters<typeof bearsOnDeals>[0], boolean]>([
    ['the questions of the form alone', { formFields: [], revision: 3, updatedAt: null }, false],
    ['what new records say', { newRecords: {}, newDealStages: {} }, false],
    ['the fields plans pay on', { fieldMap: {}, newRecords: {} }, true],
    ['the time zone', { timeZone: 'UTC' }, true],
    ['nothing, as people ask for another look', {}, true],
  ])('of %s: deals are looked at again, or need not be', (_, change, bears) => {
    expect(bearsOnDeals(change)).toBe(bears);
  });
});
