import type { LeadConvert } from 'jsforce/lib/api/soap/schema.js';
import { connect, rawCall, useSimulatedSalesforce } from '../simulated-salesforce.js';

const salesforce = useSimulatedSalesforce();

/** What the client wants to be told, a list aside. */
type Conversion = Partial<LeadConvert>;

const convertedStatus = 'Closed - Converted';
const lead = { LastName: 'Okafor', FirstName: 'Ida', Company: 'Brightwater', Email: 'ida@brightwater.example' };

function makeLead(values: object = {}): string {
  return salesforce.simulator.person.create('Lead', { ...lead, ...values });
}

function convert(asked: Readonly<Record<string, unknown>>) {
  const conversion = { convertedStatus, ...asked };
  return salesforce.connection.soap.convertLead(conversion as Conversion);
}

function read(id: unknown) {
  return salesforce.simulator.person.read(String(id))?.values;
}

const withoutSession = `<?xml version="1.0"?><Envelope xmlns="http://schemas.xmlsoap.org/soap/envelope/"><Header><SessionHeader><sessionId>nobody</sessionId></SessionHeader></Header><Body><getServerTimestamp/></Body></Envelope>`;

describe('a lead that is converted over SOAP', () => {
  it('becomes account, contact and opportunity, and names all three', async () => {
    const leadId = makeLead();
    const outcome = await convert({ leadId, opportunityName: 'Brightwater rollout' });
    expect(outcome).toMatchObject({ leadId, success: true });
    const { accountId, contactId, opportunityId } = outcome;
    expect(read(leadId)).toMatchObject({
      IsConverted: true,
      Status: convertedStatus,
      ConvertedDate: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
      ConvertedAccountId: accountId,
      ConvertedContactId: contactId,
      ConvertedOpportunityId: opportunityId,
    });
    expect(read(opportunityId)).toMatchObject({
      Name: 'Brightwater rollout',
      StageName: 'Prospecting',
      AccountId: accountId,
    });
    expect(read(contactId)).toMatchObject({ Email: lead.Email, AccountId: accountId });
    const roles = salesforce.simulator.person.all('OpportunityContactRole').map(({ values }) => values.ContactId);
    expect(roles).toEqual([contactId]);
  });

  it('joins what is there, and fills only what is empty', async () => {
    const { person } = salesforce.simulator;
    const accountId = person.create('Account', { Name: 'Brightwater Group', Phone: '1' });
    const contactId = person.create('Contact', { LastName: 'Okafor', AccountId: accountId });
    const opportunityId = person.create('Opportunity', {
      Name: 'Existing',
      StageName: 'Qualification',
      CloseDate: '2026-12-31',
      AccountId: accountId,
    });
    const leadId = makeLead({ Phone: '2' });
    expect(await convert({ leadId, accountId, contactId, opportunityId })).toMatchObject({
      success: true,
      opportunityId,
    });
    expect(read(accountId)).toMatchObject({ Name: 'Brightwater Group', Phone: '1' });
    expect(read(contactId)).toMatchObject({ Email: lead.Email, Phone: '2' });
    expect(read(leadId)).toMatchObject({ ConvertedOpportunityId: opportunityId });
    expect(person.all('Opportunity')).toHaveLength(1);
  });

  it('may become no opportunity at all', async () => {
    const leadId = makeLead();
    await convert({ leadId, doNotCreateOpportunity: true });
    expect(read(leadId)).toMatchObject({ IsConverted: true, ConvertedOpportunityId: null });
    expect(salesforce.simulator.person.all('Opportunity')).toEqual([]);
  });

  it('carries mapped fields to the opportunity', async () => {
    const { person } = salesforce.simulator;
    for (const entity of ['Lead', 'Opportunity'])
      person.makeField(`${entity}.Partner__c`, { type: 'Text', length: 40 });
    salesforce.simulator.configure({ leadFieldMapping: [{ from: 'Partner__c', to: 'Opportunity.Partner__c' }] });
    const { opportunityId } = await convert({ leadId: makeLead({ Partner__c: 'Nordlicht' }) });
    expect(read(opportunityId)).toMatchObject({ Partner__c: 'Nordlicht' });
  });

  it.each([
    ['a status that converts nothing', {}, { convertedStatus: 'Working - Contacted' }, 'INVALID_STATUS'],
    ['a queue as its owner', { OwnerId: 'queue' }, {}, 'INVALID_CROSS_REFERENCE_KEY'],
    ['a conversion behind it', {}, { twice: true }, 'CANNOT_UPDATE_CONVERTED_LEAD'],
  ])('is refused with %s, and stays as it is', async (_what, values, asked, statusCode) => {
    const { queue } = salesforce.simulator.people;
    const leadId = makeLead('OwnerId' in values ? { OwnerId: queue } : values);
    if ('twice' in asked) await convert({ leadId });
    const before = salesforce.simulator.person.all('Account').length;
    const outcome = await convert({ leadId, ...('twice' in asked ? {} : asked) });
    expect(outcome).toMatchObject({ success: false, errors: [expect.objectContaining({ statusCode })] });
    expect(salesforce.simulator.person.all('Account')).toHaveLength(before);
  });

  it('leaves a queue when the person who converts takes it', async () => {
    const { queue, rep } = salesforce.simulator.people;
    const leadId = makeLead({ OwnerId: queue });
    const { opportunityId } = await convert({ leadId, ownerId: rep });
    expect(read(opportunityId)).toMatchObject({ OwnerId: rep });
  });

  it('leaves nothing behind when a validation rule refuses the opportunity', async () => {
    const { person } = salesforce.simulator;
    person.addValidationRule({ entity: 'Opportunity', errorWhen: 'Amount = null', message: 'Say how much.' });
    const leadId = makeLead();
    expect(await convert({ leadId })).toMatchObject({
      success: false,
      errors: [{ statusCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message: 'Say how much.' }],
    });
    expect(person.all('Account')).toEqual([]);
    expect(read(leadId)).toMatchObject({ IsConverted: false });
  });

  it('is told as four changes of one transaction, the lead last', async () => {
    const told: string[] = [];
    const transactions = new Set<string>();
    const leadId = makeLead();
    salesforce.simulator.org.changes.subscribe(({ entity, changeType, sequence, transaction, changedFields }) => {
      told.push(`${sequence} ${entity} ${changeType}`);
      transactions.add(transaction);
      if (entity === 'Lead')
        expect(changedFields).toEqual(expect.arrayContaining(['IsConverted', 'ConvertedOpportunityId']));
    });
    await convert({ leadId });
    expect(told).toEqual(['1 Account CREATE', '2 Contact CREATE', '3 Opportunity CREATE', '4 Lead UPDATE']);
    expect(transactions.size).toBe(1);
  });
});

describe('SOAP', () => {
  it('merges leads: the loser is deleted and names its master', async () => {
    const [masterId, loserId] = [makeLead(), makeLead({ Title: 'CFO' })];
    const outcome = await salesforce.connection.soap.merge({
      masterRecord: { type: 'Lead', Id: masterId, Title: 'CFO' },
      recordToMergeIds: [loserId],
    } as never);
    expect(outcome).toMatchObject({ success: true, id: masterId, mergedRecordIds: [loserId] });
    expect(read(loserId)).toMatchObject({ IsDeleted: true, MasterRecordId: masterId });
    expect(read(masterId)).toMatchObject({ Title: 'CFO', IsDeleted: false });
    const found = await salesforce.connection.query(`SELECT Id, MasterRecordId FROM Lead WHERE Id = '${loserId}'`, {
      scanAll: true,
    });
    expect(found.records).toEqual([expect.objectContaining({ MasterRecordId: masterId })]);
  });

  it('tells the currency of an org that has one, which REST tells nowhere', async () => {
    salesforce.simulator.configure({ corporateCurrency: 'EUR' });
    const info = () => salesforce.connection.soap.getUserInfo();
    expect(await info()).toMatchObject({ orgDefaultCurrencyIsoCode: 'EUR', organizationMultiCurrency: false });
    salesforce.simulator.configure({ multiCurrency: true });
    expect(await info()).toMatchObject({ orgDefaultCurrencyIsoCode: null, organizationMultiCurrency: true });
  });

  it('makes a field by createMetadata where the org lets it, and refuses in words where not', async () => {
    const field = { fullName: 'Lead.Deal_Size__c', label: 'Deal size', type: 'Currency', precision: 18, scale: 2 };
    const made = await salesforce.connection.metadata.create('CustomField', field);
    expect(made).toMatchObject({ fullName: field.fullName, success: true });
    expect(await salesforce.connection.metadata.create('CustomField', field)).toMatchObject({ success: false });
    salesforce.simulator.configure({ metadataApi: false });
    await expect(salesforce.connection.metadata.create('CustomField', field)).rejects.toThrow(/ModifyMetadata/);
  });

  it('knows no session that is over, and says so as the client expects it', async () => {
    const answer = await rawCall(salesforce.simulator, 'POST', '/services/Soap/u/67.0', withoutSession, {
      'Content-Type': 'text/xml',
    });
    expect(answer.status).toBe(500);
    expect(answer.text).toContain('<faultcode>sf:INVALID_SESSION_ID</faultcode>');
  });

  it('refuses tokens that are JWTs below version 68', async () => {
    salesforce.simulator.configure({ oauth: { jwtTokens: true } });
    const token = salesforce.simulator.sessions.open(salesforce.simulator.people.integration);
    expect(await connect(salesforce.simulator, token).query('SELECT Id FROM Lead')).toMatchObject({ totalSize: 0 });
    const document = withoutSession.replace('nobody', token);
    const ask = (version: string) =>
      rawCall(salesforce.simulator, 'POST', `/services/Soap/u/${version}`, document, { 'Content-Type': 'text/xml' });
    expect((await ask('67.0')).text).toContain('INVALID_SESSION_ID');
    expect((await ask('68.0')).text).toContain('<timestamp>');
  });

  it('refuses what is no XML, and documents that declare entities', async () => {
    for (const document of ['<a><b></a>', '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', 'plain']) {
      const answer = await rawCall(salesforce.simulator, 'POST', '/services/Soap/u/67.0', document, {
        'Content-Type': 'text/xml',
      });
      expect([answer.status, answer.text.includes('XML_PARSER_ERROR')]).toEqual([500, true]);
    }
  });
});
