import { sql } from 'kysely';
import { migrations } from '../../src/migrations.js';
import { partnerRoutes } from '../../src/partners/partner.routes.js';
import { partnerTerms } from '../../src/partners/partner-terms.store.js';
import { migrate } from '../../src/platform/migration.js';
import { openTestDatabase } from '../support/databases.js';
import { apiClient, type ApiClient } from '../support/api-client.js';
import { startTestApi, type TestApi } from '../support/test-api.js';

interface Partner {
  readonly id: string;
  readonly type: string;
  readonly tier: string | null;
  readonly tags: readonly string[];
}

describe('type, tier and tags of a partner', () => {
  let api: TestApi;
  let operator: ApiClient;
  let count = 0;
  const recredited: string[] = [];

  beforeAll(async () => {
    api = await startTestApi({
      partnerRoutes: partnerRoutes({
        publicUrl: () => 'https://partners.test',
        changed: () => Promise.resolve(),
        recreditPartners: (_uow, ids) => {
          recredited.push(...ids);
          return Promise.resolve();
        },
      }),
    });
    operator = apiClient(api.url, api.operatorKey);
  });
  afterAll(() => api.close());

  const create = (terms: object = {}) => {
    count += 1;
    return operator.post<Partner>('/api/v1/partners', { name: 'P', email: `p${String(count)}@example.com`, ...terms });
  };
  const change = (id: string, body: object) => operator.send<Partner>('PATCH', `/api/v1/partners/${id}`, body);
  const history = async (id: string) =>
    ((await partnerTerms(api.db, [id])).get(id) ?? []).map(({ since, type, tier, tags }) =>
      [since, type, tier ?? '-', ...tags].join(' '),
    );

  it('are words of the operator’s own, and hold for every deal from before the partner was entered', async () => {
    const plain = await create();
    expect(plain).toMatchObject({ type: 'referral', tier: null, tags: [] });
    const partner = await create({ type: ' Solution Partner ', tier: 'Gold', tags: ['EMEA', 'saas', 'EMEA'] });
    expect(partner).toMatchObject({ type: 'Solution Partner', tier: 'Gold', tags: ['EMEA', 'saas'] });
    expect(await operator.get(`/api/v1/partners/${partner.id}`)).toEqual(partner);
    expect(await history(partner.id)).toEqual(['0001-01-01 Solution Partner Gold EMEA saas']);
  });

  it('change from today, from a past day or from a day to come, and the partner’s deals are credited again', async () => {
    const { id } = await create({ tier: 'bronze' });
    recredited.length = 0;
    expect((await change(id, { tier: 'silver' })).body).toMatchObject({ type: 'referral', tier: 'silver' });
    expect((await change(id, { tags: ['x'], since: '2026-01-15' })).body).toMatchObject({ tier: 'silver', tags: [] });
    expect((await change(id, { tier: 'gold', since: '2026-03-09' })).body).toMatchObject({ tier: 'silver' });
    expect(await history(id)).toEqual([
      '0001-01-01 referral bronze',
      '2026-01-15 referral bronze x',
      '2026-03-02 referral silver',
      '2026-03-09 referral gold',
    ]);
    expect(recredited).toEqual([id, id, id]);
    api.clock.advanceDays(7);
    expect(await operator.get(`/api/v1/partners/${id}`)).toMatchObject({ tier: 'gold' });
    const { items } = await operator.get<{ items: readonly Partner[] }>('/api/v1/partners?limit=200');
    expect(items.find((one) => one.id === id)).toMatchObject({ tier: 'gold' });
  });

  it('have a history with reasons, which operators read whole and the partner without the reasons', async () => {
    const { id } = await create();
    await change(id, { type: 'reseller', since: '2026-02-01', reason: 'sells by itself now' });
    const path = `/api/v1/partners/${id}/terms`;
    expect(await operator.get(path)).toMatchObject({
      items: [
        { since: '2026-02-01', type: 'reseller', reason: 'sells by itself now', recordedBy: 'Test operator' },
        { since: '0001-01-01', type: 'referral', reason: null },
      ],
    });
    const { key } = await operator.post<{ key: string }>(`/api/v1/partners/${id}/api-keys`);
    const own = await api.as(key).get<{ items: readonly object[] }>(path);
    expect(own.items[0]).toMatchObject({ since: '2026-02-01', type: 'reseller', reason: null, recordedBy: null });
    await change(id, { tier: 'gold', since: '2031-01-01' });
    expect((await operator.get<{ items: readonly object[] }>(path)).items).toHaveLength(3);
    expect(await api.as(key).get(path)).toEqual(own);
    const other = await create();
    expect((await api.as(key).send('GET', `/api/v1/partners/${other.id}/terms`)).status).toBe(404);
  });

  it('go by what was recorded last for a day, and by nothing that says the same', async () => {
    const { id } = await create();
    recredited.length = 0;
    await change(id, { tier: 'gold', since: '2026-02-01' });
    await change(id, { tier: 'silver', since: '2026-02-01' });
    await change(id, { tier: 'silver', since: '2026-02-20' });
    await change(id, { name: 'Another name' });
    expect(await history(id)).toEqual(['0001-01-01 referral -', '2026-02-01 referral silver']);
    expect(recredited).toEqual([id, id]);
    await expect(sql`update partner_terms set tier = 'x'`.execute(api.db)).rejects.toThrow('append-only');
  });

  it.each([
    [{ tier: '' }, 'tier'],
    [{ tier: 'x'.repeat(61) }, 'tier'],
    [{ type: null }, 'type'],
    [{ tags: ['a\u0007'] }, 'tags[0]'],
    [{ tags: Array.from({ length: 51 }, (_, index) => String(index)) }, 'tags'],
    [{ tier: 'gold', since: '2026-02-30' }, 'since'],
    [{ since: '2026-02-01' }, 'since'],
    [{ name: 'N', since: '2026-02-01' }, 'since'],
    [{ name: 'N', reason: 'why' }, 'reason'],
    [{ tier: 'gold', reason: '' }, 'reason'],
  ])('are refused as %j, and the field is named', async (body, field) => {
    const { id } = await create();
    const { status, body: problem } = await operator.send<{ errors: readonly { field: string }[] }>(
      'PATCH',
      `/api/v1/partners/${id}`,
      body,
    );
    expect([status, ...problem.errors.map((fault) => fault.field)]).toEqual([422, field]);
    expect(await history(id)).toHaveLength(1);
  });
});

describe('a partner from before terms were kept', () => {
  it('keeps its type, from the beginning on', async () => {
    const before = migrations.filter(({ name }) => name < '0630');
    const database = await openTestDatabase({ migrations: before });
    const { db } = database;
    await sql`
      insert into partners (id, name, email, type, status, personal_token, created_at, updated_at)
      values ('par_1', 'P', 'p@example.com', 'agency', 'active', 't', now(), now())`.execute(db);
    await migrate(db, migrations);
    expect((await partnerTerms(db, ['par_1', 'par_2'])).get('par_1')).toEqual([
      { since: '0001-01-01', type: 'agency', tier: null, tags: [] },
    ]);
    await database.close();
  });
});
