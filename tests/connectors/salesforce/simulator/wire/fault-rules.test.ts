import { connect, postForm, rawCall, refusalOf, useSimulatedSalesforce } from '../simulated-salesforce.js';

const salesforce = useSimulatedSalesforce();

const path = '/services/data/v67.0/sobjects/Lead';
const lead = { LastName: 'Okafor', Company: 'Brightwater' };

function leads(): number {
  return salesforce.simulator.person.all('Lead').length;
}

function limited(ms: number): RequestInit {
  return {
    method: 'POST',
    body: JSON.stringify(lead),
    signal: AbortSignal.timeout(ms),
    headers: {
      Authorization: `Bearer ${salesforce.simulator.tokens.accessToken}`,
      'Content-Type': 'application/json',
    },
  };
}

describe('faults', () => {
  it.each([
    ['session-expired', 401, 'INVALID_SESSION_ID'],
    ['limit-exceeded', 403, 'REQUEST_LIMIT_EXCEEDED'],
    ['concurrent-limit', 403, 'REQUEST_LIMIT_EXCEEDED'],
    ['server-unavailable', 503, 'SERVER_UNAVAILABLE'],
  ] as const)('%s answers in place of the org, as often as it is told', async (kind, status, errorCode) => {
    salesforce.simulator.addFault({ kind, count: 1, path: '/sobjects/Lead' });
    const struck = await rawCall(salesforce.simulator, 'POST', path, lead);
    expect([struck.status, struck.body]).toEqual([status, [expect.objectContaining({ errorCode })]]);
    expect(leads()).toBe(0);
    expect((await rawCall(salesforce.simulator, 'POST', path, lead)).status).toBe(201);
  });

  it('give any error to the nth call', async () => {
    const errorCode = 'UNABLE_TO_LOCK_ROW';
    salesforce.simulator.addFault({ kind: 'error', status: 400, errorCode, skip: 1, count: 1, method: 'post' });
    expect((await rawCall(salesforce.simulator, 'POST', path, lead)).status).toBe(201);
    expect(await refusalOf(salesforce.connection.sobject('Lead').create(lead))).toMatchObject({ errorCode });
    expect((await rawCall(salesforce.simulator, 'POST', path, lead)).status).toBe(201);
  });

  it('speak OAuth where OAuth is asked', async () => {
    salesforce.simulator.addFault({
      kind: 'error',
      status: 400,
      errorCode: 'inactive_org',
      path: '/services/oauth2/*',
    });
    const { body } = await postForm(salesforce.simulator, '/services/oauth2/token', {});
    expect(body.error).toBe('inactive_org');
  });

  it('answer in HTML, even with 200', async () => {
    salesforce.simulator.addFault({ kind: 'html', status: 502, count: 1 });
    expect((await rawCall(salesforce.simulator, 'POST', path, lead)).text).toContain('<h1>');
    salesforce.simulator.addFault({ kind: 'html-with-200', count: 1 });
    expect(await connect(salesforce.simulator).request(path)).toContain('<h1>');
  });

  it('hang, drop the connection, or tear the answer in two', async () => {
    const { simulator } = salesforce;
    simulator.addFault({ kind: 'hang', count: 1 });
    await expect(fetch(`${simulator.url}${path}`, limited(200))).rejects.toThrow(/timeout|aborted/i);
    simulator.addFault({ kind: 'drop', count: 1 });
    await expect(fetch(`${simulator.url}${path}`, limited(5000))).rejects.toThrow('fetch failed');
    expect(leads()).toBe(0);
    simulator.addFault({ kind: 'torn', count: 1 });
    const torn = await fetch(`${simulator.url}${path}`, limited(5000));
    await expect(torn.text()).rejects.toThrow();
    expect(leads()).toBe(1);
  });

  it('do the work and lose the answer', async () => {
    const { simulator } = salesforce;
    simulator.addFault({ kind: 'apply-then-drop', count: 1 });
    await expect(fetch(`${simulator.url}${path}`, limited(5000))).rejects.toThrow('fetch failed');
    simulator.addFault({ kind: 'apply-then-error', count: 1 });
    expect((await rawCall(simulator, 'POST', path, lead)).status).toBe(500);
    simulator.addFault({ kind: 'apply-then-hang', count: 1 });
    await expect(fetch(`${simulator.url}${path}`, limited(200))).rejects.toThrow(/timeout|aborted/i);
    expect(leads()).toBe(3);
  });

  it('are late', async () => {
    salesforce.simulator.addFault({ kind: 'slow', delayMs: 120, count: 1 });
    const before = performance.now();
    await rawCall(salesforce.simulator, 'POST', path, lead);
    expect(performance.now() - before).toBeGreaterThanOrEqual(110);
  });

  it('are listed with their hits, and can be taken back', () => {
    const id = salesforce.simulator.addFault({ kind: 'drop' });
    expect(salesforce.simulator.faults()).toEqual([expect.objectContaining({ id, hits: 0 })]);
    salesforce.simulator.removeFault(id);
    expect(salesforce.simulator.faults()).toEqual([]);
    expect(() => salesforce.simulator.addFault({ kind: 'earthquake' } as never)).toThrow();
  });
});

describe('hooks', () => {
  it('step in before and after the org acts', async () => {
    const seen: number[] = [];
    for (const when of ['before', 'after'] as const) {
      salesforce.simulator.onRequest({
        when,
        method: 'POST',
        path: '/sobjects/*',
        times: 1,
        act: () => void seen.push(leads()),
      });
    }
    await rawCall(salesforce.simulator, 'POST', path, lead);
    await rawCall(salesforce.simulator, 'POST', path, lead);
    expect(seen).toEqual([0, 1]);
  });
});

describe('the daily limit', () => {
  it('is the whole org’s: what other tools use is gone', async () => {
    const { simulator, connection } = salesforce;
    simulator.configure({ limits: { perDay: 10 } });
    simulator.usage.add(8);
    await connection.query('SELECT Id FROM Lead');
    expect(connection.limitInfo.apiUsage).toEqual({ used: 9, limit: 10 });
    expect(await connection.limits()).toMatchObject({ DailyApiRequests: { Max: 10, Remaining: 0 } });
    const refused = await rawCall(simulator, 'GET', '/services/data/v67.0/limits');
    expect([refused.status, refused.headers.get('sforce-limit-info')]).toEqual([403, 'api-usage=10/10']);
    expect(refused.body).toEqual([expect.objectContaining({ errorCode: 'REQUEST_LIMIT_EXCEEDED' })]);
    simulator.usage.reset();
    expect((await rawCall(simulator, 'GET', '/services/data/v67.0/limits')).status).toBe(200);
  });

  it('counts calls by name', async () => {
    await rawCall(salesforce.simulator, 'POST', path, lead);
    await rawCall(salesforce.simulator, 'GET', `${path}/00Q5f00000zzzzzAAA`);
    await rawCall(salesforce.simulator, 'GET', `${path}/Key__c/reg-1`);
    await rawCall(salesforce.simulator, 'GET', '/services/data/v67.0/sobjects/OpportunityHistory/describe');
    expect(salesforce.simulator.calls()).toEqual({
      'GET /sobjects/Lead/Key__c/{key} 404': 1,
      'GET /sobjects/Lead/{id} 404': 1,
      'GET /sobjects/OpportunityHistory/describe 200': 1,
      'POST /sobjects/Lead 201': 1,
    });
    salesforce.simulator.resetCalls();
    expect(salesforce.simulator.calls()).toEqual({});
  });
});
