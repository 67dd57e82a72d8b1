import { connect, rawCall, refusalOf, useSimulatedSalesforce } from '../simulated-salesforce.js';

const salesforce = useSimulatedSalesforce();

const day = { CloseDate: '2026-12-31', StageName: 'Prospecting' };

function makeOpportunities(count: number): readonly string[] {
  const { person } = salesforce.simulator;
  return Array.from({ length: count }, (_, index) => person.create('Opportunity', { ...day, Name: `Deal ${index}` }));
}

async function names(soql: string): Promise<readonly unknown[]> {
  return (await salesforce.connection.query(soql)).records.map((row): unknown => row.Name);
}

describe('a query', () => {
  it('comes in pages as small as the org makes them, and the client fetches them all', async () => {
    makeOpportunities(5);
    salesforce.simulator.configure({ queryPageSize: 2 });
    const first = await salesforce.connection.query('SELECT Name FROM Opportunity');
    expect(first).toMatchObject({ totalSize: 5, done: false });
    expect(first.records).toHaveLength(2);
    expect(first.nextRecordsUrl).toMatch(/\/services\/data\/v67\.0\/query\/01g\w{15}-2$/);
    const all = await salesforce.connection.query('SELECT Name FROM Opportunity', { autoFetch: true, maxFetch: 100 });
    expect(all.records).toHaveLength(5);
  });

  it('shows later pages as things were when it was asked', async () => {
    const ids = makeOpportunities(3);
    salesforce.simulator.configure({ queryPageSize: 2 });
    const first = await salesforce.connection.query('SELECT Name FROM Opportunity');
    salesforce.simulator.person.delete(ids[2] ?? '');
    const rest = await salesforce.connection.queryMore(first.nextRecordsUrl ?? '');
    expect(rest).toMatchObject({ done: true, records: [expect.objectContaining({ Name: 'Deal 2' })] });
  });

  it('cannot be continued once its locator has expired', async () => {
    makeOpportunities(3);
    salesforce.simulator.configure({ queryPageSize: 2 });
    const first = await salesforce.connection.query('SELECT Name FROM Opportunity');
    salesforce.simulator.expireLocators();
    expect(await refusalOf(salesforce.connection.queryMore(first.nextRecordsUrl ?? ''))).toMatchObject({
      errorCode: 'INVALID_QUERY_LOCATOR',
    });
  });

  it('sees deleted records only where it asks for all', async () => {
    const [id = ''] = makeOpportunities(2);
    salesforce.simulator.person.delete(id);
    expect(await names('SELECT Name FROM Opportunity')).toEqual(['Deal 1']);
    expect(await names('SELECT Name FROM Opportunity ALL ROWS')).toEqual(['Deal 0', 'Deal 1']);
    const all = await salesforce.connection.query('SELECT Id, IsDeleted FROM Opportunity WHERE IsDeleted = true', {
      scanAll: true,
    });
    expect(all.records).toEqual([expect.objectContaining({ Id: id, IsDeleted: true })]);
  });

  it('brings parents and children along', async () => {
    const { person } = salesforce.simulator;
    const AccountId = person.create('Account', { Name: 'Brightwater' });
    person.create('Opportunity', { ...day, Name: 'Rollout', AccountId });
    person.create('Opportunity', { ...day, Name: 'Alone' });
    const found = await salesforce.connection.query(
      'SELECT Name, Account.Name, Account.Owner.Name, (SELECT ContactId FROM OpportunityContactRoles) FROM Opportunity ORDER BY Name',
    );
    expect(found.records).toEqual([
      expect.objectContaining({ Name: 'Alone', Account: null, OpportunityContactRoles: null }),
      expect.objectContaining({
        Account: expect.objectContaining({ Name: 'Brightwater', Owner: expect.objectContaining({ Name: 'Rosa Rep' }) }),
      }),
    ]);
    const down = await salesforce.connection.query(
      `SELECT Id, (SELECT Name FROM Opportunities WHERE Amount = null ORDER BY Name LIMIT 1) FROM Account WHERE Id = '${AccountId.slice(0, 15)}'`,
    );
    expect(down.records[0]?.Opportunities).toMatchObject({ totalSize: 1, records: [{ Name: 'Rollout' }] });
  });

  it('cannot select what the user is not shown', async () => {
    const { person } = salesforce.simulator;
    person.makeField('Opportunity.Hidden__c', { type: 'Text', length: 10 }, false);
    expect(await refusalOf(salesforce.connection.query('SELECT Hidden__c FROM Opportunity'))).toMatchObject({
      errorCode: 'INVALID_FIELD',
      message: expect.stringContaining("No such column 'Hidden__c' on entity 'Opportunity'"),
    });
  });

  it('has no currency where the org has one, and all of them where it has more', async () => {
    const ask = 'SELECT CurrencyIsoCode FROM Opportunity';
    expect(await refusalOf(salesforce.connection.query(ask))).toMatchObject({ errorCode: 'INVALID_FIELD' });
    expect(await refusalOf(salesforce.connection.query('SELECT Id FROM CurrencyType'))).toMatchObject({
      errorCode: 'INVALID_TYPE',
    });
    salesforce.simulator.configure({ multiCurrency: true, datedRates: true });
    salesforce.simulator.person.create('Opportunity', { ...day, Name: 'Zürich', CurrencyIsoCode: 'CHF' });
    expect((await salesforce.connection.query(ask)).records).toEqual([
      expect.objectContaining({ CurrencyIsoCode: 'CHF' }),
    ]);
    const rates = await salesforce.connection.query(
      "SELECT ConversionRate FROM DatedConversionRate WHERE IsoCode = 'EUR'",
    );
    expect(rates.records).toEqual([expect.objectContaining({ ConversionRate: 0.9 })]);
  });

  it('counts', async () => {
    makeOpportunities(3);
    expect((await salesforce.connection.query('SELECT COUNT() FROM Opportunity')).totalSize).toBe(3);
  });

  it('finds what changed since a moment, in order, and a late commit only when it is there', async () => {
    const { person, org } = salesforce.simulator;
    const late = person.begin();
    const early = late.create('Opportunity', { ...day, Name: 'Stamped first' });
    const [seen = ''] = makeOpportunities(1);
    const sweep = async () =>
      (
        await salesforce.connection.query(
          `SELECT Id FROM Opportunity WHERE SystemModstamp >= ${new Date(org.now() - 5000).toISOString()} ORDER BY SystemModstamp, Id LIMIT 2000`,
        )
      ).records.map(({ Id }) => Id);
    expect(await sweep()).toEqual([seen]);
    late.commit();
    expect(await sweep()).toEqual(expect.arrayContaining([early, seen]));
    const [first, second] = [early, seen].map((id) => String(person.read(id)?.values.SystemModstamp));
    expect(String(first) <= String(second)).toBe(true);
  });

  it('must be readable', async () => {
    const path = '/services/data/v67.0/query';
    expect((await rawCall(salesforce.simulator, 'GET', path)).body).toEqual([
      expect.objectContaining({ errorCode: 'MALFORMED_QUERY' }),
    ]);
    const twice = await refusalOf(salesforce.connection.query('SELECT Id, id FROM Lead'));
    expect(twice.message).toContain('duplicate field selected');
  });

  it('answers another user by what that user is shown', async () => {
    const { simulator } = salesforce;
    simulator.person.makeField('Lead.Secret__c', { type: 'Text', length: 10 }, false);
    const setId = simulator.person.create('PermissionSet', { Name: 'Secrets', Label: 'Secrets' });
    simulator.person.create('FieldPermissions', {
      ParentId: setId,
      SobjectType: 'Lead',
      Field: 'Lead.Secret__c',
      PermissionsRead: true,
    });
    simulator.person.create('PermissionSetAssignment', { PermissionSetId: setId, AssigneeId: simulator.people.rep });
    const rep = connect(simulator, simulator.sessions.open(simulator.people.rep));
    expect((await rep.query('SELECT Secret__c FROM Lead')).totalSize).toBe(0);
    await refusalOf(salesforce.connection.query('SELECT Secret__c FROM Lead'));
    expect(await refusalOf(rep.sobject('Lead').create({ LastName: 'a', Company: 'b', Secret__c: 'c' }))).toMatchObject({
      errorCode: 'INVALID_FIELD_FOR_INSERT_UPDATE',
    });
  });
});
