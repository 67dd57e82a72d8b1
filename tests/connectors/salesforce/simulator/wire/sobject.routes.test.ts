import { rawCall, refusalOf, useSimulatedSalesforce } from '../simulated-salesforce.js';

const salesforce = useSimulatedSalesforce();

const lead = { LastName: 'Okafor', FirstName: 'Ida', Company: 'Brightwater', Email: 'ida@brightwater.example' };
const opportunity = { Name: 'Brightwater', StageName: 'Prospecting', CloseDate: '2026-12-31', Amount: 1500 };

function makeKey(): void {
  salesforce.simulator.person.makeField('Lead.Key__c', {
    type: 'Text',
    length: 64,
    externalId: true,
    unique: true,
    caseSensitive: true,
  });
}

async function create(type: string, values: object): Promise<string> {
  const made = await salesforce.connection.sobject(type).create(values);
  expect(made.success).toBe(true);
  return made.id ?? '';
}

describe('records over REST', () => {
  it('creates, reads, changes and deletes a lead', async () => {
    const { connection } = salesforce;
    const id = await create('Lead', lead);
    expect(id).toMatch(/^00Q\w{15}$/);
    expect(await connection.sobject('Lead').retrieve(id)).toMatchObject({
      Name: 'Ida Okafor',
      Status: 'Open - Not Contacted',
      IsConverted: false,
      CreatedDate: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000\+0000$/),
    });
    expect(await connection.sobject('Lead').update({ Id: id, Company: 'Brightwater Ltd' })).toMatchObject({ id });
    expect((await connection.sobject('Lead').retrieve(id)).Company).toBe('Brightwater Ltd');
    await connection.sobject('Lead').destroy(id);
    expect(await refusalOf(connection.sobject('Lead').retrieve(id))).toMatchObject({ errorCode: 'ENTITY_IS_DELETED' });
  });

  it('answers 201, 204 and the daily calls that are used', async () => {
    const path = '/services/data/v67.0/sobjects/Lead';
    const made = await rawCall(salesforce.simulator, 'POST', path, lead);
    expect(made.status).toBe(201);
    expect(made.body).toEqual({ id: expect.any(String), success: true, errors: [] });
    expect(made.headers.get('sforce-limit-info')).toBe('api-usage=1/100000');
    const { id } = made.body as { id: string };
    const changed = await rawCall(salesforce.simulator, 'PATCH', `${path}/${id}`, { Title: 'CFO' });
    expect([changed.status, changed.text]).toEqual([204, '']);
  });

  it('makes one lead however often the same registration is pushed', async () => {
    makeKey();
    const path = `/services/data/v67.0/sobjects/Lead/Key__c/${encodeURIComponent('reg/1 a')}`;
    const first = await rawCall(salesforce.simulator, 'PATCH', path, lead);
    expect([first.status, first.body]).toEqual([201, expect.objectContaining({ created: true })]);
    const second = await rawCall(salesforce.simulator, 'PATCH', path, { Title: 'CFO' });
    expect([second.status, second.body]).toEqual([200, { ...(first.body as object), created: false }]);
    expect(salesforce.simulator.person.all('Lead')).toHaveLength(1);
    expect((await rawCall(salesforce.simulator, 'GET', path)).body).toMatchObject({ Key__c: 'reg/1 a', Title: 'CFO' });
  });

  it('gives both records when an external id is on two', async () => {
    salesforce.simulator.person.makeField('Lead.Key__c', { type: 'Text', length: 64, externalId: true });
    const { person } = salesforce.simulator;
    const ids = [1, 2].map(() => person.create('Lead', { ...lead, Key__c: 'same' }));
    const path = '/services/data/v67.0/sobjects/Lead/Key__c/same';
    const answer = await rawCall(salesforce.simulator, 'PATCH', path, { Title: 'CFO' });
    expect(answer.status).toBe(300);
    expect(answer.body).toEqual(ids.map((id) => `/services/data/v67.0/sobjects/Lead/${id}`));
  });

  it.each([
    ['REQUIRED_FIELD_MISSING', { FirstName: 'Ida' }, ['LastName', 'Company']],
    ['INVALID_FIELD', { ...lead, Partner__c: 'x' }, []],
    ['INVALID_FIELD_FOR_INSERT_UPDATE', { ...lead, IsConverted: true }, ['IsConverted']],
    ['STRING_TOO_LONG', { ...lead, FirstName: 'x'.repeat(41) }, ['FirstName']],
    ['INVALID_EMAIL_ADDRESS', { ...lead, Email: 'ida at brightwater' }, ['Email']],
    ['INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', { ...lead, Status: 'Hot' }, ['Status']],
    ['JSON_PARSER_ERROR', { ...lead, AnnualRevenue: 'a lot' }, []],
    ['MALFORMED_ID', { ...lead, OwnerId: 'rosa' }, []],
    ['FIELD_INTEGRITY_EXCEPTION', { ...lead, OwnerId: '0065f000000000A' }, ['OwnerId']],
    ['INVALID_CROSS_REFERENCE_KEY', { ...lead, OwnerId: '0055f00000zzzzz' }, []],
  ])('refuses with %s and names the fields', async (errorCode, values, fields) => {
    const { status, body } = await rawCall(salesforce.simulator, 'POST', '/services/data/v67.0/sobjects/Lead', values);
    expect(status).toBe(400);
    expect(body).toEqual([expect.objectContaining({ errorCode, message: expect.any(String) })]);
    expect((body as { fields?: string[] }[])[0]?.fields ?? []).toEqual(fields);
    expect(salesforce.simulator.person.all('Lead')).toHaveLength(0);
  });

  it('derives won, closed, probability and history from the stage', async () => {
    const { connection } = salesforce;
    const Id = await create('Opportunity', opportunity);
    const read = async () => connection.sobject('Opportunity').retrieve(Id);
    expect(await read()).toMatchObject({ IsClosed: false, IsWon: false, Probability: 10, ExpectedRevenue: 150 });
    await connection.sobject('Opportunity').update({ Id, StageName: 'Closed Won' });
    expect(await read()).toMatchObject({ IsClosed: true, IsWon: true, Probability: 100, ForecastCategory: 'Closed' });
    await connection.sobject('Opportunity').update({ Id, StageName: 'Negotiation/Review' });
    expect(await read()).toMatchObject({ IsClosed: false, IsWon: false });
    const history = await connection.query(`SELECT StageName FROM OpportunityHistory WHERE OpportunityId = '${Id}'`);
    expect(history.records.map((row) => String(row.StageName))).toEqual([
      'Prospecting',
      'Closed Won',
      'Negotiation/Review',
    ]);
  });

  it('sums line items into the amount, which nobody can write then', async () => {
    const { connection } = salesforce;
    const Id = await create('Opportunity', opportunity);
    await create('OpportunityLineItem', { OpportunityId: Id, Quantity: 3, UnitPrice: 19.99 });
    await create('OpportunityLineItem', { OpportunityId: Id, Quantity: 1, UnitPrice: 100, Discount: 50 });
    await connection.sobject('Opportunity').update({ Id, Amount: 1, NextStep: 'Call' });
    expect(await connection.sobject('Opportunity').retrieve(Id)).toMatchObject({
      Amount: 109.97,
      HasOpportunityLineItem: true,
      NextStep: 'Call',
    });
  });

  it('writes amounts with their point, and in full', async () => {
    const id = await create('Opportunity', { ...opportunity, Amount: 12_000_000 });
    const path = `/services/data/v67.0/sobjects/Opportunity/${id}?fields=Amount,Probability`;
    expect((await rawCall(salesforce.simulator, 'GET', path)).text).toContain('"Amount":12000000.0,"Probability":10.0');
    salesforce.simulator.configure({ exponents: true });
    expect((await rawCall(salesforce.simulator, 'GET', path)).text).toContain('"Amount":1.2E7,');
  });

  it('says that nothing changed since, to the second', async () => {
    const id = await create('Lead', lead);
    const path = `/services/data/v67.0/sobjects/Lead/${id}`;
    const first = await rawCall(salesforce.simulator, 'GET', path);
    const since = { 'If-Modified-Since': first.headers.get('last-modified') ?? '' };
    expect((await rawCall(salesforce.simulator, 'GET', path, undefined, since)).status).toBe(304);
  });

  it('has 404 for what is not there and 405 for what cannot be done', async () => {
    const base = '/services/data/v67.0';
    for (const path of ['/sobjects/Lead/00Q5f00000zzzzz', '/sobjects/Nothing/1', '/elsewhere', '//sobjects']) {
      expect((await rawCall(salesforce.simulator, 'GET', `${base}${path}`)).status).toBe(404);
    }
    expect((await rawCall(salesforce.simulator, 'PUT', `${base}/sobjects/Lead`, {})).status).toBe(405);
  });
});
