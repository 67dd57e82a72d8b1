import { readChangeEvent } from '../../../connectors/salesforce/change-events.js';

const own = { client: 'introducer', isOurField: (field: string) => field.startsWith('Introducer_') };
const read = (event: unknown): ReturnType<typeof readChangeEvent> => readChangeEvent(event, own);

// As in the facts sheet, section 5.
const header = {
  entityName: 'Opportunity',
  recordIds: ['0065f00000UloqVAAR'],
  changeType: 'UPDATE',
  changeOrigin: 'com/salesforce/api/rest/67.0;client=somebody',
  transactionKey: '00006948-0ac9-7da3-edb3-ea0e31b2334a',
  sequenceNumber: 1,
  commitTimestamp: 1_714_153_779_000,
  commitUser: '0055f000005mc66AAA',
  commitNumber: 1_100_638_524_517,
  changedFields: ['StageName', 'Probability', 'LastModifiedDate'],
};
const event = (more: object, values: object = {}): unknown => ({
  ChangeEventHeader: { ...header, ...more },
  ...values,
});
const commitAt = '2024-04-26T17:49:39.000Z';

describe('a change event', () => {
  it('says which deal may have changed, when, and the stage it is said to be in', () => {
    expect(read(event({}, { StageName: 'Closed Won', Probability: 100 }))).toEqual({
      kind: 'change',
      change: { object: 'Opportunity', ids: header.recordIds, type: 'update', commitAt, stageHint: 'Closed Won' },
    });
  });

  it.each([
    ['CREATE', 'create'],
    ['DELETE', 'delete'],
    ['UNDELETE', 'undelete'],
    ['GAP_CREATE', 'create'],
    ['GAP_UPDATE', 'update'],
    ['GAP_DELETE', 'delete'],
    ['GAP_UNDELETE', 'undelete'],
  ])('of type %s, with or without its fields, is a hint to read the record', (changeType, type) => {
    expect(read(event({ changeType }))).toMatchObject({ kind: 'change', change: { type, stageHint: null } });
  });

  it('names each of many records once', () => {
    const recordIds = ['0065f00000UloqVAAR', '0065f00000UloqWAAR', '0065f00000UloqVAAR'];
    expect(read(event({ recordIds }))).toMatchObject({ change: { ids: recordIds.slice(0, 2) } });
  });

  it('of a lead hints at no stage', () => {
    expect(read(event({ entityName: 'Lead' }, { StageName: 'x' }))).toMatchObject({ change: { stageHint: null } });
  });

  it.each([
    ['an overflow, whose id stands for nothing', { changeType: 'GAP_OVERFLOW', recordIds: ['000000000000000AAA'] }],
    ['a wildcard', { recordIds: ['006*'] }],
    ['a wildcard among ids', { recordIds: ['0065f00000UloqVAAR', '006*'] }],
    ['no id', { recordIds: [] }],
  ])('with %s says that records changed which it does not name', (_, more) => {
    expect(read(event(more))).toEqual({ kind: 'overflow', object: 'Opportunity', commitAt });
  });

  it.each([
    ['nothing', undefined, null],
    ['no header', { StageName: 'Closed Won' }, null],
    ['no time', event({ commitTimestamp: undefined }), 'Opportunity'],
    ['a time beyond all calendars', event({ commitTimestamp: 1e20 }), 'Opportunity'],
    ['a type nobody told us of', event({ changeType: 'MERGE' }), 'Opportunity'],
    ['an object with an odd name', event({ entityName: 'Opportunity; drop' }), null],
  ])('with %s is not passed over: something changed', (_, unreadable, object) => {
    expect(read(unreadable)).toEqual({ kind: 'unreadable', object });
  });

  it('with a stage that no database stores is a hint without one', () => {
    expect(read(event({}, { StageName: 'Closed\0Won' }))).toMatchObject({
      kind: 'change',
      change: { stageHint: null },
    });
  });
});

describe('our own writing', () => {
  const ours = 'com/salesforce/api/rest/67.0;client=introducer';

  it.each([
    ['a record we made', { changeType: 'CREATE', changedFields: [] }],
    ['fields only we write', { changedFields: ['Introducer_Status__c', 'LastModifiedDate', 'SystemModstamp'] }],
  ])('comes back as an echo: %s', (_, more) => {
    expect(read(event({ changeOrigin: ours, ...more }))).toEqual({ kind: 'echo', object: 'Opportunity', commitAt });
  });

  it.each([
    [
      'a flow of the customer moved the deal in the same transaction',
      { changedFields: ['Introducer_Status__c', 'StageName'] },
    ],
    ['it was deleted', { changeType: 'DELETE' }],
    ['it does not say what changed', { changedFields: [] }],
    ['its fields are missing', { changeType: 'GAP_UPDATE', changedFields: ['Introducer_Status__c'] }],
  ])('is read all the same when %s', (_, more) => {
    expect(read(event({ changeOrigin: ours, ...more })).kind).toBe('change');
  });

  it.each([
    ['com/salesforce/api/rest/67.0;client=introducer2'],
    ['com/salesforce/api/rest/67.0;client=notintroducer'],
    ['com/salesforce/api/rest/67.0'],
    [''],
    [undefined],
  ])('is not what somebody else wrote into our fields: %s', (changeOrigin) => {
    expect(read(event({ changeOrigin, changedFields: ['Introducer_Status__c'] })).kind).toBe('change');
  });
});
