import { sql } from 'kysely';
import { acceptProposal, rejectProposal } from '../../src/guard/decide-proposal.handler.js';
import { listProposals } from '../../src/guard/link-proposal.store.js';
import { migrations } from '../../src/migrations.js';
import type { OpenDatabase } from '../../src/platform/database.js';
import { eachDatabase, emptyTables } from '../support/databases.js';
import { freshDeal, standingOf, startGuardWorld, type GuardWorld } from './guard-world.js';

const operator = { kind: 'operator', id: 'key_1', name: 'Rev ops' } as const;

eachDatabase('what becomes of a lead', (open) => {
  let database: OpenDatabase;
  let world: GuardWorld;

  beforeAll(async () => {
    database = await open({ migrations });
  });
  beforeEach(async () => {
    await emptyTables(database.db);
    world = await startGuardWorld(database.db);
    await world.register('reg_1');
    await world.push('reg_1');
    world.clock.advanceMs(60_000);
  });
  afterAll(() => database.close());

  const standing = () => standingOf(database.db);
  const convert = (dealId: string | null, requestedId = 'lead-reg_1') =>
    void world.leads.set(requestedId, { kind: 'converted', requestedId, contactId: 'c1', companyId: 'a1', dealId });
  const followAndGuard = async () => {
    await world.follow('reg_1');
    await world.guard('reg_1');
  };

  it('is one lead with the partner’s registration, and no contact or company is made beside it', async () => {
    await world.push('reg_1');
    expect(world.ensured).toMatchObject([{ registrationId: 'reg_1', mayExist: false, deal: { name: 'Acme' } }]);
    expect(await standing()).toMatchObject({ deal: null, lead: 'lead-reg_1', state: 'open' });
  });

  it('follows it to the deal a seller made of it', async () => {
    convert('d1');
    await followAndGuard();
    expect(await standing()).toMatchObject({ deal: 'd1', state: 'converted', moves: 1, alarms: [] });
  });

  it('follows it into the lead it was merged with, and from there to the deal', async () => {
    world.leads.set('lead-reg_1', { kind: 'moved', requestedId: 'lead-reg_1', survivorId: 'lead-9' });
    convert('d1', 'lead-9');
    await world.follow('reg_1');
    expect(await standing()).toMatchObject({ lead: 'lead-9', deal: null });
    await followAndGuard();
    expect(await standing()).toMatchObject({ lead: 'lead-9', deal: 'd1' });
  });

  it('calls a person when it is converted without a deal, until one that can only be meant is made', async () => {
    convert(null);
    await followAndGuard();
    await world.guard('reg_1');
    expect(await standing()).toMatchObject({ deal: null, alarms: ['The lead was converted without a deal'] });
    world.around.push(freshDeal('d2', world.clock));
    await world.guard('reg_1');
    expect(await standing()).toMatchObject({ deal: 'd2', proposals: [], alarms: [] });
  });

  it('proposes the open deal that was there before when it is converted into an existing customer', async () => {
    convert(null);
    world.around.push(freshDeal('old', world.clock, { createdAt: '2025-12-01T09:00:00.000Z' }));
    await followAndGuard();
    expect(await standing()).toMatchObject({ deal: null, proposals: ['open'] });
    const [proposal] = await listProposals(database.db, {}, 1);
    await world.transact((uow) => acceptProposal(uow, { id: proposal?.id ?? '', actor: operator, reason: null }));
    expect(await standing()).toMatchObject({ deal: 'old', proposals: ['accepted'], moves: 1, alarms: [] });
  });

  it('gives two leads that were converted into one deal no deal twice', async () => {
    convert('d1');
    await followAndGuard();
    await world.register('reg_2');
    await world.push('reg_2');
    convert('d1', 'lead-reg_2');
    await world.follow('reg_2');
    world.around.push(freshDeal('d1', world.clock));
    await world.guard('reg_2');
    const { rows } = await sql<{ deal_id: string | null }>`
      select deal_id from crm_links where registration_id = 'reg_2'`.execute(database.db);
    expect(rows).toEqual([{ deal_id: null }]);
    expect((await standing()).alarms).toEqual(['The lead was converted without a deal']);
  });

  it('says that it was deleted, and nothing any more once it is restored', async () => {
    world.leads.set('lead-reg_1', { kind: 'deleted', requestedId: 'lead-reg_1' });
    await followAndGuard();
    expect(await standing()).toMatchObject({ state: 'deleted', alarms: ['The lead was deleted in the CRM'] });
    world.leads.delete('lead-reg_1');
    await followAndGuard();
    expect(await standing()).toMatchObject({ state: 'open', alarms: [] });
  });

  it('is not asked about again after the last proposal was rejected', async () => {
    convert(null);
    world.around.push(freshDeal('d1', world.clock), freshDeal('d2', world.clock));
    await followAndGuard();
    for (const { id } of await listProposals(database.db, {}, 10)) {
      await world.transact((uow) => rejectProposal(uow, { id, actor: operator, reason: 'no' }));
    }
    await world.guard('reg_1');
    expect(await standing()).toMatchObject({ deal: null, proposals: ['rejected', 'rejected'], alarms: [] });
  });
});
