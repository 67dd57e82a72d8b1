import type { ImaginedDeal } from '../../src/crediting/estimate.js';
import { estimateRoutes } from '../../src/crediting/estimate.routes.js';
import { dayIn } from '../../src/program/calendar.js';
import type { ApiClient } from '../support/api-client.js';
import { startTestApi, type TestApi } from '../support/test-api.js';

interface Problem {
  readonly detail: string;
  readonly errors?: readonly { readonly field: string; readonly value?: string; readonly expected: string }[];
}

describe('the estimate of a deal, as it is asked for', () => {
  let api: TestApi;
  let own: { readonly id: string; readonly api: ApiClient };
  let other: typeof own;
  const estimated: ImaginedDeal[] = [];

  const partner = async (name: string) => {
    const email = `${name.toLowerCase()}@example.com`;
    const { id } = await api.operator.post<{ id: string }>('/api/v1/partners', { name, email });
    const { key } = await api.operator.post<{ key: string }>(`/api/v1/partners/${id}/api-keys`, { name });
    return { id, api: api.as(key) };
  };
  const ask = (who: ApiClient, partnerId: string, more: object = {}) =>
    who.send<Problem>('POST', `/api/v1/partners/${partnerId}/estimate`, { amount: '10.00', currency: 'EUR', ...more });

  beforeAll(async () => {
    const routes = estimateRoutes((_db, now, deal) => {
      estimated.push(deal);
      return Promise.resolve({ day: dayIn(now, 'UTC'), totals: [], lines: [], others: [], whyNot: [] });
    });
    api = await startTestApi({ extraRoutes: routes });
    own = await partner('Acme');
    other = await partner('Globex');
  });
  beforeEach(() => estimated.splice(0));
  afterAll(() => api.close());

  it('is told of oneself, and to operators of everybody', async () => {
    expect(await ask(own.api, own.id)).toMatchObject({ status: 200, body: { partnerId: own.id } });
    expect(await ask(api.operator, other.id)).toMatchObject({ status: 200, body: { partnerId: other.id } });
    expect(estimated.map(({ partnerId }) => partnerId)).toEqual([own.id, other.id]);
  });

  it('is not told of another partner, who looks as if there were none', async () => {
    const refused = await ask(own.api, other.id);
    expect(refused).toMatchObject({ status: 404, body: { detail: `There is no partner ${other.id}.` } });
    const unknown = await ask(own.api, 'par_nobody');
    expect(unknown.status).toBe(404);
    expect(Object.keys(refused.body).sort()).toEqual(Object.keys(unknown.body).sort());
    expect(JSON.stringify(refused.body)).not.toMatch(/Globex/i);
    expect(estimated).toEqual([]);
  });

  it('takes a country as a registration does, and refuses what is none by its field', async () => {
    for (const country of ['de', ' DE ', null]) await ask(own.api, own.id, { country });
    expect(estimated.map(({ country }) => country)).toEqual(['DE', 'DE', null]);
    for (const country of ['XX', 'Germany', '']) {
      const { status, body } = await ask(own.api, own.id, { country });
      expect([status, body.errors]).toEqual([422, [expect.objectContaining({ field: 'country' })]]);
      expect(body.errors?.[0]?.expected).toContain('ISO 3166-1');
    }
    expect(estimated).toHaveLength(3);
  });
});
