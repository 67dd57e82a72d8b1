import { rawCall, refusalOf, useSimulatedSalesforce } from '../simulated-salesforce.js';

const salesforce = useSimulatedSalesforce();

const path = '/services/data/v67.0/sobjects/Lead';
const lead = { LastName: 'Okafor', Company: 'Brightwater', Email: 'ida@brightwater.example' };

async function push(values: object = lead, headers: Record<string, string> = {}) {
  return rawCall(salesforce.simulator, 'POST', path, values, headers);
}

describe('duplicate rules', () => {
  const rule = { entity: 'Lead', name: 'Same_Mail', fields: ['Email'] } as const;

  beforeEach(() => void salesforce.simulator.person.create('Lead', lead));

  it('say which records are like it, under the key many orgs misspell', async () => {
    salesforce.simulator.person.addDuplicateRule({ ...rule, action: 'alert' });
    const { status, body } = await push({ ...lead, Email: 'IDA@brightwater.example' });
    expect(status).toBe(400);
    const [fault] = body as [Record<string, unknown>];
    expect(fault).toMatchObject({ errorCode: 'DUPLICATES_DETECTED', message: 'Use one of these records?' });
    expect(fault.duplicateResut).toMatchObject({
      allowSave: true,
      matchResults: [{ matchRecords: [{ record: { Id: salesforce.simulator.person.all('Lead')[0]?.id } }] }],
    });
    salesforce.simulator.configure({ duplicateKey: 'duplicateResult' });
    expect((await push()).body).toEqual([expect.objectContaining({ duplicateResult: expect.anything() })]);
  });

  it('let an alert pass by header, and a block never', async () => {
    const header = { 'Sforce-Duplicate-Rule-Header': 'allowSave=true; includeRecordDetails=true' };
    salesforce.simulator.person.addDuplicateRule({ ...rule, action: 'alert' });
    expect((await push(lead, header)).status).toBe(201);
    salesforce.simulator.person.addDuplicateRule({ ...rule, action: 'block' });
    expect((await push(lead, header)).status).toBe(400);
  });

  it('look at other objects too, and not at converted leads', async () => {
    const { person } = salesforce.simulator;
    person.addDuplicateRule({ ...rule, action: 'block' });
    const [known] = person.all('Lead');
    person.convertLead({ leadId: known?.id ?? '' });
    expect((await push()).status).toBe(201);
    person.addDuplicateRule({ ...rule, name: 'Known_Contact', against: 'Contact', action: 'block' });
    expect((await push({ ...lead, Email: 'Ida@Brightwater.example' })).body).toEqual([
      expect.objectContaining({ errorCode: 'DUPLICATES_DETECTED' }),
    ]);
  });
});

describe('what else an administrator may have set up', () => {
  it('validation rules and triggers refuse in their own words', async () => {
    const { person } = salesforce.simulator;
    person.addValidationRule({ entity: 'Lead', errorWhen: 'Phone = null', message: 'Phone, please.', field: 'Phone' });
    expect((await push()).body).toEqual([
      { errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message: 'Phone, please.', fields: ['Phone'] },
    ]);
    person.clearRules();
    const errorCode = 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY';
    person.addValidationRule({ entity: 'Lead', errorWhen: "Company LIKE 'Bright%'", message: 'No.', errorCode });
    expect((await push()).body).toEqual([expect.objectContaining({ errorCode })]);
    expect((await push({ ...lead, Company: 'Nordlicht' })).status).toBe(201);
  });

  it('record types allow some stages only', async () => {
    const { person } = salesforce.simulator;
    const RecordTypeId = person.create('RecordType', {
      Name: 'Renewal',
      DeveloperName: 'Renewal',
      SobjectType: 'Opportunity',
      IsActive: true,
    });
    person.limitRecordType(RecordTypeId, { StageName: ['Prospecting', 'Closed Won'] });
    const make = (StageName: string) =>
      salesforce.connection
        .sobject('Opportunity')
        .create({ Name: 'x', CloseDate: '2026-12-31', StageName, RecordTypeId });
    expect((await make('Prospecting')).success).toBe(true);
    expect(await refusalOf(make('Qualification'))).toMatchObject({
      errorCode: 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
    });
    const { recordTypeInfos } = await salesforce.connection.sobject('Opportunity').describe();
    expect(recordTypeInfos.map(({ name }) => name)).toEqual(['Renewal', 'Master']);
  });

  it('assignment rules give a lead to a queue, unless they are switched off for the call', async () => {
    const { people, person } = salesforce.simulator;
    salesforce.simulator.configure({ leadAssignment: people.queue });
    const ownerOf = ({ body }: { body: unknown }) => person.read((body as { id: string }).id)?.values.OwnerId;
    expect(ownerOf(await push())).toBe(people.queue);
    expect(ownerOf(await push(lead, { 'Sforce-Auto-Assign': 'FALSE' }))).toBe(people.integration);
  });

  it('person accounts let a lead do without a company, and become an account of a person', async () => {
    expect((await push({ LastName: 'Okafor' })).status).toBe(400);
    salesforce.simulator.configure({ personAccounts: true });
    const { body } = await push({ LastName: 'Okafor', FirstName: 'Ida' });
    const { person } = salesforce.simulator;
    const { accountId } = person.convertLead({ leadId: (body as { id: string }).id });
    expect(person.read(accountId)?.values).toMatchObject({ IsPersonAccount: true, Name: 'Ida Okafor' });
  });

  it('rows that somebody holds refuse to be written, and so does what hangs on them', async () => {
    const { person } = salesforce.simulator;
    const AccountId = person.create('Account', { Name: 'Brightwater' });
    const release = person.lock(AccountId);
    const make = () =>
      salesforce.connection
        .sobject('Opportunity')
        .create({ Name: 'x', CloseDate: '2026-12-31', StageName: 'Prospecting', AccountId });
    expect(await refusalOf(make())).toMatchObject({ errorCode: 'UNABLE_TO_LOCK_ROW' });
    release();
    expect((await make()).success).toBe(true);
  });

  it('fields made over the Tooling API are seen by whom a permission set shows them to', async () => {
    const { connection, simulator } = salesforce;
    const field = { FullName: 'Lead.Partner__c', Metadata: { label: 'Partner', type: 'Text', length: 80 } };
    expect(await connection.tooling.sobject('CustomField').create(field)).toMatchObject({ success: true });
    const found = await connection.tooling.query(
      "SELECT Id, FullName FROM CustomField WHERE DeveloperName = 'Partner'",
    );
    expect(found.records).toEqual([expect.objectContaining({ FullName: 'Lead.Partner__c' })]);
    expect(await refusalOf(connection.tooling.sobject('CustomField').create(field))).toMatchObject({
      errorCode: 'DUPLICATE_DEVELOPER_NAME',
    });
    expect(await refusalOf(connection.query('SELECT Partner__c FROM Lead'))).toMatchObject({
      errorCode: 'INVALID_FIELD',
    });
    const set = await connection.sobject('PermissionSet').create({ Name: 'Introducer', Label: 'Introducer' });
    const grant = { ParentId: set.id, SobjectType: 'Lead', PermissionsRead: true, PermissionsEdit: true };
    await connection.sobject('FieldPermissions').create({ ...grant, Field: 'Lead.Partner__c' });
    expect(
      await refusalOf(connection.sobject('FieldPermissions').create({ ...grant, Field: 'Lead.Nothing__c' })),
    ).toMatchObject({ errorCode: 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST' });
    const assign = { PermissionSetId: set.id, AssigneeId: simulator.people.integration };
    await connection.sobject('PermissionSetAssignment').create(assign);
    expect(await refusalOf(connection.sobject('PermissionSetAssignment').create(assign))).toMatchObject({
      errorCode: 'DUPLICATE_VALUE',
    });
    expect((await push({ ...lead, Partner__c: 'Nordlicht' })).status).toBe(201);
    const { fields } = await connection.sobject('Lead').describe();
    expect(fields.find(({ name }) => name === 'Partner__c')).toMatchObject({ createable: true, length: 80 });
  });
});
