import { sql } from 'kysely';
import { dealSupplementRoutes } from '../../src/crediting/deal-supplement.routes.js';
import { supplementsOfDeals } from '../../src/crediting/deal-supplement.store.js';
import { startFactsApi, type FactsApi } from '../support/facts-api.js';

describe('what an operator says of a deal that the CRM does not know', () => {
  let api: FactsApi;

  beforeAll(async () => {
    api = await startFactsApi(dealSupplementRoutes());
  });
  afterAll(() => api.close());

  const say = (dealId: string, body: unknown) => api.operator.send('PUT', `/api/v1/deals/${dealId}/supplement`, body);
  const versions = async (dealId: string) => {
    const { rows } = await sql<{ number: number }>`
      select number from deal_supplements where deal_id = ${dealId} order by number`.execute(api.db);
    return rows.map(({ number }) => number);
  };

  it('is kept in versions, of which the last counts, and has the deal credited again', async () => {
    const [dealId, other] = [await api.addDeal(), await api.addDeal()];
    const nothing = { dealId, churnedOn: null, fields: {} };
    expect(await api.operator.get(`/api/v1/deals/${dealId}/supplement`)).toEqual(nothing);
    const first = await say(dealId, { churnedOn: '2026-06-30', fields: { cost: '400.00', segment: 'SMB' } });
    expect(first).toMatchObject({ status: 200, body: { dealId, churnedOn: '2026-06-30', fields: { cost: '400.00' } } });
    expect(await api.takeCrediting()).toEqual([dealId]);
    await say(dealId, { churnedOn: null, fields: { segment: null } });
    await say(dealId, { fields: { cost: '400.00' } });
    expect(await api.takeCrediting()).toEqual([dealId]);
    expect(await versions(dealId)).toEqual([1, 2]);
    const known = { churnedOn: null, fields: { cost: '400.00' } };
    expect(await api.operator.get(`/api/v1/deals/${dealId}/supplement`)).toEqual({ dealId, ...known });
    expect(await supplementsOfDeals(api.db, [dealId, other])).toEqual(new Map([[dealId, known]]));
    await expect(sql`delete from deal_supplements`.execute(api.db)).rejects.toThrow('append-only');
  });

  it.each([
    [{ churnedOn: '2026-02-30' }, 'churnedOn'],
    [{ fields: { cost: 400 } }, 'fields.cost'],
    [{ fields: { cost: '' } }, 'fields.cost'],
    [{ fields: { '1st': '4' } }, 'fields.1st'],
    [{ fields: Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`f${String(index)}`, '1'])) }, 'fields'],
    [{ cost: '400' }, 'cost'],
  ])('is refused as %j, naming the field', async (body, field) => {
    const dealId = await api.addDeal();
    const answer = await say(dealId, body);
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ field }] } });
    expect(await versions(dealId)).toEqual([]);
  });

  it('is about a deal there is', async () => {
    const type = 'urn:introducer:problem:deal-not-found';
    expect(await say('deal_unknown', { fields: {} })).toMatchObject({ status: 404, body: { type } });
    const read = await api.operator.send('GET', '/api/v1/deals/deal_unknown/supplement');
    expect(read).toMatchObject({ status: 404, body: { type } });
  });
});
