import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { acceptAgreement, refuseWithoutAgreement } from '../../src/partners/agreement.handler.js';
import { agreementRoutes } from '../../src/partners/agreement.routes.js';
import type { PartnerActor } from '../../src/platform/actor.js';
import { eachDatabase } from '../support/databases.js';
import { startTestApi, type TestApi } from '../support/test-api.js';

interface Agreement {
  readonly version: number;
  readonly contentHash: string;
  readonly detail: string;
  readonly errors: readonly { readonly field: string; readonly expected: string }[];
}
interface Standing {
  readonly current: { readonly version: number; readonly text: string } | null;
  readonly asked: boolean;
  readonly accepted: readonly { readonly version: number; readonly contentHash: string; readonly acceptedAt: string }[];
}

eachDatabase('the partner agreement', (open) => {
  let api: TestApi;
  let partnerId: string;
  let key: string;

  beforeAll(async () => {
    api = await startTestApi({ open, extraRoutes: agreementRoutes() });
    ({ id: partnerId } = await api.operator.post<{ id: string }>('/api/v1/partners', {
      name: 'P',
      email: 'p@p.example',
    }));
    ({ key } = await api.operator.post<{ key: string }>(`/api/v1/partners/${partnerId}/api-keys`));
  });
  afterAll(() => api.close());

  const publish = (body: object) => api.operator.send<Agreement>('POST', '/api/v1/agreements', body);
  const standing = () => api.as(key).get<Standing>(`/api/v1/partners/${partnerId}/agreement`);
  const person = (role: 'owner' | 'member', id = 'per_olga'): PartnerActor => ({
    kind: 'partner',
    partnerId,
    keyId: null,
    person: { id, name: 'Olga', role },
  });
  const accept = (actor: PartnerActor, { version, contentHash }: Pick<Agreement, 'version' | 'contentHash'>) =>
    api.transact((uow) => acceptAgreement(uow, actor, { version, contentHash }));
  const register = () => api.transact((uow) => refuseWithoutAgreement(uow, partnerId, 'https://partners.test'));

  it('asks nobody before there is one, even where registering needs it', async () => {
    await api.operator.put('/api/v1/program', { registrationNeedsAgreement: true });
    expect(await standing()).toEqual({ current: null, asked: false, neededToRegister: true, accepted: [] });
    await register();
  });

  it('is read by the partner as it was published, to the letter, and accepted by an owner alone', async () => {
    const text = '# Terms\n\n- <script>alert(1)</script> & =1+1';
    const published = await publish({ text, note: 'The first one.' });
    expect(published).toMatchObject({
      status: 201,
      body: { version: 1, effectiveFrom: '2026-03-02', contentHash: createHash('sha256').update(text).digest('hex') },
    });
    expect(await standing()).toMatchObject({ asked: true, current: { version: 1, text } });
    await expect(register()).rejects.toThrow('https://partners.test/agreement');
    await expect(accept(person('member'), published.body)).rejects.toThrow('Only an owner');
    const { version, contentHash } = published.body;
    const byProgram = await api.as(key).send('POST', '/api/v1/agreements/accept', { version, contentHash });
    expect(byProgram.status).toBe(403);
    await accept(person('owner'), published.body);
    await register();
    const { accepted, asked } = await standing();
    expect({ accepted, asked }).toMatchObject({ asked: false, accepted: [{ version: 1, contentHash }] });
  });

  it('accepted once more, or by two owners at once, is accepted once, with its first date', async () => {
    const { accepted } = await standing();
    api.clock.advanceDays(1);
    const [one] = accepted;
    if (one === undefined) throw new Error('accepted before');
    await Promise.all([accept(person('owner', 'per_otto'), one), accept(person('owner'), one)]);
    expect((await standing()).accepted).toEqual(accepted);
    const { items } = await api.operator.get<{ items: object[] }>(`/api/v1/audit?action=agreement.accept`);
    expect(items).toHaveLength(1);
  });

  it('is not accepted in a version, or with a text, that is not in force', async () => {
    await expect(accept(person('owner'), { version: 2, contentHash: '0'.repeat(64) })).rejects.toThrow(
      'Version 1 is in',
    );
    await expect(accept(person('owner'), { version: 1, contentHash: '0'.repeat(64) })).rejects.toThrow(
      'Version 1 is in',
    );
  });

  it('has a next version from its day on, which the partner does not see before', async () => {
    const next = await publish({ text: 'Second', effectiveFrom: '2026-03-10', after: 1 });
    expect(next.body.version).toBe(2);
    expect((await standing()).current?.version).toBe(1);
    expect((await api.as(key).send('GET', '/api/v1/agreements/2')).status).toBe(404);
    api.clock.advanceDays(8);
    expect(await standing()).toMatchObject({ asked: true, current: { version: 2 }, accepted: [{ version: 1 }] });
    await expect(register()).rejects.toThrow('agreement');
    expect(await api.as(key).get('/api/v1/agreements/1')).toMatchObject({ version: 1 });
  });

  it('is published by one of two at once, and the other is told by whom', async () => {
    const answers = await Promise.all([publish({ text: 'A', after: 2 }), publish({ text: 'B', after: 2 })]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409]);
    expect(answers.find(({ status }) => status === 409)?.body.detail).toMatch(/^Test operator published version 3 at/);
  });

  it('binds nobody from a day before it was there', async () => {
    const answer = await publish({ text: 'C', effectiveFrom: '2026-03-10' });
    expect(answer.body.errors).toMatchObject([{ field: 'effectiveFrom', expected: '2026-03-11 or later' }]);
  });

  it('and its acceptances are never changed, not even in the database', async () => {
    for (const table of ['agreement_versions', 'agreement_acceptances']) {
      await expect(sql`delete from ${sql.table(table)}`.execute(api.db)).rejects.toThrow('append-only');
    }
    await expect(sql`update agreement_versions set text = ''`.execute(api.db)).rejects.toThrow('append-only');
  });

  it('is shown to operators with how many accepted it, and to no other partner', async () => {
    const { items } = await api.operator.get<{ items: object[] }>('/api/v1/agreements');
    expect(items.at(-1)).toMatchObject({ version: 1, acceptedBy: 1, publishedBy: 'Test operator' });
    const other = await api.operator.post<{ id: string }>('/api/v1/partners', { name: 'O', email: 'o@o.example' });
    expect((await api.as(key).send('GET', `/api/v1/partners/${other.id}/agreement`)).status).toBe(404);
  });
});
