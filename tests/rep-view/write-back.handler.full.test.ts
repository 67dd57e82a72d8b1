import { sql } from 'kysely';
import { moveLink } from '../../src/guard/move-link.handler.js';
import { migrations } from '../../src/migrations.js';
import type { OpenDatabase } from '../../src/platform/database.js';
import { updateRegistration, type RegistrationPatch } from '../../src/registration/registration.store.js';
import { ensureDeals, linksOfRegistrations } from '../../src/sync/crm-link.store.js';
import { startGuardWorld, type GuardWorld } from '../guard/guard-world.js';
import { eachDatabase, emptyTables } from '../support/databases.js';

eachDatabase("the rep's view", (open) => {
  let database: OpenDatabase;
  let world: GuardWorld;

  beforeAll(async () => {
    database = await open({ migrations });
  });
  beforeEach(async () => {
    await emptyTables(database.db);
    world = await startGuardWorld(database.db);
    await enter('reg_1');
    world.clock.advanceMs(60_000);
  });
  afterAll(() => database.close());

  const enter = async (id: string) => {
    await world.register(id);
    await world.push(id);
  };
  const change = (id: string, patch: RegistrationPatch) =>
    world.transact((uow) => updateRegistration(uow.trx, id, patch, uow.now));
  const becomes = (requestedId: string, dealId: string | null) =>
    void world.leads.set(requestedId, { kind: 'converted', requestedId, contactId: 'c1', companyId: 'a1', dealId });
  const isMerged = (requestedId: string, survivorId: string) =>
    void world.leads.set(requestedId, { kind: 'moved', requestedId, survivorId });
  const dueWork = async (): Promise<readonly string[]> => {
    const { rows } = await sql<{ what: string }>`
      select kind || ' ' || key as what from work order by 1`.execute(database.db);
    return rows.map(({ what }) => what);
  };
  const forgetWork = () => sql`delete from work`.execute(database.db);

  describe('of a lead', () => {
    it('follows what is decided, and costs no call where nothing differs', async () => {
      await world.show('reg_1');
      await world.show('reg_1');
      expect(world.written).toEqual([['lead-reg_1']]);
      await change('reg_1', { protected_until: '2026-09-30' });
      await world.show('reg_1');
      expect(world.shown.get('lead-reg_1')).toMatchObject({ status: 'approved', protectedUntil: '2026-09-30' });
      await change('reg_1', { status: 'withdrawn', holds_company: false });
      await world.show('reg_1');
      expect(world.shown.get('lead-reg_1')).toMatchObject({ registrationId: 'reg_1', status: 'withdrawn' });
    });

    it('shows what the registration has cost before there is a deal', async () => {
      world.totals.set('reg_1', [{ currency: 'EUR', status: 'pending', amountMinor: 50_00n }]);
      await world.show('reg_1');
      expect(world.shown.get('lead-reg_1')).toMatchObject({ commission: '50.00', commissionCurrency: 'EUR' });
    });

    it('goes with others in as few calls as the CRM allows', async () => {
      const others = ['reg_2', 'reg_3', 'reg_4', 'reg_5'];
      for (const id of others) await enter(id);
      await world.show('reg_1', ...others);
      expect(world.written.map((ids) => ids.length)).toEqual([2, 2, 1]);
    });

    it('is asked for by its push, for what was decided meanwhile', async () => {
      expect(await dueWork()).toContain('write-back reg_1');
    });

    it('is written again after a death between the call and its note, to the same end', async () => {
      await change('reg_1', { protected_until: '2026-09-30' });
      await sql`alter table rep_views add constraint dead check (crm_id <> 'lead-reg_1')`.execute(database.db);
      await expect(world.show('reg_1')).rejects.toThrow('dead');
      await sql`alter table rep_views drop constraint dead`.execute(database.db);
      await world.show('reg_1');
      await world.show('reg_1');
      expect(world.written).toHaveLength(2);
    });

    it('is not written once it was converted: the guard is asked to follow, and the deal shows it from then on', async () => {
      becomes('lead-reg_1', 'd1');
      await forgetWork();
      await change('reg_1', { protected_until: '2026-09-30' });
      await world.show('reg_1');
      expect(world.shown.get('lead-reg_1')).toMatchObject({ protectedUntil: '2026-06-01' });
      expect(await dueWork()).toEqual(['follow-lead reg_1']);
      await world.follow('reg_1');
      await world.stamp('reg_1');
      await world.show('reg_1');
      expect(world.written).toEqual([['lead-reg_1']]);
      expect(world.shown.get('d1')).toMatchObject({ registrationId: 'reg_1', protectedUntil: '2026-09-30' });
    });

    it('is the survivor’s after a merge, and of two of ours that became one the first is shown', async () => {
      world.clock.advanceMs(60_000);
      await enter('reg_2');
      await world.show('reg_1', 'reg_2');
      isMerged('lead-reg_1', 'lead-reg_2');
      world.shown.delete('lead-reg_1');
      await forgetWork();
      await world.follow('reg_1');
      expect(await dueWork()).toContain('write-back reg_1');
      await world.show('reg_1');
      expect(world.shown.get('lead-reg_2')).toMatchObject({ registrationId: 'reg_1', status: 'approved' });
      await change('reg_1', { status: 'withdrawn', holds_company: false });
      await world.show('reg_1');
      expect(world.shown.get('lead-reg_2')).toMatchObject({ registrationId: 'reg_2', status: 'approved' });
      await world.show('reg_2');
      expect(world.written).toHaveLength(3);
    });

    it('that was deleted is written when it is restored', async () => {
      world.leads.set('lead-reg_1', { kind: 'deleted', requestedId: 'lead-reg_1' });
      await world.follow('reg_1');
      await change('reg_1', { status: 'expired', holds_company: false });
      await world.show('reg_1');
      expect(world.written).toEqual([]);
      world.leads.delete('lead-reg_1');
      await forgetWork();
      await world.follow('reg_1');
      expect(await dueWork()).toContain('write-back reg_1');
      await world.show('reg_1');
      expect(world.shown.get('lead-reg_1')).toMatchObject({ status: 'expired' });
    });

    it('that the CRM refuses is set aside with its words, and the others are written', async () => {
      await enter('reg_2');
      world.refused.set('lead-reg_1', 'Status: bad value for restricted picklist');
      const outcomes = await world.show('reg_1', 'reg_2');
      expect([...outcomes]).toEqual([
        ['reg_1', expect.objectContaining({ kind: 'set-aside', detail: 'Status: bad value for restricted picklist' })],
      ]);
      world.refused.clear();
      await world.show('reg_1', 'reg_2');
      expect(world.written).toEqual([['lead-reg_1', 'lead-reg_2'], ['lead-reg_1']]);
    });
  });

  describe('of a deal whose registration moves', () => {
    const ours = new Map<string, string>();

    beforeEach(async () => {
      becomes('lead-reg_1', 'a');
      await world.follow('reg_1');
      await world.stamp('reg_1');
      const ids = ['a', 'b'];
      const made = await world.transact((uow) => ensureDeals(uow.trx, { id: 'crm', crm: 'salesforce' }, ids, uow.now));
      for (const [crmId, id] of made) ours.set(crmId, id);
      world.totals.set(deal('a'), [{ currency: 'EUR', status: 'pending', amountMinor: 100_00n }]);
      await world.show(deal('a'), deal('b'));
      world.written.splice(0);
    });

    const deal = (crmId: string): string => ours.get(crmId) ?? '';
    const move = async (id: string, to: string) => {
      world.clock.advanceMs(1_000);
      await world.transact(async (uow) => {
        const [link] = await linksOfRegistrations(uow.trx, [id]);
        const about = { actor: { kind: 'system' } as const, reason: 'test', proposalId: null };
        await moveLink(uow, { link: link!, dealId: deal(to), ...about });
      });
    };
    const showBoth = () => world.show(deal('a'), deal('b'));

    it('is taken off the deal it left, and is whole again on one it comes back to', async () => {
      expect(world.shown.get('a')).toMatchObject({ registrationId: 'reg_1', commission: '100.00' });
      await move('reg_1', 'b');
      await world.stamp('reg_1');
      await showBoth();
      expect(world.shown.get('a')).toMatchObject({ registrationId: null, partner: null, commission: null });
      expect(world.shown.get('b')).toMatchObject({ registrationId: 'reg_1', commission: null });
      await move('reg_1', 'a');
      await world.stamp('reg_1');
      await showBoth();
      expect(world.shown.get('a')).toMatchObject({ registrationId: 'reg_1', commission: '100.00' });
      expect(world.shown.get('b')).toMatchObject({ registrationId: null });
    });

    it('is whole again although it came back before anybody had looked', async () => {
      await move('reg_1', 'b');
      await world.stamp('reg_1');
      await move('reg_1', 'a');
      await world.stamp('reg_1');
      await showBoth();
      expect(world.shown.get('a')).toMatchObject({ registrationId: 'reg_1', commission: '100.00' });
    });

    it('is cleared by itself when a write that was under way meanwhile stamped the deal it left once more', async () => {
      world.totals.set(deal('a'), [{ currency: 'EUR', status: 'payable', amountMinor: 100_00n }]);
      const moveAway = async () => {
        await move('reg_1', 'b');
        await world.stamp('reg_1');
        world.shown.delete('b');
      };
      world.interrupt = { when: 'before', act: moveAway };
      await showBoth();
      expect(world.shown.get('a')).toMatchObject({ registrationId: 'reg_1' });
      await showBoth();
      expect(world.shown.get('a')).toMatchObject({ registrationId: null });
      expect(world.shown.get('b')).toMatchObject({ registrationId: 'reg_1' });
    });

    it('is whole again when it left and came back before a write that was under way had its answer', async () => {
      world.totals.set(deal('a'), [{ currency: 'EUR', status: 'payable', amountMinor: 100_00n }]);
      const moveThereAndBack = async () => {
        for (const to of ['b', 'a']) {
          await move('reg_1', to);
          await world.stamp('reg_1');
        }
      };
      world.interrupt = { when: 'after', act: moveThereAndBack };
      await showBoth();
      expect(world.shown.get('a')).toMatchObject({ registrationId: 'reg_1', commission: null });
      await showBoth();
      expect(world.shown.get('a')).toMatchObject({ registrationId: 'reg_1', commissionStatus: 'payable' });
    });

    it('gives way to the registration that was on the deal before, which no two may carry one id for', async () => {
      await change('reg_1', { status: 'expired', holds_company: false });
      await enter('reg_2');
      becomes('lead-reg_2', 'a');
      await world.follow('reg_2');
      await world.stamp('reg_2');
      await showBoth();
      expect(world.shown.get('a')).toMatchObject({ registrationId: 'reg_2' });
      await move('reg_2', 'b');
      await world.stamp('reg_2');
      await showBoth();
      expect(world.shown.get('b')).toMatchObject({ registrationId: 'reg_2' });
      expect(world.shown.get('a')).toMatchObject({ registrationId: 'reg_1', status: 'expired', commission: '100.00' });
    });

    it('is taken off once more when a write that was under way put it back in between', async () => {
      await move('reg_1', 'b');
      const late = world.shown.get('a')!;
      world.interrupt = { when: 'after', act: () => Promise.resolve(void world.shown.set('a', late)) };
      await world.stamp('reg_1');
      expect(['a', 'b'].map((id) => world.shown.get(id)?.registrationId)).toEqual([null, 'reg_1']);
    });

    it('is left to whoever stamps the deal it came to, who has it shown then', async () => {
      await move('reg_1', 'b');
      expect([...(await world.show(deal('b'))).values()]).toEqual([]);
      expect(world.written).toEqual([]);
    });
  });
});
