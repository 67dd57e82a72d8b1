import { rawCall, useSimulatedSalesforce } from '../simulated-salesforce.js';

const salesforce = useSimulatedSalesforce();

const base = '/services/data/v67.0';
const day = { CloseDate: '2026-12-31', StageName: 'Prospecting' };

interface Sub {
  readonly httpStatusCode: number;
  readonly body: unknown;
}

async function composite(compositeRequest: readonly object[], allOrNone: boolean): Promise<readonly Sub[]> {
  const { status, body } = await rawCall(salesforce.simulator, 'POST', `${base}/composite`, {
    allOrNone,
    compositeRequest,
  });
  expect(status).toBe(200);
  return (body as { compositeResponse: readonly Sub[] }).compositeResponse;
}

function create(referenceId: string, type: string, body: object): object {
  return { method: 'POST', url: `${base}/sobjects/${type}`, referenceId, body };
}

function counts(): readonly number[] {
  return ['Account', 'Contact', 'Opportunity'].map((entity) => salesforce.simulator.person.all(entity).length);
}

const customer = [
  create('acc', 'Account', { Name: 'Brightwater' }),
  create('con', 'Contact', { LastName: 'Okafor', AccountId: '@{acc.id}' }),
  create('opp', 'Opportunity', { ...day, Name: 'Rollout', AccountId: '@{acc.id}', ContactId: '@{con.id}' }),
];

describe('a composite call', () => {
  it('makes account, contact and opportunity in one call that counts once', async () => {
    const parts = await composite(customer, true);
    expect(parts.map(({ httpStatusCode }) => httpStatusCode)).toEqual([201, 201, 201]);
    const [opportunity] = salesforce.simulator.person.all('Opportunity');
    expect(opportunity?.values.AccountId).toBe(salesforce.simulator.person.all('Account')[0]?.id);
    expect(salesforce.simulator.usage.used()).toBe(1);
  });

  it('makes all or none: what one failure takes with it is told as halted', async () => {
    const told: unknown[] = [];
    salesforce.simulator.org.changes.subscribe((change) => told.push(change));
    const parts = await composite([...customer, create('bad', 'Lead', { LastName: 'x' })], true);
    expect(parts.map(({ httpStatusCode }) => httpStatusCode)).toEqual([400, 400, 400, 400]);
    expect(parts[0]?.body).toEqual([expect.objectContaining({ errorCode: 'PROCESSING_HALTED' })]);
    expect(parts[3]?.body).toEqual([expect.objectContaining({ errorCode: 'REQUIRED_FIELD_MISSING' })]);
    expect(counts()).toEqual([0, 0, 0]);
    expect(told).toEqual([]);
  });

  it('keeps what worked where that was asked for, and halts what refers to what did not', async () => {
    const parts = await composite(
      [
        create('bad', 'Account', {}),
        ...customer.slice(0, 1),
        create('con', 'Contact', { LastName: 'x', AccountId: '@{bad.id}' }),
      ],
      false,
    );
    expect(parts.map(({ httpStatusCode }) => httpStatusCode)).toEqual([400, 201, 400]);
    expect(parts[2]?.body).toEqual([expect.objectContaining({ errorCode: 'PROCESSING_HALTED' })]);
    expect(counts()).toEqual([1, 0, 0]);
  });

  it('answers five queries, and refuses the sixth', async () => {
    const queries = (count: number) =>
      Array.from({ length: count }, (_, index) => ({
        method: 'GET',
        url: `${base}/query?q=${encodeURIComponent("SELECT Id FROM Opportunity WHERE Name LIKE 'R%'")}`,
        referenceId: `q${index}`,
      }));
    await composite(customer, true);
    const parts = await composite(queries(5), false);
    expect(parts.map(({ body }) => (body as { totalSize: number }).totalSize)).toEqual([1, 1, 1, 1, 1]);
    const tooMany = { compositeRequest: queries(6) };
    expect((await rawCall(salesforce.simulator, 'POST', `${base}/composite`, tooMany)).status).toBe(400);
  });

  it('runs a batch row by row, and each graph as a whole', async () => {
    const batchRequests = [
      { method: 'GET', url: 'v67.0/limits' },
      { method: 'GET', url: 'v67.0/sobjects/Lead/00Q5f00000zzzzz' },
    ];
    const batch = await rawCall(salesforce.simulator, 'POST', `${base}/composite/batch`, { batchRequests });
    expect(batch.body).toMatchObject({ hasErrors: true, results: [{ statusCode: 200 }, { statusCode: 404 }] });
    const graphs = [
      { graphId: 'good', compositeRequest: customer },
      { graphId: 'bad', compositeRequest: [...customer, create('x', 'Lead', {})] },
    ];
    const graph = await rawCall(salesforce.simulator, 'POST', `${base}/composite/graph`, { graphs });
    expect(graph.body).toMatchObject({ graphs: [{ isSuccessful: true }, { isSuccessful: false }] });
    expect(counts()).toEqual([1, 1, 1]);
  });
});

describe('a collection', () => {
  it('creates, changes, reads and deletes many records, each with its own outcome', async () => {
    const { connection } = salesforce;
    const rows = [{ LastName: 'One', Company: 'A' }, { LastName: 'Two' }, { LastName: 'Three', Company: 'C' }];
    const made = await connection.sobject('Lead').create(rows);
    expect(made.map(({ success }) => success)).toEqual([true, false, true]);
    expect(made[1]?.errors).toEqual([
      expect.objectContaining({ statusCode: 'REQUIRED_FIELD_MISSING', fields: ['Company'] }),
    ]);
    const ids = made.flatMap(({ id }) => id ?? []);
    const changed = await connection.sobject('Lead').update(ids.map((Id) => ({ Id, Title: 'CFO' })));
    expect(changed.every(({ success }) => success)).toBe(true);
    const read = await connection.sobject('Lead').retrieve(ids, { fields: ['Title'] });
    expect(read.map(({ Title }): unknown => Title)).toEqual(['CFO', 'CFO']);
    await connection.sobject('Lead').destroy(ids);
    expect(salesforce.simulator.person.all('Lead')).toEqual([]);
  });

  it('takes everything back where it was all or none', async () => {
    const records = [{ LastName: 'One', Company: 'A' }, { LastName: 'Two' }].map((row) => ({
      attributes: { type: 'Lead' },
      ...row,
    }));
    const { status, body } = await rawCall(salesforce.simulator, 'POST', `${base}/composite/sobjects`, {
      allOrNone: true,
      records,
    });
    expect(status).toBe(200);
    const codes = (body as { errors: { statusCode: string }[] }[]).map(({ errors }) => errors[0]?.statusCode);
    expect(codes).toEqual(['ALL_OR_NONE_OPERATION_ROLLED_BACK', 'REQUIRED_FIELD_MISSING']);
    expect(salesforce.simulator.person.all('Lead')).toEqual([]);
  });

  it('upserts by external id, and refuses more than two hundred', async () => {
    salesforce.simulator.person.makeField('Lead.Key__c', { type: 'Text', length: 64, externalId: true, unique: true });
    const rows = [1, 2].map((number) => ({ Key__c: `reg-${number}`, LastName: 'x', Company: 'y' }));
    const first = await salesforce.connection.sobject('Lead').upsert(rows, 'Key__c');
    const second = await salesforce.connection.sobject('Lead').upsert(rows, 'Key__c');
    expect(first.map(({ created }) => created)).toEqual([true, true]);
    expect(second.map(({ created }) => created)).toEqual([false, false]);
    const records = Array.from({ length: 201 }, () => ({ attributes: { type: 'Lead' }, LastName: 'x', Company: 'y' }));
    expect((await rawCall(salesforce.simulator, 'POST', `${base}/composite/sobjects`, { records })).status).toBe(400);
  });
});
