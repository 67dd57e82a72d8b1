import { forgetIdempotencyKeys } from '../../../src/platform/http/idempotency.js';
import { eachDatabase } from '../../support/databases.js';
import { startTestApi, type TestApi } from '../../support/test-api.js';

interface Partner {
  readonly id: string;
}

eachDatabase('a call with an Idempotency-Key', (open) => {
  let api: TestApi;

  beforeAll(async () => {
    api = await startTestApi({ open });
  });
  afterAll(async () => {
    await api.close();
  });

  const create = (key: string, body: unknown) =>
    api.operator.send<Partner>('POST', '/api/v1/partners', body, { 'idempotency-key': key });

  const partnersNamed = async (name: string): Promise<number> => {
    const rows = await api.db.selectFrom('partners').select('id').where('name', '=', name).execute();
    return rows.length;
  };

  it('gets its first answer again, marked as such, and does nothing twice', async () => {
    const body = { name: 'Once', email: 'once@example.com' };
    const first = await create('once', body);
    const second = await create('once', body);
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body).toEqual(first.body);
    expect(second.headers.get('location')).toBe(first.headers.get('location'));
    expect(first.headers.get('idempotent-replayed')).toBeNull();
    expect(second.headers.get('idempotent-replayed')).toBe('true');
    expect(await partnersNamed('Once')).toBe(1);
  });

  it('is the same call when only the order of its fields or the space between them differs', async () => {
    const first = await create('order', '{"name":"Order","email":"order@example.com"}');
    const second = await create('order', '{ "email": "order@example.com",\n "name": "Order" }');
    expect(second.body).toEqual(first.body);
  });

  it('is refused when the key was used for something else', async () => {
    await create('other', { name: 'Other', email: 'other@example.com' });
    const content = await create('other', { name: 'Another', email: 'another@example.com' });
    expect(content.status).toBe(422);
    expect(content.body).toMatchObject({ type: 'urn:introducer:problem:idempotency-key-reused' });
    const route = await api.operator.send('PUT', '/api/v1/program', {}, { 'idempotency-key': 'other' });
    expect(route.status).toBe(422);
    expect(await partnersNamed('Another')).toBe(0);
  });

  it('is carried out once when it comes many times at once', async () => {
    const body = { name: 'Crowd', email: 'crowd@example.com' };
    const answers = await Promise.all(Array.from({ length: 12 }, () => create('crowd', body)));
    expect(answers.map((answer) => answer.status)).toEqual(Array(12).fill(201));
    expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1);
    expect(answers.filter((answer) => answer.headers.get('idempotent-replayed') === null)).toHaveLength(1);
    expect(await partnersNamed('Crowd')).toBe(1);
  });

  it('keeps nothing when it was refused, so that the mended state lets it through', async () => {
    const body = { name: 'Later', email: 'taken@example.com' };
    const holder = await create('holder', { name: 'Holder', email: 'taken@example.com' });
    expect((await create('later', body)).status).toBe(409);
    await api.operator.send('PATCH', `/api/v1/partners/${holder.body.id}`, { email: 'moved@example.com' });
    expect((await create('later', body)).status).toBe(201);
  });

  it('has its key to itself: another caller with the same key is another call', async () => {
    const other = await api.operator.post<{ key: string }>('/api/v1/api-keys', { name: 'Second operator' });
    const headers = { 'idempotency-key': 'shared' };
    const body = { name: 'Shared', email: 'shared@example.com' };
    expect((await api.operator.send('POST', '/api/v1/partners', body, headers)).status).toBe(201);
    const answer = await api.as(other.key).send('POST', '/api/v1/partners', body, headers);
    expect([answer.status, answer.headers.get('idempotent-replayed')]).toEqual([409, null]);
  });

  it('gets a new API key again, which is kept encrypted only', async () => {
    const headers = { 'idempotency-key': 'secret' };
    const first = await api.operator.send<{ key: string }>('POST', '/api/v1/api-keys', undefined, headers);
    const second = await api.operator.send<{ key: string }>('POST', '/api/v1/api-keys', undefined, headers);
    expect(second.body).toEqual(first.body);
    const kept = await api.db.selectFrom('idempotency_keys').selectAll().where('key', '=', 'secret').execute();
    expect(kept).toHaveLength(1);
    expect(JSON.stringify(kept)).not.toContain(first.body.key);
  });

  it('answers a replayed call without a body as it was', async () => {
    const issued = await api.operator.post<{ id: string }>('/api/v1/api-keys');
    const headers = { 'idempotency-key': 'gone' };
    for (const replayed of [null, 'true']) {
      const answer = await api.operator.send('DELETE', `/api/v1/api-keys/${issued.id}`, undefined, headers);
      expect([answer.status, answer.body, answer.headers.get('idempotent-replayed')]).toEqual([204, '', replayed]);
    }
  });

  it.each(['two words', 'ü', 'x'.repeat(256)])('must not have a key like %p', async (key) => {
    const headers = { 'idempotency-key': Buffer.from(key, 'utf8').toString('latin1') };
    expect((await api.operator.send('PUT', '/api/v1/program', {}, headers)).status).toBe(400);
  });

  it('may use its key anew once it is forgotten', async () => {
    const before = new Date(api.clock.now().getTime() + 1);
    expect(await forgetIdempotencyKeys(api.db, before)).toBeGreaterThan(0);
    expect(
      (await create('once', { name: 'Anew', email: 'anew@example.com' })).headers.get('idempotent-replayed'),
    ).toBeNull();
  });
});
