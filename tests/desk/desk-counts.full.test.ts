import { sql } from 'kysely';
import { eachDatabase } from '../support/databases.js';
import { partnerProgram } from '../support/partner-program.js';
import { startRunningService, type RunningService } from '../support/running-service.js';

type Counts = Readonly<Record<string, number | null>>;

const many = 10_000;
const mostMs = 50;

eachDatabase('how much waits at the desk', (open) => {
  let service: RunningService;

  beforeAll(async () => {
    service = await startRunningService({ open });
  });
  afterAll(() => service.close());

  const counts = () => service.operator.get<Counts>('/api/v1/desk-counts');

  it('is counted where it is done, and goes down as it is done', async () => {
    const program = partnerProgram(service);
    const partner = await program.addPartner();
    const before = await counts();
    expect(before).toEqual({
      ...{ registrations: 0, problems: 0, disputes: 0, missingCommissions: 0, changesAfterWin: 0, linkProposals: 0 },
      mails: 0,
    });
    const { id } = await program.register(partner);
    const dispute = await partner.api.post<{ id: string }>('/api/v1/disputes', { deal: 'A deal', reason: 'Mine.' });
    await service.operator.post('/api/v1/people', { name: 'Ann', email: 'ann@vendor.test', role: 'viewer' });
    expect(await counts()).toMatchObject({ registrations: 1, disputes: 1, mails: 1 });
    await program.approve(id);
    await service.operator.post(`/api/v1/disputes/${dispute.id}/messages`, { text: 'We look at it.' });
    expect(await counts()).toMatchObject({ registrations: 0, disputes: 0 });
  });

  it('has no mail in it for who may not read mail, and nothing at all for partners', async () => {
    const { key } = await service.operator.post<{ key: string }>('/api/v1/api-keys', { name: 'reader', rights: [] });
    const asked = await fetch(`${service.url}/api/v1/desk-counts`, { headers: { authorization: `Bearer ${key}` } });
    expect(await asked.json()).toMatchObject({ registrations: expect.any(Number) as number, mails: null });
    const partner = await partnerProgram(service).addPartner();
    expect((await partner.api.send('GET', '/api/v1/desk-counts')).status).toBe(403);
  });

  it(`is read within ${String(mostMs)} ms where ${String(many)} registrations wait`, async () => {
    const { id } = await partnerProgram(service).register(await partnerProgram(service).addPartner());
    const { rows } = await sql<{ column: string }>`
      select column_name as column from information_schema.columns
      where table_schema = current_schema() and table_name = 'registrations' and column_name not in ('id', 'submission_token')
        and is_generated = 'NEVER'`.execute(service.db);
    const columns = sql.join(rows.map(({ column }) => sql.ref(column)));
    await sql`
      insert into registrations (id, ${columns})
      select id || '-' || number, ${columns} from registrations, generate_series(1, ${many}) as number
      where id = ${id}`.execute(service.db);
    const tookMs: number[] = [];
    for (let asked = 0; asked < 5; asked += 1) {
      const begun = performance.now();
      expect((await counts())['registrations']).toBeGreaterThan(many);
      tookMs.push(performance.now() - begun);
    }
    expect(Math.min(...tookMs)).toBeLessThan(mostMs);
  });
});
