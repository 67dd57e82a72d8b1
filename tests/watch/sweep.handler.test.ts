import { CrmUnavailable, type ChangePage, type CrmConnector, type CrmDeal } from '../../connectors/contract.js';
import { migrations } from '../../src/migrations.js';
import type { OpenDatabase } from '../../src/platform/database.js';
import { createTransact } from '../../src/platform/unit-of-work.js';
import { ensureConnection, findConnection } from '../../src/sync/connection.store.js';
import { ensureDeals } from '../../src/sync/crm-link.store.js';
import type { DealState } from '../../src/watch/deal-change.js';
import { findDealStates, saveRevisions } from '../../src/watch/deal-state.store.js';
import { claimPending } from '../../src/watch/pending-deal.store.js';
import { createSweep } from '../../src/watch/sweep.handler.js';
import { emptyTables, openTestDatabase } from '../support/databases.js';
import { eventually } from '../support/eventually.js';
import { createTestClock } from '../support/test-clock.js';

const crm = { id: 'crm', crm: 'salesforce', name: 'CRM' } as const;
const queue = {
  wake: () => undefined,
  onWake: () => undefined,
  start: () => Promise.resolve(),
  close: () => Promise.resolve(),
};

function openDeal(crmDealId: string, changes: Partial<CrmDeal> = {}): CrmDeal {
  return {
    ...{ crmDealId, name: 'Acme', pipelineId: null, stageId: 'new', stageLabel: 'New', outcome: 'open' },
    ...{
      amount: '100.00',
      currency: 'EUR',
      closeDate: null,
      ownerId: null,
      registrationId: null,
      partner: null,
      mergedIds: [],
    },
    ...{ createdAt: null, modifiedAt: null, stageHistory: null, fields: {} },
    ...changes,
  };
}

const page = (changes: Partial<ChangePage>): ChangePage => ({
  ...{ deals: [], asRead: true, archivedIds: [], leadIds: [], cursor: 'end', more: false },
  ...changes,
});

describe('a sweep', () => {
  let database: OpenDatabase;
  let ours: ReadonlyMap<string, string>;
  const clock = createTestClock();

  beforeAll(async () => {
    database = await openTestDatabase({ migrations });
  });
  beforeEach(async () => {
    await emptyTables(database.db);
    ours = await transact(async (uow) => {
      await ensureConnection(uow.trx, crm, uow.now);
      return ensureDeals(uow.trx, crm, ['d1', 'd2'], uow.now);
    });
  });
  afterAll(() => database.close());

  const transact: ReturnType<typeof createTransact> = (act) => createTransact({ db: database.db, queue, clock })(act);

  /** Sweeps over what the CRM answers, one answer for each page. */
  const sweep = (answers: readonly (() => ChangePage)[], dealsChanged = () => Promise.resolve()) => {
    let asked = 0;
    const connector: Pick<CrmConnector, 'changesSince'> = {
      changesSince: () => {
        const answer = answers[asked];
        asked += 1;
        if (answer === undefined) throw new Error('nobody should ask on');
        return new Promise((resolve) => {
          resolve(answer());
        });
      },
    };
    clock.advanceMs(1_000);
    const run = createSweep({ db: database.db, clock, transact, dealsChanged })(crm.id, connector);
    return { run, asked: () => asked };
  };
  const stateOf = async (crmDealId: string) => {
    const id = ours.get(crmDealId) ?? '';
    return (await findDealStates(database.db, [id])).get(id)?.state;
  };
  const pending = async (history: boolean) => {
    const lane = { connectionId: crm.id, history, wonStageIds: [] };
    const now = clock.now();
    return (await claimPending(database.db, lane, 10, now, now)).map((deal) => deal.crmDealId);
  };

  it('stores deals as the page shows them, where that is as good as reading them, and reads none', async () => {
    await sweep([() => page({ deals: [openDeal('d1'), openDeal('d2', { amount: '7.00' }), openDeal('stranger')] })])
      .run;
    expect([(await stateOf('d1'))?.amount, (await stateOf('d2'))?.amount]).toEqual(['100.00', '7.00']);
    expect([await pending(false), await pending(true)]).toEqual([[], []]);
  });

  it('has them read where the page may be late', async () => {
    await sweep([() => page({ asRead: false, deals: [openDeal('d1')], archivedIds: ['d2'] })]).run;
    expect(await stateOf('d1')).toBeUndefined();
    expect(await pending(false)).toEqual(['d1']);
    await sweep([() => page({ deals: [openDeal('d2')] })]).run;
    await sweep([() => page({ asRead: false, archivedIds: ['d2', 'stranger'] })]).run;
    expect(await pending(false)).toEqual(['d1', 'd2']);
  });

  it('has a win read with its history, which alone says when it was won', async () => {
    await sweep([() => page({ deals: [openDeal('d1', { outcome: 'won', stageId: 'signed' })] })]).run;
    expect(await pending(true)).toEqual(['d1']);
  });

  it('notices what stands deleted, and that it is back', async () => {
    await sweep([() => page({ deals: [openDeal('d1')] })]).run;
    await sweep([() => page({ archivedIds: ['d1'] })]).run;
    expect((await stateOf('d1'))?.presence).toBe('archived');
    await sweep([() => page({ deals: [openDeal('d1')] })]).run;
    expect((await stateOf('d1'))?.presence).toBe('present');
  });

  it('asks for the next page while it stores one', async () => {
    const swept = sweep(
      [
        () => page({ deals: [openDeal('d1')], cursor: 'first', more: true }),
        () => page({ deals: [openDeal('d2')], cursor: 'second' }),
      ],
      // Called inside the transaction that stores the first page.
      () => eventually('the second page was asked for', () => swept.asked() === 2),
    );
    await swept.run;
    expect(await stateOf('d2')).toBeDefined();
    expect((await findConnection(database.db, crm.id))?.sweep_cursor).toBe('second');
  });

  it('stays behind the last page it stored when the next one does not come', async () => {
    const away = new CrmUnavailable({ operation: 'look for changes', vendorMessage: 'away' });
    const { run } = sweep([
      () => page({ deals: [openDeal('d1')], cursor: 'first', more: true }),
      () => {
        throw away;
      },
    ]);
    await expect(run).rejects.toBe(away);
    expect((await findConnection(database.db, crm.id))?.sweep_cursor).toBe('first');
    expect(await stateOf('d1')).toBeDefined();
  });

  it('looks again where another worker has written the same revision first', async () => {
    await sweep([() => page({ deals: [openDeal('d1')] })]).run;
    const id = ours.get('d1') ?? '';
    const known = (await findDealStates(database.db, [id])).get(id);
    const same = { dealId: id, revision: 1, state: known!.state, changes: [], crmModifiedAt: null };
    // The code with which a transaction is run once more from its beginning.
    await expect(transact((uow) => saveRevisions(uow.trx, [same], uow.now))).rejects.toMatchObject({ code: '40001' });
  });

  it('has a deal read again that was written about since it asked, in the very second that both tell', async () => {
    const modifiedAt = '2026-03-02T10:00:00.000Z';
    await sweep([
      () => {
        // While the page is on its way a reader is faster, with what the record says a moment later.
        const state = { ...emptyState, amount: '200.00' };
        clock.advanceMs(1_000);
        void written.push(
          transact((uow) =>
            saveRevisions(
              uow.trx,
              [{ dealId: ours.get('d1') ?? '', revision: 1, state, changes: [], crmModifiedAt: modifiedAt }],
              uow.now,
            ),
          ),
        );
        return page({ deals: [openDeal('d1', { modifiedAt })] });
      },
    ]).run;
    await Promise.all(written);
    expect((await stateOf('d1'))?.amount).toBe('200.00');
    expect(await pending(true)).toEqual(['d1']);
  });
});

const written: Promise<void>[] = [];
const emptyState: DealState = {
  ...{ name: 'Acme', pipelineId: null, stageId: 'new', stageLabel: 'New', outcome: 'open', presence: 'present' },
  ...{
    amount: '100.00',
    currency: 'EUR',
    closeDate: null,
    ownerId: null,
    wonAt: null,
    stampedRegistrationId: null,
    stampedPartner: null,
  },
  fields: {},
};
