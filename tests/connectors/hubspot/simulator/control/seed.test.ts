import { useSimulatedHubspot } from '../simulated-hubspot.js';

const hubspot = useSimulatedHubspot({
  settings: { searchLagMs: 60_000, webhooks: { targetUrl: 'http://127.0.0.1:9/' } },
});

describe('seeding', () => {
  it('puts ten thousand deals in place quickly and tells nobody', async () => {
    const startedAt = performance.now();
    const ids = hubspot.simulator.seed(
      'deals',
      Array.from({ length: 10_000 }, (_, index) => ({
        properties: { dealname: `Deal ${index}`, dealstage: 'qualifiedtobuy', amount: index },
      })),
    );
    expect(performance.now() - startedAt).toBeLessThan(10_000);
    expect(new Set(ids).size).toBe(10_000);
    expect(hubspot.simulator.webhooks.counts().events).toBe(0);
    expect((await hubspot.client.crm.deals.searchApi.doSearch({})).total).toBe(10_000);
  });

  it('knows when a deal was made and how it got to where it is', async () => {
    const [id = ''] = hubspot.simulator.seed('deals', [
      {
        properties: { dealname: 'Old', dealstage: 'qualifiedtobuy' },
        at: '2025-01-10T08:00:00Z',
        changes: [{ at: '2025-03-01T10:00:00Z', properties: { dealstage: 'closedwon', closedate: '2025-02-28' } }],
      },
    ]);
    const deal = await hubspot.client.crm.deals.basicApi.getById(
      id,
      ['closedate', 'hs_v2_date_entered_closedwon', 'hs_lastmodifieddate'],
      ['dealstage'],
    );
    expect(deal.createdAt).toEqual(new Date('2025-01-10T08:00:00Z'));
    expect(deal.properties).toMatchObject({
      closedate: '2025-02-28T00:00:00.000Z',
      hs_v2_date_entered_closedwon: '2025-03-01T10:00:00.000Z',
      hs_lastmodifieddate: '2025-03-01T10:00:00.000Z',
    });
    expect(deal.propertiesWithHistory?.dealstage?.map(({ timestamp }) => timestamp.toISOString())).toEqual([
      '2025-03-01T10:00:00.000Z',
      '2025-01-10T08:00:00.000Z',
    ]);
  });
});
