import {
  bearsOnDeals,
  changedNames,
  changedSettings,
  defaultProgram,
  namesNothing,
} from '../../src/program/program.js';

describe('a change of the program', () => {
  it.each<[string, Parameters<typeof bearsOnDeals>[0], boolean]>([
    ['the questions of the form alone', ['formFields'], false],
    ['what new records say', ['newRecords', 'newDealStages'], false],
    ['the fields plans pay on', ['newRecords', 'fieldMap'], true],
    ['the time zone', ['timeZone'], true],
    ['nothing', [], false],
  ])('of %s: deals are looked at again, or need not be', (_, changed, bears) => {
    expect(bearsOnDeals(changed)).toBe(bears);
  });

  it('is told from settings that are sent as they are, in whatever order their names stand', () => {
    const margin = { hubspot: { margin: 'deal_margin', region: 'deal_region' }, salesforce: { margin: 'Margin__c' } };
    const before = changedSettings(defaultProgram, { fieldMap: margin });
    const { hubspot, salesforce } = margin;
    const sent = { fieldMap: { salesforce, hubspot: { region: hubspot.region, margin: hubspot.margin } } };
    expect(changedNames(before, changedSettings(before, sent))).toEqual([]);
    const other = { fieldMap: { ...sent.fieldMap, salesforce: {} }, newRecords: {} };
    expect(changedNames(before, changedSettings(before, other))).toEqual(['fieldMap']);
  });

  it('that names none asks for another look', () => {
    expect(namesNothing({})).toBe(true);
    expect(namesNothing({ revision: 3, updatedAt: null })).toBe(true);
    expect(namesNothing({ fieldMap: {} })).toBe(false);
  });
});
