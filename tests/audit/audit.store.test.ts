import { sql } from 'kysely';
import { recordAudit, listAudit } from '../../src/audit/audit.store.js';
import { auditMigration } from '../../src/audit/0100-audit.migration.js';
import { auditPeopleMigration } from '../../src/audit/0795-audit-people.migration.js';
import { workMigration } from '../../src/platform/0001-work.migration.js';
import type { OpenDatabase } from '../../src/platform/database.js';
import type { UnitOfWork } from '../../src/platform/unit-of-work.js';
import { eachDatabase } from '../support/databases.js';

class ChangedMyMind extends Error {}

eachDatabase('the audit log', (open) => {
  let database: OpenDatabase;

  beforeAll(async () => {
    database = await open({ migrations: [workMigration, auditMigration, auditPeopleMigration] });
  });
  afterAll(async () => {
    await database.close();
  });

  const inTransaction = (act: (uow: UnitOfWork) => Promise<void>): Promise<void> =>
    database.db
      .transaction()
      .execute((trx) =>
        act({ trx, now: new Date('2026-03-02T09:00:00Z'), enqueue: () => Promise.resolve(), wake: () => undefined }),
      );

  it('remembers who did what to what', async () => {
    await inTransaction((uow) =>
      recordAudit(
        uow,
        { actor: { kind: 'operator', id: 'key_1', name: 'Olga' }, action: 'a.b', subject: { type: 'a', id: '1' } },
        { actor: { kind: 'partner', partnerId: 'par_1', keyId: null }, action: 'a.c', subject: { type: 'a', id: '1' } },
        { actor: { kind: 'system' }, action: 'a.d', subject: { type: 'a', id: '2' }, details: { days: 90 } },
      ),
    );
    const rows = await listAudit(database.db, {}, 10);
    expect(rows.map((row) => [row.action, row.actor_kind, row.actor_id, row.actor_name, row.details])).toEqual([
      ['a.d', 'system', null, null, { days: 90 }],
      ['a.c', 'partner', 'par_1', null, {}],
      ['a.b', 'operator', 'key_1', 'Olga', {}],
    ]);
    expect(await listAudit(database.db, { subjectType: 'a', subjectId: '1', actorId: 'par_1' }, 10)).toHaveLength(1);
    expect(await listAudit(database.db, { action: 'a.d', beforeId: rows[0]!.id }, 10)).toEqual([]);
  });

  it('remembers nothing of an act that did not happen', async () => {
    const act = inTransaction(async (uow) => {
      await recordAudit(uow, { actor: { kind: 'system' }, action: 'never', subject: { type: 'a', id: '3' } });
      throw new ChangedMyMind();
    });
    await expect(act).rejects.toThrow(ChangedMyMind);
    expect(await listAudit(database.db, { action: 'never' }, 10)).toEqual([]);
  });

  it.each([`update audit_log set action = 'x'`, 'delete from audit_log', 'truncate audit_log'])(
    'is append-only, as the database itself refuses: %s',
    async (statement) => {
      await expect(sql.raw(statement).execute(database.db)).rejects.toThrow(/append-only/);
      expect(await listAudit(database.db, {}, 10)).toHaveLength(3);
    },
  );
});
