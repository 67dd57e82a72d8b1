import { startReceiver } from '../webhooks/receiver.js';
import { rawCall, useSimulatedHubspot } from '../simulated-hubspot.js';

const hubspot = useSimulatedHubspot();
const control = (method: string, path: string, body?: unknown) =>
  rawCall(hubspot.simulator, method, `/_sim${path}`, body);

describe('the controls over HTTP', () => {
  it('let another process act as the sales rep', async () => {
    const made = await control('POST', '/deals', {
      properties: { dealname: 'Brightwater', dealstage: 'qualifiedtobuy' },
    });
    const id = String(made.body.id);
    const moved = await control('POST', `/deals/${id}`, {
      properties: { dealstage: 'closedwon', amount: 12000 },
      as: 'user',
    });
    expect(moved.body.properties).toMatchObject({
      hs_is_closed_won: 'true',
      amount: '12000',
      closedate: expect.any(String),
    });
    expect((await control('POST', `/deals/${id}/archive`)).body.archived).toBe(true);
    expect((await control('POST', `/deals/${id}/restore`)).body.archived).toBe(false);
    expect((await control('GET', `/deals/${id}`)).body.id).toBe(id);
    expect((await control('GET', '/deals/404')).status).toBe(404);
    const other = await control('POST', '/deals', { properties: { dealname: 'Other', dealstage: 'qualifiedtobuy' } });
    const merged = await control('POST', '/merge', { type: 'deals', primaryId: id, otherId: other.body.id });
    expect(merged.body.id).not.toBe(id);
  });

  it('refuse what HubSpot would refuse, and what they do not know', async () => {
    expect((await control('POST', '/deals', { properties: { dealname: 'no stage' } })).status).toBe(400);
    expect((await control('POST', '/settings', { latencyMS: 20 })).status).toBe(400);
    expect((await control('POST', '/faults', { kind: 'earthquake' })).status).toBe(400);
    expect((await control('GET', '/nothing')).status).toBe(404);
  });

  it('switch settings, faults and rules', async () => {
    const settings = await control('POST', '/settings', {
      searchLagMs: 500,
      limits: { enabled: true, perTenSeconds: 5 },
    });
    expect(settings.body).toMatchObject({ searchLagMs: 500, limits: { perTenSeconds: 5, searchPerSecond: 5 } });
    expect(hubspot.simulator.settings.limits.perTenSeconds).toBe(5);

    const { id } = (await control('POST', '/faults', { kind: 'locked', path: '*/deals', count: 1 })).body;
    expect((await rawCall(hubspot.simulator, 'GET', '/crm/v3/objects/deals')).status).toBe(423);
    expect((await rawCall(hubspot.simulator, 'GET', '/crm/v3/objects/deals')).status).toBe(200);
    expect((await control('GET', '/faults')).body).toMatchObject([{ id, hits: 1 }]);
    expect((await control('POST', '/faults/clear', {})).body).toEqual([]);

    await control('POST', '/settings', { enforceRequired: 'always' });
    await control('POST', '/required', { objectType: 'deals', properties: ['dealtype'] });
    const deal = { properties: { dealname: 'a', dealstage: 'qualifiedtobuy' } };
    expect((await rawCall(hubspot.simulator, 'POST', '/crm/v3/objects/deals', deal)).status).toBe(400);
    await control('POST', '/required/clear');
    expect((await rawCall(hubspot.simulator, 'POST', '/crm/v3/objects/deals', deal)).status).toBe(201);
    await control('POST', '/search/flush');
    expect((await control('POST', '/properties/delete', { objectType: 'deals', name: 'amount' })).status).toBe(400);
  });

  it('count calls without counting themselves', async () => {
    await rawCall(hubspot.simulator, 'GET', '/crm/v3/objects/deals');
    expect((await control('GET', '/calls')).body).toEqual({ 'GET /crm/objects/deals 200': 1 });
    await control('POST', '/calls/reset');
    expect((await control('GET', '/calls')).body).toEqual({});
  });

  it('dump everything there is', async () => {
    const { ids } = (
      await control('POST', '/seed', {
        type: 'contacts',
        records: [{ properties: { email: 'ida@brightwater.example' } }],
      })
    ).body as { ids: string[] };
    const deal = { dealname: 'Brightwater', dealstage: 'qualifiedtobuy' };
    await control('POST', '/deals', { properties: deal, ties: [{ type: 'contacts', id: ids[0] }] });
    expect((await control('GET', '/state')).body).toMatchObject({
      portalId: hubspot.simulator.portalId,
      deals: [{ properties: deal, associated: { contacts: ids, companies: [] } }],
      contacts: [{ id: ids[0] }],
      webhooks: { waiting: 0 },
    });
  });

  it('reach OAuth, webhooks and the card proxy', async () => {
    const receiver = await startReceiver();
    await control('POST', '/settings', { webhooks: { targetUrl: receiver.url } });
    await control('POST', '/deals', { properties: { dealname: 'a', dealstage: 'qualifiedtobuy' } });
    expect((await control('POST', '/webhooks/idle')).body).toMatchObject({ delivered: 1 });
    expect((await control('GET', '/webhooks')).body.attempts).toHaveLength(1);
    expect((await control('POST', '/card', { url: `${receiver.url}/card` })).body).toMatchObject({ status: 200 });
    await control('POST', '/oauth', { act: 'rotate-client-secret', secret: 'new' });
    expect(hubspot.simulator.clientSecret).toBe('new');
    await control('POST', '/oauth', { act: 'revoke-static-token', token: hubspot.simulator.accessToken });
    expect((await rawCall(hubspot.simulator, 'GET', '/crm/v3/objects/deals')).status).toBe(401);
    await receiver.close();
  });
});
