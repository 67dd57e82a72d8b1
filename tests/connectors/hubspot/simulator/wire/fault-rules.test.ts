import { seededRandom } from '../../../../../connectors/simulator/random.js';
import type { FaultInput } from '../../../../../connectors/hubspot/simulator/wire/fault-rules.js';
import { createFaultRules } from '../../../../../connectors/hubspot/simulator/wire/fault-rules.js';
import { rawCall, refusalOf, useSimulatedHubspot } from '../simulated-hubspot.js';

const hubspot = useSimulatedHubspot();
const deal = { dealname: 'Brightwater', dealstage: 'qualifiedtobuy' };
const create = () => hubspot.client.crm.deals.basicApi.create({ properties: deal });
const madeDeals = () => hubspot.simulator.person.records('deals').length;

describe('a fault that answers in place of the account', () => {
  it.each<[FaultInput, number, Record<string, unknown>]>([
    [{ kind: 'locked' }, 423, { category: 'LOCKED' }],
    [{ kind: 'rate-limit-rolling' }, 429, { policyName: 'TEN_SECONDLY_ROLLING' }],
    [{ kind: 'rate-limit-daily' }, 429, { policyName: 'DAILY' }],
    [{ kind: 'rate-limit-secondly' }, 429, { message: 'You have reached your secondly limit.' }],
    [{ kind: 'migrating', retryAfterSeconds: 7 }, 477, { status: 'error' }],
    [{ kind: 'server-error' }, 500, { category: 'INTERNAL_ERROR' }],
    [{ kind: 'server-error', status: 503 }, 503, { category: 'INTERNAL_ERROR' }],
    [{ kind: 'unauthorised' }, 401, { category: 'INVALID_AUTHENTICATION' }],
    [{ kind: 'expired-token' }, 401, { category: 'EXPIRED_AUTHENTICATION' }],
    [{ kind: 'missing-scopes' }, 403, { category: 'MISSING_SCOPES' }],
  ])('%j writes nothing', async (fault, status, body) => {
    hubspot.simulator.addFault(fault);
    const error = await refusalOf(create());
    expect(error.code).toBe(status);
    expect(error.body).toMatchObject(body);
    if (status === 477) expect(error.headers['retry-after']).toBe('7');
    expect(madeDeals()).toBe(0);
  });

  it('can be a page of HTML', async () => {
    hubspot.simulator.addFault({ kind: 'bad-gateway-html' });
    const error = await refusalOf(create());
    expect(error.code).toBe(502);
    expect(error.body).toMatch('<h1>502 Bad Gateway</h1>');
  });

  it('can cut the connection or never answer', async () => {
    const id = hubspot.simulator.addFault({ kind: 'drop' });
    await expect(create()).rejects.toThrow('fetch failed');
    hubspot.simulator.removeFault(id);
    hubspot.simulator.addFault({ kind: 'hang' });
    const signal = AbortSignal.timeout(100);
    await expect(fetch(`${hubspot.simulator.url}/crm/v3/objects/deals`, { signal })).rejects.toThrow('timeout');
    expect(madeDeals()).toBe(0);
    expect(hubspot.simulator.calls()).toEqual({
      'GET /crm/objects/deals none': 1,
      'POST /crm/objects/deals none': 1,
    });
  });
});

describe('a fault that spoils the answer after the write', () => {
  it('answers 200 where 201 is due, which the client takes for a failure', async () => {
    hubspot.simulator.addFault({ kind: 'ok-instead-of-created' });
    const error = await refusalOf(create());
    expect(error.code).toBe(200);
    expect(madeDeals()).toBe(1);
  });

  it('leaves the content type out, which the client cannot parse', async () => {
    hubspot.simulator.addFault({ kind: 'no-content-type' });
    await expect(create()).rejects.toThrow('No Content-Type defined');
    expect(madeDeals()).toBe(1);
  });

  it.each([['apply-then-bad-gateway', 502] as const, ['apply-then-server-error', 500] as const])(
    '%s tells of a failure that was none',
    async (kind, status) => {
      hubspot.simulator.addFault({ kind });
      expect((await refusalOf(create())).code).toBe(status);
      expect(madeDeals()).toBe(1);
    },
  );

  it('loses the answer with its connection, or never sends it', async () => {
    hubspot.simulator.addFault({ kind: 'apply-then-drop', count: 1 });
    await expect(create()).rejects.toThrow('fetch failed');
    hubspot.simulator.addFault({ kind: 'apply-then-hang', count: 1 });
    await expect(
      fetch(`${hubspot.simulator.url}/crm/v3/objects/deals`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${hubspot.simulator.accessToken}` },
        body: JSON.stringify({ properties: deal }),
        signal: AbortSignal.timeout(300),
      }),
    ).rejects.toThrow('timeout');
    expect(madeDeals()).toBe(2);
  });

  it('is late by as much as it was told', async () => {
    hubspot.simulator.addFault({ kind: 'slow', delayMs: 150 });
    const startedAt = performance.now();
    await create();
    expect(performance.now() - startedAt).toBeGreaterThan(140);
  });
});

describe('a fault rule', () => {
  it('hits only calls of its method and path, after those it skips, as often as it counts', async () => {
    hubspot.simulator.addFault({ kind: 'locked', method: 'POST', path: '/crm/objects/deals', skip: 1, count: 1 });
    await create();
    expect((await refusalOf(create())).code).toBe(423);
    await create();
    await hubspot.client.crm.contacts.basicApi.create({ properties: { email: 'a@b.example' } });
    expect(hubspot.simulator.faults()).toMatchObject([{ hits: 1 }]);
    hubspot.simulator.clearFaults();
    expect(hubspot.simulator.faults()).toEqual([]);
  });

  it('matches the path as asked or the route without version, with * for any characters', async () => {
    hubspot.simulator.addFault({ kind: 'locked', path: '/crm/objects/deals/*' });
    hubspot.simulator.addFault({ kind: 'locked', path: '*/2026-09/contacts*' });
    const status = async (path: string) => (await rawCall(hubspot.simulator, 'GET', path)).status;
    expect(await status('/crm/v3/objects/0-3/1')).toBe(423);
    expect(await status('/crm/objects/2026-09/deals/1')).toBe(423);
    expect(await status('/crm/objects/2026-09/contacts')).toBe(423);
    expect(await status('/crm/v3/objects/contacts')).toBe(200);
  });

  it('can hit by chance, the same calls in every run', () => {
    const hits = () => {
      const faults = createFaultRules(seededRandom(7));
      faults.add({ kind: 'locked', probability: 0.5 });
      const asked = { method: 'GET', path: '/crm/v3/objects/deals', route: null };
      return Array.from({ length: 40 }, () => faults.strike(asked) !== null);
    };
    expect(hits()).toEqual(hits());
    expect(hits()).toContain(true);
    expect(hits()).toContain(false);
  });
});

describe('latency', () => {
  it('is waited before every answer of the API', async () => {
    hubspot.simulator.configure({ latencyMs: 60 });
    const startedAt = performance.now();
    await create();
    expect(performance.now() - startedAt).toBeGreaterThan(55);
  });
});
