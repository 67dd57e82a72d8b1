import { CrmUnavailable } from '../../../connectors/contract.js';
import { stampFor } from '../push-registration.js';
import { describeObject } from './recorded-org.js';
import { createConnector, stampNames, takeWrites, type Written } from './recorded-writes.js';
import { data, salesforce } from './fake-salesforce.js';

const deal = '0065f00000UloqVAAR';
const other = '0065f00000UloqWAAR';
const lead = '00Q5f00000AbCdEEAV';
const update = (crmId: string, more = {}) => ({
  crmId,
  stamp: stampFor(`reg_${crmId}`, {
    commission: '120.05',
    commissionCurrency: 'EUR',
    commissionStatus: 'pending',
    ...more,
  }),
});
const fault = (statusCode: string, message = 'words') => ({
  success: false,
  errors: [{ statusCode, message, fields: [] }],
});
const rowsOf = ({ body }: Written) => body['records'] as readonly Record<string, unknown>[];

describe("the rep's view", () => {
  const describeAll = (): void => {
    describeObject('Opportunity', ['Id', ...stampNames]);
    describeObject('Lead', ['Id', ...stampNames]);
  };

  it('is written on opportunities and Leads in one call, what is no longer so cleared', async () => {
    describeAll();
    const writes = takeWrites();
    const results = await createConnector().writeBack([update(deal, { partner: null }), update(lead), update(other)]);
    expect(results).toEqual([deal, lead, other].map((crmId) => ({ kind: 'written', crmId })));
    expect(writes).toHaveLength(1);
    expect(rowsOf(writes[0]!).map((row) => [row['id'], row['attributes']])).toEqual([
      [lead, { type: 'Lead' }],
      [deal, { type: 'Opportunity' }],
      [other, { type: 'Opportunity' }],
    ]);
    expect(rowsOf(writes[0]!)[1]).toMatchObject({
      Introducer_Partner__c: null,
      Introducer_Commission__c: 120.05,
      Introducer_Commission_Currency__c: 'EUR',
      Introducer_Registration_Id__c: `reg_${deal}`,
    });
  });

  it('reaches the others when some are gone, converted or refused', async () => {
    describeAll();
    takeWrites(() => [
      200,
      [
        fault('CANNOT_UPDATE_CONVERTED_LEAD'),
        fault('ENTITY_IS_DELETED'),
        fault('FIELD_CUSTOM_VALIDATION_EXCEPTION', 'Not so'),
      ],
    ]);
    const results = await createConnector().writeBack([update(lead), update(deal), update(other), update('not-an-id')]);
    expect(results).toEqual([
      { kind: 'gone', crmId: lead },
      { kind: 'gone', crmId: deal },
      { kind: 'rejected', crmId: other, detail: 'FIELD_CUSTOM_VALIDATION_EXCEPTION: Not so' },
      { kind: 'gone', crmId: 'not-an-id' },
    ]);
  });

  it('is refused for the one deal whose commission is no number', async () => {
    describeAll();
    takeWrites();
    const results = await createConnector().writeBack([update(deal, { commission: 'a lot' }), update(other)]);
    expect(results.map((result) => result.kind)).toEqual(['rejected', 'written']);
  });

  it('tries a locked row once more, alone, and then comes again later', async () => {
    describeAll();
    const sizes: number[] = [];
    takeWrites((written) => {
      sizes.push(rowsOf(written).length);
      return sizes.length === 1
        ? [200, [{ id: deal, success: true, errors: [] }, fault('UNABLE_TO_LOCK_ROW')]]
        : [200, rowsOf(written).map((row) => ({ id: row['id'], success: true, errors: [] }))];
    });
    const connector = createConnector();
    expect((await connector.writeBack([update(deal), update(other)])).map((result) => result.kind)).toEqual([
      'written',
      'written',
    ]);
    expect(sizes).toEqual([2, 1]);
  });

  it('of a row that stays locked is written with the next try', async () => {
    describeAll();
    takeWrites(() => [200, [fault('UNABLE_TO_LOCK_ROW')]]);
    await expect(createConnector().writeBack([update(deal)])).rejects.toThrow(CrmUnavailable);
  });

  it('leaves out a field that is missing and says which, in few calls, and notices when it is made', async () => {
    describeObject('Opportunity', ['Id', ...stampNames]);
    const column = "No such column 'Introducer_Partner__c' on sobject of type Opportunity";
    const writes = takeWrites((written) =>
      'Introducer_Partner__c' in (rowsOf(written)[0] ?? {})
        ? [400, [{ errorCode: 'INVALID_FIELD', message: column }]]
        : undefined,
    );
    const connector = createConnector();
    const lacking = () =>
      describeObject('Opportunity', ['Id', ...stampNames.filter((name) => !name.includes('Partner'))]);
    lacking();
    const [result] = await connector.writeBack([update(deal)]);
    expect(result).toMatchObject({
      kind: 'rejected',
      detail: expect.stringMatching(/lacks Introducer_Partner__c.*the rest was written.*introducer provision/),
    });
    expect(writes).toHaveLength(2);
    expect(rowsOf(writes[1]!)[0]).toHaveProperty('Introducer_Status__c');
    lacking();
    await connector.writeBack([update(deal)]);
    expect(writes).toHaveLength(3);
  });
});

describe('provisioning', () => {
  const everything = (): void => {
    const key = { name: 'Introducer_Registration_Id__c', externalId: true, unique: true };
    for (const object of ['Opportunity', 'Lead']) describeObject(object, ['Id', key, ...stampNames.slice(1)]);
    for (const object of ['Contact', 'Account']) describeObject(object, ['Id', key]);
  };
  const nothing = (): void => {
    for (const object of ['Opportunity', 'Lead', 'Contact', 'Account']) describeObject(object, ['Id']);
  };
  const tooling = (records: readonly object[]): void => {
    salesforce().get(`${data}/tooling/query`).query(true).reply(200, { records, done: true });
  };
  const takeFields = (refusal?: [number, unknown]): Record<string, unknown>[] => {
    const made: Record<string, unknown>[] = [];
    salesforce()
      .persist()
      .post(`${data}/tooling/sobjects/CustomField`)
      .reply((_, body) => {
        made.push(body as Record<string, unknown>);
        return refusal ?? [201, { id: '00N1', success: true, errors: [] }];
      });
    return made;
  };
  const user = (): void => {
    salesforce().persist().get('/services/oauth2/userinfo').reply(200, { user_id: '0055f000005mc66AAA' });
  };
  const setup = (rows: Readonly<Record<string, readonly object[]>>): void => {
    salesforce()
      .persist()
      .get(`${data}/query`)
      .query(true)
      .reply(200, { records: rows['PermissionSet'] ?? [], done: true });
    salesforce()
      .persist()
      .post(`${data}/composite`)
      .reply(200, {
        compositeResponse: ['FieldPermissions', 'PermissionSetAssignment'].map((object) => ({
          httpStatusCode: 200,
          body: { records: rows[object] ?? [], done: true },
        })),
      });
  };

  it('makes every field, a permission set that shows them, and gives it to our user', async () => {
    nothing();
    tooling([]);
    const made = takeFields();
    setup({});
    user();
    const writes = takeWrites();
    everything();
    const report = await createConnector().provision();
    expect(report.created).toHaveLength(17);
    expect(report.existing).toEqual([]);
    expect(made.map((body) => body['FullName'])).toContain('Lead.Introducer_Partner__c');
    expect(made[0]).toMatchObject({
      FullName: 'Opportunity.Introducer_Registration_Id__c',
      Metadata: { type: 'Text', length: 64, externalId: true, unique: true },
    });
    const given = rowsOf(writes.at(-1)!);
    expect(given).toHaveLength(17);
    expect(given.at(-1)).toMatchObject({
      attributes: { type: 'PermissionSetAssignment' },
      AssigneeId: '0055f000005mc66AAA',
    });
    expect(given[0]).toMatchObject({
      SobjectType: 'Opportunity',
      Field: 'Opportunity.Introducer_Registration_Id__c',
      PermissionsEdit: true,
    });
  });

  it('changes nothing when everything is there', async () => {
    everything();
    const made = takeFields();
    const fields = ['Opportunity', 'Lead'].flatMap((object) =>
      stampNames.map((name) => ({ Field: `${object}.${name}` })),
    );
    const keys = ['Contact', 'Account'].map((object) => ({ Field: `${object}.Introducer_Registration_Id__c` }));
    setup({
      PermissionSet: [{ Id: '0PS1' }],
      FieldPermissions: [...fields, ...keys],
      PermissionSetAssignment: [{ Id: '0Pa1' }],
    });
    user();
    const writes = takeWrites();
    everything();
    const report = await createConnector().provision();
    expect(report.created).toEqual([]);
    expect(report.existing).toHaveLength(17);
    expect([made, writes]).toEqual([[], []]);
  });

  it('shows fields that are there and hidden, without making them again', async () => {
    nothing();
    const rows = ['Opportunity', 'Lead'].flatMap((TableEnumOrId) =>
      stampNames.map((name) => ({ TableEnumOrId, DeveloperName: name.replace(/__c$/, '') })),
    );
    tooling([
      ...rows,
      ...['Contact', 'Account'].map((TableEnumOrId) => ({
        TableEnumOrId,
        DeveloperName: 'Introducer_Registration_Id',
      })),
    ]);
    const made = takeFields();
    setup({ PermissionSet: [{ Id: '0PS1' }] });
    user();
    const writes = takeWrites();
    everything();
    await createConnector().provision();
    expect(made).toEqual([]);
    expect(rowsOf(writes[0]!)).toHaveLength(17);
  });

  it('that is not allowed says so and what an administrator can do', async () => {
    nothing();
    tooling([]);
    takeFields([403, [{ errorCode: 'INSUFFICIENT_ACCESS', message: 'insufficient access rights' }]]);
    setup({});
    user();
    takeWrites();
    nothing();
    await expect(createConnector().provision()).rejects.toThrow(
      /Introducer_Registration_Id__c is missing or hidden.*insufficient access rights.*Let an administrator/,
    );
  });

  it('finds a key that is not unique unusable: a retry would make a second record', async () => {
    everything();
    takeFields();
    setup({ PermissionSet: [{ Id: '0PS1' }] });
    user();
    takeWrites();
    for (const object of ['Opportunity', 'Lead']) describeObject(object, ['Id', ...stampNames]);
    await expect(createConnector().provision()).rejects.toThrow(/has to be a unique external id and is not/);
  });
});
