import nock from 'nock';
import { CrmUnavailable } from '../../../connectors/contract.js';
import { createRecord, updateRecord, updateRecords, upsertRecord } from '../../../connectors/salesforce/records.js';
import { createObserved, data, instanceUrl, salesforce } from './fake-salesforce.js';

const key = { field: 'Introducer_Registration_Id__c', value: 'reg/1 ü' };
const keyPath = `${data}/sobjects/Lead/Introducer_Registration_Id__c/reg%2F1%20%C3%BC`;

describe('a record', () => {
  it('is upserted by its key, whatever signs are in it', async () => {
    salesforce()
      .patch(keyPath, { Company: 'Acme' })
      .reply(201, { id: '00Q1', success: true, errors: [], created: true });
    const made = await upsertRecord(createObserved().call, 'Lead', key, { Company: 'Acme', Phone: undefined });
    expect(made).toEqual({ id: '00Q1', created: true });
  });

  it('that an upsert met is known again, also where Salesforce does not say which it was', async () => {
    salesforce().patch(keyPath).reply(200, { id: '00Q1', success: true, errors: [], created: false });
    expect(await upsertRecord(createObserved().call, 'Lead', key, {})).toEqual({ id: '00Q1', created: false });
    salesforce().patch(keyPath).reply(204);
    salesforce().get(keyPath).query({ fields: 'Id' }).reply(200, { attributes: {}, Id: '00Q1' });
    expect(await upsertRecord(createObserved().call, 'Lead', key, {})).toEqual({ id: '00Q1', created: false });
  });

  it.each([
    [false, 'allowSave=false; includeRecordDetails=false'],
    [true, 'allowSave=true; includeRecordDetails=false'],
  ])('tells duplicate rules whether it may be saved all the same: %p', async (allowDuplicates, header) => {
    nock(instanceUrl, { reqheaders: { 'sforce-duplicate-rule-header': header } })
      .post(`${data}/sobjects/Lead`)
      .reply(201, { id: '00Q1', success: true, errors: [] });
    await expect(createRecord(createObserved().call, 'Lead', {}, { allowDuplicates })).resolves.toBe('00Q1');
  });
});

it('keeps its owner when we change it: assignment rules are for new ones', async () => {
  nock(instanceUrl, { reqheaders: { 'sforce-auto-assign': 'FALSE' } })
    .patch(`${data}/sobjects/Lead/00Q1`)
    .reply(204);
  await updateRecord(createObserved().call, 'Lead', '00Q1', {});
  nock(instanceUrl, { badheaders: ['sforce-auto-assign'] })
    .post(`${data}/sobjects/Lead`)
    .reply(201, { id: '00Q1', success: true, errors: [] });
  await expect(createRecord(createObserved().call, 'Lead', {})).resolves.toBe('00Q1');
});

describe('many records', () => {
  const rows = ['006a', '006b'].map((id) => ({ object: 'Opportunity', id, fields: { Name: id } }));

  it('are written in one call, and each has its own result', async () => {
    salesforce()
      .patch(`${data}/composite/sobjects`, {
        allOrNone: false,
        records: rows.map(({ id }) => ({ attributes: { type: 'Opportunity' }, id, Name: id })),
      })
      .reply(200, [
        { id: '006a', success: true, errors: [] },
        { success: false, errors: [{ statusCode: 'ENTITY_IS_DELETED', message: 'entity is deleted', fields: [] }] },
      ]);
    expect(await updateRecords(createObserved().call, rows)).toEqual([
      { kind: 'written', id: '006a' },
      { kind: 'failed', faults: [expect.objectContaining({ code: 'ENTITY_IS_DELETED' })] },
    ]);
  });

  it('do not count as written when an answer is short of results', async () => {
    salesforce()
      .patch(`${data}/composite/sobjects`)
      .reply(200, [{ id: '006a', success: true, errors: [] }]);
    await expect(updateRecords(createObserved().call, rows)).rejects.toThrow(CrmUnavailable);
  });

  it('of which there are none cost no call', async () => {
    expect(await updateRecords(createObserved().call, [])).toEqual([]);
  });
});
