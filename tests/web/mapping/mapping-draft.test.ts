import { defaultProgram } from '../../../src/program/program.js';
import type { Program } from '../../../src/web/api/shapes.js';
import { changeOf, draftOf, faultsOfDraft } from '../../../src/web/mapping/mapping-draft.js';

const program: Program = {
  ...defaultProgram,
  revision: 3,
  updatedAt: null,
  newDealStages: { hubspot: { pipelineId: '1', stageId: '2' }, salesforce: { pipelineId: 'a', stageId: 'b' } },
  fieldMap: { hubspot: { margin: 'deal_margin' }, salesforce: { region: 'Account.Region__c' } },
  newRecords: {
    salesforce: { registrationsBecome: 'lead', lead: { owner: '00G', facts: { Product__c: 'product' } } },
    hubspot: { company: { values: { industry: 'RETAIL' }, facts: { domain: 'companyDomain' } } },
  },
};
const hubspot = { id: 'hubspot', crm: 'hubspot' } as const;
const salesforce = { id: 'salesforce', crm: 'salesforce' } as const;

describe('the mapping of a connection as it is edited', () => {
  it.each([hubspot, salesforce])('of $id comes out as it went in, and leaves others alone', (connection) => {
    const { newDealStages, fieldMap, newRecords } = program;
    expect(changeOf(program, connection, draftOf(program, connection))).toEqual({
      newDealStages,
      fieldMap,
      newRecords,
    });
  });

  it('goes back to the first pipeline, and to nothing said of new records', () => {
    const empty = { owner: ' ', filled: [] };
    const draft = {
      ...draftOf(program, hubspot),
      ...{ pipelineId: '', stageId: '', planFields: [] },
      records: { deal: empty, company: empty, contact: empty, lead: empty },
    };
    expect(changeOf(program, hubspot, draft)).toEqual({
      newDealStages: { salesforce: program.newDealStages.salesforce },
      fieldMap: { salesforce: program.fieldMap.salesforce },
      newRecords: { salesforce: program.newRecords['salesforce'] },
    });
  });

  it('is saved over what somebody else set for another connection', () => {
    const now = { ...program, fieldMap: { hubspot: { other: 'x' }, salesforce: { changed: 'Y__c' } } };
    expect(changeOf(now, hubspot, draftOf(program, hubspot)).fieldMap).toEqual({
      hubspot: { margin: 'deal_margin' },
      salesforce: { changed: 'Y__c' },
    });
  });

  it('of which nothing is mapped changes nothing', () => {
    const { hubspot: _mapped, ...fieldMap } = program.fieldMap;
    const unmapped = { ...program, fieldMap };
    expect(changeOf(unmapped, hubspot, draftOf(unmapped, hubspot)).fieldMap).toEqual(fieldMap);
  });

  it('is told what rows lack, each by its own', () => {
    const filled = (id: string, field: string, value: string) => ({ id, field, source: 'value', value });
    const draft = {
      ...draftOf(program, hubspot),
      planFields: [
        { id: '1', name: 'a', field: 'x' },
        { id: '2', name: 'a', field: '' },
        { id: '3', name: '', field: 'z' },
      ],
    };
    const company = { owner: '', filled: [filled('4', 'city', ' '), filled('5', 'city', 'Berlin')] };
    expect(faultsOfDraft({ ...draft, records: { ...draft.records, company } })).toEqual({
      '2 name': 'twice',
      '2 field': 'missing',
      '3 name': 'missing',
      'company:4 value': 'missing',
      'company:5 field': 'twice',
    });
    expect(faultsOfDraft(draftOf(program, hubspot))).toEqual({});
  });
});
