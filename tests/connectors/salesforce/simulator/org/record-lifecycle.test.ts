import { rawCall, refusalOf, useSimulatedSalesforce } from '../simulated-salesforce.js';

const salesforce = useSimulatedSalesforce();

const day = { CloseDate: '2026-12-31', StageName: 'Prospecting' };

function customer() {
  const { person } = salesforce.simulator;
  const AccountId = person.create('Account', { Name: 'Brightwater' });
  const contactId = person.create('Contact', { LastName: 'Okafor', AccountId });
  const opportunityId = person.create('Opportunity', { ...day, Name: 'Rollout', AccountId });
  return { accountId: AccountId, contactId, opportunityId };
}

function isDeleted(id: string): unknown {
  return salesforce.simulator.person.read(id)?.values.IsDeleted;
}

describe('the recycle bin', () => {
  it('takes what hangs on an account along, and gives it back together', () => {
    const { person } = salesforce.simulator;
    const { accountId, contactId, opportunityId } = customer();
    person.delete(accountId);
    expect([accountId, contactId, opportunityId].map(isDeleted)).toEqual([true, true, true]);
    person.undelete(accountId);
    expect([accountId, contactId, opportunityId].map(isDeleted)).toEqual([false, false, false]);
  });

  it('leaves what was deleted before where it is', () => {
    const { person } = salesforce.simulator;
    const { accountId, opportunityId } = customer();
    person.delete(opportunityId);
    person.delete(accountId);
    person.undelete(accountId);
    expect(isDeleted(opportunityId)).toBe(true);
  });

  it('tells of a deal with line items that it is gone, and nothing else of the deal', () => {
    const { person, org } = salesforce.simulator;
    const { opportunityId } = customer();
    person.create('OpportunityLineItem', { OpportunityId: opportunityId, Quantity: 2, UnitPrice: 10 });
    const told: string[] = [];
    org.changes.subscribe(({ entity, changeType }) => told.push(`${entity} ${changeType}`));
    person.delete(opportunityId);
    expect(told).toEqual(['Opportunity DELETE', 'OpportunityLineItem DELETE']);
    person.undelete(opportunityId);
    expect(person.read(opportunityId)?.values).toMatchObject({ Amount: 20, HasOpportunityLineItem: true });
  });

  it('does not take an account with won deals', () => {
    const { person } = salesforce.simulator;
    const { accountId, opportunityId } = customer();
    person.update(opportunityId, { StageName: 'Closed Won' });
    expect(() => person.delete(accountId)).toThrow(/closed won: Rollout/);
  });

  it('can be emptied, and then nothing knows the record any more', async () => {
    const { person } = salesforce.simulator;
    const { opportunityId } = customer();
    person.delete(opportunityId);
    person.emptyRecycleBin();
    expect(await refusalOf(salesforce.connection.sobject('Opportunity').retrieve(opportunityId))).toMatchObject({
      errorCode: 'NOT_FOUND',
    });
    const all = await salesforce.connection.query(`SELECT Id FROM Opportunity WHERE Id = '${opportunityId}'`, {
      scanAll: true,
    });
    expect(all.totalSize).toBe(0);
  });

  it('gives back no record that was merged', () => {
    const { person } = salesforce.simulator;
    const [master = '', loser = ''] = ['A', 'B'].map((Company) => person.create('Lead', { LastName: 'x', Company }));
    person.merge(master, [loser]);
    expect(() => person.undelete(loser)).toThrow(/merged/);
  });
});

describe('merging accounts', () => {
  it('moves contacts and opportunities to the master', () => {
    const { person } = salesforce.simulator;
    const master = person.create('Account', { Name: 'Brightwater Group' });
    const { accountId, contactId, opportunityId } = customer();
    person.merge(master, [accountId]);
    expect(person.read(opportunityId)?.values.AccountId).toBe(master);
    expect(person.read(contactId)?.values.AccountId).toBe(master);
    expect(person.read(accountId)?.values).toMatchObject({ IsDeleted: true, MasterRecordId: master });
  });
});

describe('what was updated and deleted', () => {
  const path = (what: string, from: number, to: number) =>
    `/services/data/v67.0/sobjects/Opportunity/${what}?start=${encodeURIComponent(new Date(from).toISOString())}&end=${encodeURIComponent(new Date(to).toISOString())}`;

  it('is told by id, and only as far as no transaction is open', async () => {
    const { person, org } = salesforce.simulator;
    const { opportunityId } = customer();
    const gone = person.create('Opportunity', { ...day, Name: 'Gone' });
    person.delete(gone);
    const [from, to] = [org.now() - 60_000, org.now() + 60_000];
    const updated = await rawCall(salesforce.simulator, 'GET', path('updated', from, to));
    expect(updated.body).toMatchObject({ ids: [opportunityId] });
    const deleted = await rawCall(salesforce.simulator, 'GET', path('deleted/', from, to));
    expect(deleted.body).toMatchObject({ deletedRecords: [{ id: gone }] });
    const late = person.begin();
    const covered = (await rawCall(salesforce.simulator, 'GET', path('updated/', from, to))).body;
    const { latestDateCovered } = covered as { latestDateCovered: string };
    expect(Date.parse(latestDateCovered.replace('+0000', 'Z'))).toBeLessThanOrEqual(org.now());
    late.rollback();
  });

  it('is not told for more than thirty days', async () => {
    const { org } = salesforce.simulator;
    const answer = await rawCall(salesforce.simulator, 'GET', path('updated', org.now() - 31 * 86_400_000, org.now()));
    expect(answer.body).toEqual([expect.objectContaining({ errorCode: 'INVALID_REPLICATION_DATE' })]);
  });
});

describe('a transaction that takes its time', () => {
  it('holds its rows, and is seen at its end with the time of its statements', () => {
    const { person, org } = salesforce.simulator;
    const { opportunityId } = customer();
    const told: unknown[] = [];
    org.changes.subscribe(({ entity, changeType }) => told.push([entity, changeType]));
    const late = person.begin();
    late.update(opportunityId, { StageName: 'Closed Won' });
    expect(() => person.update(opportunityId, { Amount: 1 })).toThrow(/exclusive access/);
    expect(person.read(opportunityId)?.values.StageName).toBe('Prospecting');
    expect(told).toEqual([]);
    late.commit();
    expect(person.read(opportunityId)?.values.StageName).toBe('Closed Won');
    expect(told).toEqual([['Opportunity', 'UPDATE']]);
  });

  it('writes nothing when one of its statements is refused', () => {
    const { person } = salesforce.simulator;
    const late = person.begin();
    const id = late.create('Account', { Name: 'Brightwater' });
    late.create('Lead', {});
    expect(() => late.commit()).toThrow(/Required fields/);
    expect(person.read(id)).toBeUndefined();
  });
});
