import { hubspotDealAt } from '../../connectors/hubspot/deal-address.js';
import { salesforceDealAt } from '../../connectors/salesforce/deal-address.js';
import { movesOf } from '../../src/guard/link-move.store.js';
import { createRelink } from '../../src/guard/relink.handler.js';
import { migrations } from '../../src/migrations.js';
import type { OpenDatabase } from '../../src/platform/database.js';
import { linksOfRegistrations } from '../../src/sync/crm-link.store.js';
import { eachDatabase, emptyTables } from '../support/databases.js';
import { standingOf, startGuardWorld, type GuardWorld } from './guard-world.js';

const actor = { kind: 'operator', id: 'key_1', name: 'Rev ops' } as const;
const first = '0065g00000ABCDEAA5';
const other = '0065g00000ABCDFAA5';
const at = (id: string) => `https://acme.lightning.force.com/lightning/r/Opportunity/${id}/view`;

eachDatabase('a deal that is given by its address', (open) => {
  let database: OpenDatabase;
  let world: GuardWorld;
  const relink = createRelink({ hubspot: hubspotDealAt, salesforce: salesforceDealAt });

  beforeAll(async () => {
    database = await open({ migrations });
  });
  beforeEach(async () => {
    await emptyTables(database.db);
    world = await startGuardWorld(database.db);
    await world.register('reg_1');
    await world.push('reg_1');
  });
  afterAll(() => database.close());

  const give = (address: string, more: { insteadOf?: string | null; registrationId?: string } = {}) =>
    world.transact((uow) =>
      relink(uow, { registrationId: 'reg_1', reason: 'the rep began anew', actor, address, ...more }),
    );
  const moves = () => movesOf(database.db, 'reg_1', 10);

  it('is the registration’s from then on, with who said so and why', async () => {
    await give(at(first));
    expect(await standingOf(database.db)).toMatchObject({ deal: first, moves: 1, audits: 1 });
    expect(await moves()).toMatchObject([{ from_deal_id: null, reason: 'the rep began anew' }]);
  });

  it('is given once however often it is sent', async () => {
    await give(at(first));
    await give(at(first), { insteadOf: null });
    expect(await moves()).toHaveLength(1);
  });

  it('can be another one later, and what it was before is kept', async () => {
    await give(at(first));
    const [link] = await linksOfRegistrations(database.db, ['reg_1']);
    await give(at(other), { insteadOf: link?.deal_id ?? null });
    expect(await moves()).toMatchObject([{ from_deal_id: link?.deal_id }, { from_deal_id: null }]);
    expect(await standingOf(database.db)).toMatchObject({ deal: other });
  });

  it('stays as somebody else decided meanwhile, and says who', async () => {
    await give(at(first));
    await expect(give(at(other), { insteadOf: null })).rejects.toThrow(/another deal than the one you saw.*key_1/);
    expect(await standingOf(database.db)).toMatchObject({ deal: first, moves: 1 });
  });

  it('is refused where another registration that stands has it', async () => {
    await world.register('reg_2');
    await world.push('reg_2');
    await give(at(first), { registrationId: 'reg_2' });
    await expect(give(at(first))).rejects.toThrow(/belongs to another registration/);
  });

  it.each([
    ['another vendor', 'https://app.hubspot.com/contacts/4711/record/0-3/9001', /of the CRM account/],
    ['no deal', 'the deal of Brightwater', /address of a deal/],
  ])('is refused at an address of %s', async (_what, address, words) => {
    await expect(give(address)).rejects.toThrow(words);
    expect(await moves()).toEqual([]);
  });

  it('is refused where another one was approved for it and is not in the CRM yet', async () => {
    await give(at(first));
    const [link] = await linksOfRegistrations(database.db, ['reg_1']);
    const dealId = link?.deal_id ?? '';
    await give(at(other), { insteadOf: dealId });
    await world.register('reg_2');
    const attached = { attach_deal_id: dealId };
    await database.db.updateTable('registrations').set(attached).where('id', '=', 'reg_2').execute();
    await expect(give(at(first))).rejects.toThrow(/another registration/i);
  });

  it('is refused before the registration is in the CRM', async () => {
    await world.register('reg_3');
    await expect(give(at(first), { registrationId: 'reg_3' })).rejects.toThrow(/not in the CRM yet/);
    await expect(give(at(first), { registrationId: 'reg_9' })).rejects.toThrow(/no registration/);
  });
});
