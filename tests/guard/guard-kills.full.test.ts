import { sql } from 'kysely';
import { acceptProposal } from '../../src/guard/decide-proposal.handler.js';
import { listProposals } from '../../src/guard/link-proposal.store.js';
import { migrations } from '../../src/migrations.js';
import type { OpenDatabase } from '../../src/platform/database.js';
import { eachDatabase, emptyTables } from '../support/databases.js';
import { freshDeal, standingOf, startGuardWorld } from './guard-world.js';

class Killed extends Error {}

const operator = { kind: 'operator', id: 'key_1', name: 'Rev ops' } as const;
const withinMs = 240_000;

eachDatabase('a lead shown, converted without a deal, and a proposal accepted and shown', (open) => {
  let database: OpenDatabase;
  /** How many statements may still run; the process dies at the next. */
  let statementsLeft = Number.POSITIVE_INFINITY;

  beforeAll(async () => {
    const onQuery = (statement: string): void => {
      if (/^(begin|commit|rollback)/i.test(statement)) return;
      if (statementsLeft <= 0) throw new Killed(`killed after ${statement}`);
      statementsLeft -= 1;
    };
    database = await open({ migrations, onQuery });
  });
  afterAll(() => database.close());

  /** The way from the conversion to the decision; after the statement number `killAt`, from 0, the process dies once. */
  const walk = async (killAt: number) => {
    await emptyTables(database.db);
    const world = await startGuardWorld(database.db);
    await world.register('reg_1');
    await world.push('reg_1');
    world.clock.advanceMs(60_000);
    const requestedId = 'lead-reg_1';
    world.around.push(freshDeal('d1', world.clock), freshDeal('d2', world.clock));
    const accept = async () => {
      const [likeliest] = await listProposals(database.db, {}, 1);
      const decision = { id: likeliest?.id ?? '', actor: operator, reason: null };
      return world.transact((uow) => acceptProposal(uow, decision));
    };
    let kills = 0;
    statementsLeft = killAt;
    const stamp = () => world.stamp('reg_1');
    const show = async () => {
      const { rows } = await sql<{ key: string }>`select key from work where kind = 'write-back'`.execute(database.db);
      await world.show(...rows.map(({ key }) => key));
    };
    const convert = () => {
      world.leads.set(requestedId, { kind: 'converted', requestedId, contactId: 'c1', companyId: 'a1', dealId: null });
      return Promise.resolve();
    };
    const steps = [show, convert, () => world.follow('reg_1'), () => world.guard('reg_1'), accept, stamp, show];
    for (const step of steps) {
      try {
        await step();
      } catch (error) {
        statementsLeft = Number.POSITIVE_INFINITY;
        if (!String(error).includes('killed after')) throw error;
        kills += 1;
        await step();
      }
    }
    statementsLeft = Number.POSITIVE_INFINITY;
    return { kills, end: { ...(await standingOf(database.db)), shown: [...world.shown.values()] } };
  };

  it(
    'ends in the same place wherever the process is killed',
    async () => {
      const undisturbed = await walk(Number.POSITIVE_INFINITY);
      expect(undisturbed.end).toMatchObject({ proposals: ['accepted', 'superseded'], moves: 1, audits: 1, alarms: [] });
      expect(undisturbed.end.shown.map(({ registrationId }) => registrationId)).toEqual(['reg_1', 'reg_1']);
      let killAt = 0;
      for (let killed = true; killed; killAt += 1) {
        const { kills, end } = await walk(killAt);
        expect({ killAt, end }).toEqual({ killAt, end: undisturbed.end });
        killed = kills > 0;
      }
      expect(killAt).toBeGreaterThan(30);
    },
    withinMs,
  );
});
