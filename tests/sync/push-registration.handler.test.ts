import { sql } from 'kysely';
import { CrmUnavailable, type CrmConnector, type EnsureLead } from '../../connectors/contract.js';
import { migrations } from '../../src/migrations.js';
import type { OpenDatabase } from '../../src/platform/database.js';
import { createTransact } from '../../src/platform/unit-of-work.js';
import { ensureConnection, updateConnection } from '../../src/sync/connection.store.js';
import { linksOfRegistrations } from '../../src/sync/crm-link.store.js';
import { createPushRegistration } from '../../src/sync/push-registration.handler.js';
import { openTestDatabase } from '../support/databases.js';
import { createTestClock } from '../support/test-clock.js';

const connectionId = 'crm';

describe('a CRM that has leads', () => {
  let database: OpenDatabase;
  const clock = createTestClock();
  const queue = {
    wake: () => undefined,
    onWake: () => undefined,
    start: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };

  beforeAll(async () => {
    database = await openTestDatabase({ migrations });
    const { db } = database;
    await createTransact({ db, queue, clock })((uow) =>
      ensureConnection(uow.trx, { id: connectionId, crm: 'salesforce', name: 'Salesforce' }, uow.now),
    );
    await updateConnection(db, connectionId, { provisioned_at: clock.now() });
    await sql`insert into partners (id, name, email, status, personal_token, created_at, updated_at)
      values ('par_1', 'Northwind', 'a@northwind.test', 'active', 't', now(), now())`.execute(db);
    await sql`insert into registrations (id, partner_id, status, source, company_name, company_domain, company_key, contact_key, name_key, product_key, amount,
      currency, product, availability, content_hash, receipt, submitted_at, approved_at, updated_at)
      values ('reg_1', 'par_1', 'approved', 'api', 'Acme', 'acme.test', 'acme.test', 'jane@acme.test', 'acme', 'robots', '100.00', 'EUR', 'Robots', 'clear', 'h', '{}',
      now(), now(), now())`.execute(db);
    await sql`insert into registration_contacts (registration_id, first_name, last_name, email)
      values ('reg_1', 'Jane', 'Doe', 'jane@acme.test')`.execute(db);
  });
  afterAll(() => database.close());

  it('gets a new registration as one lead and nothing else; a second try is told that the first may have made it', async () => {
    const { db } = database;
    const asked: EnsureLead[] = [];
    const away = new CrmUnavailable({ operation: 'upsert Lead', vendorMessage: 'no answer' });
    const answers = [() => Promise.reject(away), () => Promise.resolve({ crmId: '00Q1', created: false })];
    const refuse = () => Promise.reject(new Error('only the lead is wanted'));
    const connector: Pick<CrmConnector, 'leads' | 'ensureContact' | 'ensureCompany' | 'ensureDeal'> = {
      leads: {
        limit: 1,
        ensureLead: (request) => {
          asked.push(request);
          return answers[asked.length - 1]!();
        },
        readLeads: refuse,
        writeBack: refuse,
      },
      ensureContact: refuse,
      ensureCompany: refuse,
      ensureDeal: refuse,
    };
    const push = createPushRegistration({
      db,
      transact: createTransact({ db, queue, clock }),
      connections: { connector: () => connector as CrmConnector },
      clock,
      stampsWritten: refuse,
    });
    await expect(push('reg_1')).rejects.toBe(away);
    expect(await push('reg_1')).toEqual({ kind: 'linked' });
    expect(asked.map((request) => request.mayExist)).toEqual([false, true]);
    expect(asked[0]).toMatchObject({
      registrationId: 'reg_1',
      contact: { firstName: 'Jane', lastName: 'Doe', email: 'jane@acme.test', phone: null },
      company: { name: 'Acme', domain: 'acme.test', country: null },
      deal: { name: 'Acme – Robots', amount: '100.00', currency: 'EUR', closeDate: null },
      stamp: { registrationId: 'reg_1', partner: 'Northwind', status: 'approved' },
    });
    const [link] = await linksOfRegistrations(db, ['reg_1']);
    expect(link).toMatchObject({ crm_lead_id: '00Q1', lead_state: 'open', deal_id: null });
    expect(link).toMatchObject({ crm_contact_id: null, crm_company_id: null });
    // A later run finds it there and asks nobody.
    expect(await push('reg_1')).toEqual({ kind: 'linked' });
    expect(asked).toHaveLength(2);
  });
});
