import { CrmGone, CrmRejected, CrmUnavailable, type EnsureLead } from '../../../connectors/contract.js';
import { plainRecord, stampFor } from '../push-registration.js';
import { data, salesforce } from './fake-salesforce.js';
import { answerComposites, answerQueries, answerUserInfo, describeObject, stageRows } from './recorded-org.js';
import { createConnector, madeIds, stampNames, takeWrites } from './recorded-writes.js';

const dealFacts = { name: 'Acme Robotics rollout', amount: '12000.50', currency: 'EUR', closeDate: '2026-12-31' };
const lead: EnsureLead = {
  registrationId: 'reg_acme',
  contact: { firstName: 'Jane', lastName: "O'Doe", email: 'jane@acme-robotics.test', phone: null },
  company: { name: 'Acme Robotics', domain: 'acme-robotics.test', country: 'DE' },
  deal: dealFacts,
  stamp: stampFor('reg_acme'),
  record: plainRecord,
  mayExist: false,
};

function describeAll(more: Readonly<Record<string, readonly string[]>> = {}): void {
  describeObject('Opportunity', ['Id', ...stampNames, ...(more['Opportunity'] ?? [])]);
  describeObject('Lead', ['Id', 'Country', ...stampNames, ...(more['Lead'] ?? [])]);
  describeObject('Contact', ['Id', 'Introducer_Registration_Id__c', ...(more['Contact'] ?? [])]);
  describeObject('Account', ['Id', 'Introducer_Registration_Id__c', ...(more['Account'] ?? [])]);
  answerUserInfo('EUR');
}

describe('a registration that becomes a Lead', () => {
  const push = (request = lead) => createConnector().leads?.ensureLead(request);

  it('is upserted by its id, with the partner fields and all the partner said', async () => {
    describeAll();
    const writes = takeWrites();
    expect(await push()).toEqual({ crmId: madeIds['Lead'], created: true });
    expect(writes).toHaveLength(1);
    expect(writes[0]).toMatchObject({
      method: 'patch',
      path: '/sobjects/Lead/Introducer_Registration_Id__c/reg_acme',
      headers: { 'sforce-duplicate-rule-header': 'allowSave=false; includeRecordDetails=false' },
    });
    expect(writes[0]?.headers).not.toHaveProperty('sforce-auto-assign');
    expect(writes[0]?.body).toEqual({
      FirstName: 'Jane',
      LastName: "O'Doe",
      Email: 'jane@acme-robotics.test',
      Company: 'Acme Robotics',
      Website: 'acme-robotics.test',
      Country: 'DE',
      Description: 'Acme Robotics rollout, 12000.50 EUR, expected 2026-12-31',
      Introducer_Partner__c: 'Northwind Partners',
      Introducer_Status__c: 'approved',
      Introducer_Protected_Until__c: '2027-02-01',
      Introducer_Commission__c: null,
      Introducer_Commission_Currency__c: null,
      Introducer_Commission_Status__c: null,
    });
  });

  it('gets what this organisation requires, and codes of countries and currencies where it has them', async () => {
    describeAll({ Lead: ['CountryCode', 'CurrencyIsoCode'] });
    const writes = takeWrites();
    await push({ ...lead, record: { ...plainRecord, fields: { RecordTypeId: '0121', Region__c: 'EMEA' } } });
    expect(writes[0]?.body).toMatchObject({
      RecordTypeId: '0121',
      Region__c: 'EMEA',
      CountryCode: 'DE',
      CurrencyIsoCode: 'EUR',
    });
    expect(writes[0]?.body).not.toHaveProperty('Country');
  });

  it('that may have been made before is looked for, and left as reps made it, merged and converted ones included', async () => {
    describeAll();
    const writes = takeWrites();
    const asked = answerQueries({ Lead: [{ Id: madeIds['Lead'], IsDeleted: true }] });
    expect(await push({ ...lead, mayExist: true })).toEqual({ crmId: madeIds['Lead'], created: false });
    expect(writes).toEqual([]);
    expect(asked[0]).toContain("Introducer_Registration_Id__c = 'reg_acme'");
  });

  it.each([
    ['DUPLICATES_DETECTED', 'Use one of these records?'],
    ['FIELD_CUSTOM_VALIDATION_EXCEPTION', 'A region is needed'],
    ['INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', 'bad value for restricted picklist field: Partner'],
    ['REQUIRED_FIELD_MISSING', 'Required fields are missing: [Region__c]'],
  ])('is set aside with the words of Salesforce: %s', async (errorCode, message) => {
    describeAll();
    takeWrites(() => [400, [{ errorCode, message, fields: [] }]]);
    const failure = await push()?.catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(CrmRejected);
    expect(failure).toMatchObject({ vendorMessage: `${errorCode}: ${message}` });
  });

  it('passes duplicate rules that only warn where the program says so', async () => {
    describeAll();
    const writes = takeWrites();
    await push({ ...lead, record: { ...plainRecord, allowDuplicates: true } });
    expect(writes[0]?.headers['sforce-duplicate-rule-header']).toEqual('allowSave=true; includeRecordDetails=false');
  });

  it('comes again later when a row is locked', async () => {
    describeAll();
    takeWrites(() => [400, [{ errorCode: 'UNABLE_TO_LOCK_ROW', message: 'unable to obtain exclusive access' }]]);
    await expect(push()).rejects.toThrow(CrmUnavailable);
  });

  it('stays with the owner that the settings name, past the assignment rules of the organisation', async () => {
    describeAll();
    const writes = takeWrites();
    await push({ ...lead, record: { ...plainRecord, owner: '00G8c000003XyZaEAK' } });
    expect(writes[0]?.body).toMatchObject({ OwnerId: '00G8c000003XyZaEAK' });
    expect(writes[0]?.headers['sforce-auto-assign']).toEqual('FALSE');
  });

  it('has fields of the settings in the types they have there, and what is known before them', async () => {
    describeObject('Lead', [
      ...['Id', 'Phone', 'Company', ...stampNames],
      { name: 'Expected__c', type: 'currency' },
      { name: 'Partner_Led__c', type: 'boolean' },
    ]);
    answerUserInfo('EUR');
    const writes = takeWrites();
    const fields = { expected__c: '12000.50', Partner_Led__c: 'true', Phone: '0', company: 'Nobody' };
    await push({ ...lead, record: { ...plainRecord, fields } });
    expect(writes[0]?.body).toMatchObject({ Expected__c: 12000.5, Partner_Led__c: true, Phone: '0' });
    expect(writes[0]?.body).toMatchObject({ Company: 'Acme Robotics' });
    expect(writes[0]?.body).not.toHaveProperty('company');
  });
});

describe('a registration that becomes contact, account and opportunity', () => {
  const connector = () => createConnector();
  const ensure = { registrationId: 'reg_acme', contact: lead.contact, record: plainRecord };
  const company = {
    registrationId: 'reg_acme',
    company: lead.company,
    contactId: madeIds['Contact'] ?? '',
    anchorContactIds: [],
    record: plainRecord,
  };
  const deal = { ...lead, ...dealFacts, contactId: madeIds['Contact'] ?? '', companyId: madeIds['Account'] ?? '' };

  it('makes the contact once, by its key', async () => {
    describeAll();
    answerQueries({ Contact: [] });
    const writes = takeWrites();
    expect(await connector().ensureContact(ensure)).toEqual({ crmId: madeIds['Contact'], created: true });
    expect(writes.map(({ path }) => path)).toEqual(['/sobjects/Contact/Introducer_Registration_Id__c/reg_acme']);
  });

  it('uses a contact that is there, stamps it if nobody did, and never one of a person account', async () => {
    describeAll({ Contact: ['IsPersonAccount'] });
    const writes = takeWrites();
    const asked = answerQueries({ Contact: [{ Id: madeIds['Contact'], AccountId: null, IsPersonAccount: true }] });
    expect(await connector().ensureContact(ensure)).toEqual({ crmId: madeIds['Contact'], created: false });
    expect(writes).toEqual([]);
    expect(asked[0]).toContain("Email = 'jane@acme-robotics.test'");
  });

  it('uses the account of the domain that is there, and the contact joins it', async () => {
    describeAll();
    const writes = takeWrites();
    const account = {
      Id: madeIds['Account'],
      Name: 'ACME',
      Website: 'https://www.acme-robotics.test/',
      Introducer_Registration_Id__c: 'reg_first',
    };
    const namesake = { ...account, Id: '0015f00000AbCdFAAV', Website: 'notacme-robotics.test' };
    answerComposites({
      Contact: [{ Id: madeIds['Contact'], AccountId: null, Account: null }],
      Account: [namesake, account],
    });
    expect(await connector().ensureCompany(company)).toEqual({ crmId: madeIds['Account'], created: false });
    expect(writes.map(({ path, body }) => [path, body])).toEqual([
      [`/sobjects/Contact/${madeIds['Contact'] ?? ''}`, { AccountId: madeIds['Account'] }],
    ]);
  });

  it('makes an account by its key where none is there, and leaves a contact in the account it has', async () => {
    describeAll();
    const writes = takeWrites();
    const employer = { Id: '0015f00000AbCdFAAV', Name: 'Before', Website: null };
    answerComposites({ Contact: [{ Id: madeIds['Contact'], AccountId: employer.Id, Account: employer }], Account: [] });
    expect(await connector().ensureCompany(company)).toEqual({ crmId: madeIds['Account'], created: true });
    expect(writes.map(({ path }) => path)).toEqual(['/sobjects/Account/Introducer_Registration_Id__c/reg_acme']);
  });

  it('makes the opportunity in the first open stage, with its exact amount, and ties the contact once', async () => {
    describeAll();
    const writes = takeWrites();
    answerQueries({ OpportunityStage: stageRows, OpportunityContactRole: [] });
    expect(await connector().ensureDeal(deal)).toEqual({ crmId: madeIds['Opportunity'], created: true });
    expect(writes[0]?.body).toMatchObject({
      Name: 'Acme Robotics rollout',
      StageName: 'Prospecting',
      CloseDate: '2026-12-31',
      AccountId: madeIds['Account'],
      Amount: 12000.5,
      Introducer_Partner__c: 'Northwind Partners',
    });
    expect(writes[1]).toMatchObject({
      path: '/sobjects/OpportunityContactRole',
      body: { OpportunityId: madeIds['Opportunity'], ContactId: madeIds['Contact'], IsPrimary: true },
    });
  });

  it('writes no amount of another currency into an organisation that has one: it would be taken for its own', async () => {
    describeAll();
    const writes = takeWrites();
    answerQueries({ OpportunityStage: stageRows, OpportunityContactRole: [] });
    await connector().ensureDeal({ ...deal, currency: 'USD', closeDate: null });
    expect(writes[0]?.body).not.toHaveProperty('Amount');
    expect(writes[0]?.body).toMatchObject({
      Description: 'Acme Robotics rollout, 12000.50 USD',
      CloseDate: '2027-02-08',
    });
  });

  it('leaves alone what an earlier attempt made and a rep changed', async () => {
    describeAll();
    const writes = takeWrites();
    answerQueries({ OpportunityContactRole: [{ Id: '00K1', ContactId: madeIds['Contact'] }] });
    salesforce()
      .get(`${data}/sobjects/Opportunity/Introducer_Registration_Id__c/reg_acme`)
      .query({ fields: 'Id' })
      .reply(200, { Id: madeIds['Opportunity'] });
    expect(await connector().ensureDeal({ ...deal, mayExist: true })).toEqual({
      crmId: madeIds['Opportunity'],
      created: false,
    });
    expect(writes).toEqual([]);
  });

  it('attaches to an opportunity that is there, which keeps its account, and says when it is gone', async () => {
    describeAll();
    const writes = takeWrites();
    const row = { Id: madeIds['Opportunity'], IsDeleted: false, AccountId: '0015f00000AbCdFAAV' };
    answerQueries({ Opportunity: [row], OpportunityContactRole: [] });
    const attach = { ...deal, crmDealId: row.Id ?? '' };
    await connector().attachDeal(attach);
    expect(writes[0]?.body).toMatchObject({ Introducer_Registration_Id__c: 'reg_acme' });
    expect(writes[0]?.body).not.toHaveProperty('AccountId');
    expect(writes[1]?.path).toBe('/sobjects/OpportunityContactRole');
  });

  it.each([
    ['deleted', [{ Id: madeIds['Opportunity'], IsDeleted: true }]],
    ['unknown', []],
  ])('does not attach to an opportunity that is %s', async (_, rows) => {
    describeAll();
    answerQueries({ Opportunity: rows });
    const attach = { ...deal, crmDealId: madeIds['Opportunity'] ?? '' };
    await expect(connector().attachDeal(attach)).rejects.toThrow(CrmGone);
  });
});

describe('the same customer', () => {
  it('is found by address, domain and name, in two calls, with open and won opportunities', async () => {
    describeAll();
    const asked: string[][] = answerComposites({
      Contact: [{ Id: madeIds['Contact'], Name: 'Jane Doe', Email: 'jane@acme-robotics.test', AccountId: null }],
      Lead: [{ Id: madeIds['Lead'], Name: 'Jane Doe', Email: 'jane@acme-robotics.test', Company: 'Acme' }],
      Account: [{ Id: madeIds['Account'], Name: 'Acme', Website: 'www.acme-robotics.test' }],
      Opportunity: [
        { Id: madeIds['Opportunity'], Name: 'Open', StageName: 'Prospecting', IsClosed: false, IsWon: false },
      ],
    });
    answerQueries({ OpportunityStage: stageRows });
    const matches = await createConnector().findMatches({ company: lead.company, email: lead.contact.email });
    expect(matches.map(({ objectType, crmId, matchedBy, label }) => [objectType, crmId, matchedBy, label])).toEqual([
      ['contact', madeIds['Contact'], 'email', 'Jane Doe <jane@acme-robotics.test>'],
      ['contact', madeIds['Lead'], 'email', 'Lead Jane Doe <jane@acme-robotics.test>, Acme'],
      ['company', madeIds['Account'], 'domain', 'Acme'],
      ['deal', madeIds['Opportunity'], 'email', 'Open'],
    ]);
    expect(asked).toHaveLength(2);
  });

  it('is not everybody that has no account, where only a contact without one is known', async () => {
    describeAll();
    const asked: string[][] = answerComposites({
      Contact: [{ Id: madeIds['Contact'], Name: 'Jane Doe', Email: 'jane@acme-robotics.test', AccountId: null }],
    });
    answerQueries({ OpportunityStage: stageRows, Opportunity: [] });
    await createConnector().findMatches({ company: lead.company, email: lead.contact.email });
    // Two queries about deals would have gone together; the one about the contact goes by itself.
    expect(asked.flat().join()).not.toContain('FROM Opportunity');
  });
});
