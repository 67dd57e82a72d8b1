import { recreditPartners } from '../../src/compose-crediting.js';
import { partnerMetricRoutes } from '../../src/partners/partner-metric.routes.js';
import { metricsOfPartners } from '../../src/partners/partner-metric.store.js';
import { createStoreMetrics } from '../../src/partners/store-metrics.handler.js';
import { startFactsApi, type FactsApi } from '../support/facts-api.js';

interface Metric {
  readonly partnerId: string;
  readonly name: string;
  readonly period: string;
  readonly value: string;
}

const path = '/api/v1/metrics';

describe('figures about partners', () => {
  let api: FactsApi;
  let count = 0;

  beforeAll(async () => {
    api = await startFactsApi(partnerMetricRoutes(createStoreMetrics({ recreditPartners })));
  });
  afterAll(() => api.close());

  const addPartner = async (): Promise<string> => {
    count += 1;
    const partner = { name: 'P', email: `p${String(count)}@example.com` };
    return (await api.operator.post<{ id: string }>('/api/v1/partners', partner)).id;
  };
  const tell = (body: unknown) => api.operator.post<{ recorded: number }>(path, body);

  it('count as they were told last, and have the deals of their partner credited again when they say something new', async () => {
    const [partnerId, other] = [await addPartner(), await addPartner()];
    const [dealId] = [await api.addWin(partnerId), await api.addWin(other), await api.addDeal()];
    const metric = { partnerId, name: 'score', period: '2026-Q1', value: '12.50' };
    expect(await tell(metric)).toEqual({ recorded: 1 });
    expect(await api.takeCrediting()).toEqual([dealId]);
    expect(await tell({ ...metric, value: '12.5' })).toEqual({ recorded: 0 });
    expect(await api.takeCrediting()).toEqual([]);
    expect(await tell({ ...metric, value: '-3' })).toEqual({ recorded: 1 });
    expect(await metricsOfPartners(api.db, [partnerId, other])).toEqual([{ ...metric, value: '-3' }]);
    expect(await metricsOfPartners(api.db, [])).toEqual([]);
  });

  it('come many at a time, the last of each counts, and are listed page by page', async () => {
    const partnerId = await addPartner();
    const metrics = [
      { partnerId, name: 'a', period: '2026', value: '1' },
      { partnerId, name: 'a', period: '2026-03', value: '2' },
      { partnerId, name: 'b', period: '2026-03', value: '3' },
      { partnerId, name: 'a', period: '2026', value: '4' },
    ];
    expect(await tell({ metrics })).toEqual({ recorded: 3 });
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const query = `${path}?limit=2&partnerId=${partnerId}${cursor === '' ? '' : `&cursor=${cursor}`}`;
      const page: { items: readonly Metric[]; nextCursor: string | null } = await api.operator.get(query);
      seen.push(...page.items.map(({ name, period, value }) => `${name} ${period} ${value}`));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual(['a 2026 4', 'a 2026-03 2', 'b 2026-03 3']);
    const march = await api.operator.get<{ items: unknown[] }>(`${path}?partnerId=${partnerId}&name=a&period=2026-03`);
    expect(march.items).toEqual([metrics[1]]);
  });

  it.each([
    [{ partnerId: 'par_unknown' }, 'partnerId'],
    [{ name: '1st' }, 'name'],
    [{ name: 'x'.repeat(51) }, 'name'],
    [{ period: '2026-13' }, 'period'],
    [{ period: '2026-Q5' }, 'period'],
    [{ period: '2026-1' }, 'period'],
    [{ value: '1e3' }, 'value'],
    [{ value: 12 }, 'value'],
    [{ unit: '%' }, 'unit'],
  ])('are refused with %j, naming the field, and nothing of the report is kept', async (fields, field) => {
    const partnerId = await addPartner();
    const good = { partnerId, name: 'score', period: '2026', value: '1' };
    const { status, body } = await api.operator.send<{ errors: readonly { field: string }[] }>('POST', path, {
      metrics: [good, { ...good, ...fields }],
    });
    expect([status, ...body.errors.map((fault) => fault.field)]).toEqual([422, `metrics[1].${field}`]);
    expect(await metricsOfPartners(api.db, [partnerId])).toEqual([]);
  });
});
