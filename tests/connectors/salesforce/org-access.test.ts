import http from 'node:http';
import type { AddressInfo } from 'node:net';
import nock from 'nock';
import { z } from 'zod';
import { CrmRateLimited, CrmRejected, CrmUnavailable } from '../../../connectors/contract.js';
import { Decimal } from '../../../connectors/salesforce/exact-json.js';
import {
  createMemoryStore,
  createObserved,
  data,
  expired,
  granted,
  heldTokens,
  instanceUrl,
  login,
  salesforce,
  tokenPath,
  type Observed,
} from './fake-salesforce.js';

const limits = { operation: 'read limits', method: 'GET', path: '/limits' } as const;
const write = { operation: 'write', method: 'PATCH', path: '/sobjects/Lead/1', body: {} } as const;
const ask = ({ call }: Observed) => call(limits, z.unknown());
const used = (count: number, limit = 100) => ({ 'Sforce-Limit-Info': `api-usage=${String(count)}/${String(limit)}` });

describe('a call to Salesforce', () => {
  it('says what was done, how long it took and how it ended, and nothing else', async () => {
    salesforce(heldTokens.accessToken).get(`${data}/limits`).reply(200, {});
    const access = createObserved();
    await ask(access);
    expect(access.observations).toEqual([
      { operation: 'read limits', durationMs: expect.any(Number), outcome: 'ok', httpStatus: 200 },
    ]);
  });

  it('brings amounts there and back digit by digit, and says that it is ours', async () => {
    nock(instanceUrl, { reqheaders: { 'sforce-call-options': 'client=introducer' } })
      .post(`${data}/sobjects/Opportunity`, '{"Amount":90071992547409930.10,"Name":"Grüße"}')
      .reply(201, '{"Amount":90071992547409930.10}', { 'content-type': 'application/json;charset=UTF-8' });
    const body = { Amount: new Decimal('90071992547409930.10'), Name: 'Grüße' };
    const request = { operation: 'create', method: 'POST', path: '/sobjects/Opportunity', body } as const;
    const shape = z.object({ Amount: z.string() });
    await expect(createObserved().call(request, shape)).resolves.toEqual({ Amount: '90071992547409930.1' });
  });

  it.each([
    ['a fault of the server', 500, CrmUnavailable],
    ['a proxy in between', 502, CrmUnavailable],
    ['an organisation on the move', 420, CrmUnavailable],
    ['several records for one external id', 300, CrmRejected],
  ] as const)('that meets %s is made once: the durable work comes back', async (_, status, kind) => {
    salesforce().get(`${data}/limits`).reply(status, '[]');
    login().post(tokenPath).optionally().reply(200, granted('same'));
    const access = createObserved();
    await expect(ask(access)).rejects.toThrow(kind);
    expect(access.observations.filter((one) => one.operation === 'read limits')).toHaveLength(1);
  });

  it('is sent again after a refused session even when it writes, because it was not carried out', async () => {
    salesforce(heldTokens.accessToken).patch(`${data}/sobjects/Lead/1`).reply(401, expired);
    login().post(tokenPath).reply(200, granted('second'));
    salesforce('second').patch(`${data}/sobjects/Lead/1`).reply(204);
    await createObserved().call(write, z.unknown());
    expect(nock.isDone()).toBe(true);
  });

  it('says where an answer is not what it should be', async () => {
    salesforce()
      .get(`${data}/limits`)
      .reply(200, { records: [{ Id: null }] });
    const shape = z.object({ records: z.array(z.object({ Id: z.string() })) });
    await expect(createObserved().call(limits, shape)).rejects.toThrow(/unexpected form \(at records.0.Id\)/);
  });

  it('runs beside few others, in turn', async () => {
    let [now, most] = [0, 0];
    nock(instanceUrl)
      .get(`${data}/limits`)
      .times(30)
      .delay(5)
      .reply(() => {
        most = Math.max(most, (now += 1));
        setTimeout(() => (now -= 1), 3);
        return [200, {}];
      });
    const access = createObserved();
    await Promise.all(Array.from({ length: 30 }, () => ask(access)));
    expect(most).toBeLessThanOrEqual(8);
    expect(nock.isDone()).toBe(true);
  });

  it('is turned away when hundreds wait already', async () => {
    salesforce().get(`${data}/limits`).times(508).reply(200, {});
    const access = createObserved();
    const results = await Promise.allSettled(Array.from({ length: 600 }, () => ask(access)));
    const refused = results.filter((result) => result.status === 'rejected');
    expect(refused).toHaveLength(600 - 508);
    expect(refused[0]).toMatchObject({ reason: expect.any(CrmRateLimited) });
  });
});

describe('a server that does not play along', () => {
  const behaviours: Readonly<Record<string, http.RequestListener>> = {
    '/hangs': () => undefined,
    '/torn': (request) => void request.socket.destroy(),
    '/half': (_, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
      response.write('{"records":[');
      setTimeout(() => void response.destroy(), 10);
    },
  };
  let server: http.Server;
  let access: Observed;
  beforeEach(async () => {
    server = http.createServer((request, response) => {
      const act = behaviours[new URL(request.url ?? '', 'http://x').pathname.replace(data, '')];
      if (act !== undefined) act(request, response);
      else response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
    const tokens = createMemoryStore({ ...heldTokens, instanceUrl: url }).store;
    access = createObserved({ tokens, timeoutMs: 150 });
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  it.each(Object.keys(behaviours))(
    '%s: Salesforce is unavailable, in time, and nobody else is disturbed',
    async (path) => {
      const unhandled: unknown[] = [];
      const note = (reason: unknown): void => void unhandled.push(reason);
      process.on('unhandledRejection', note);
      const startedMs = performance.now();
      await expect(access.call({ ...limits, path }, z.unknown())).rejects.toThrow(CrmUnavailable);
      expect(performance.now() - startedMs).toBeLessThan(1_000);
      await new Promise((resolve) => setTimeout(resolve, 250));
      process.off('unhandledRejection', note);
      expect(unhandled).toEqual([]);
      await expect(access.call(limits, z.unknown())).resolves.toEqual({});
    },
  );
});

describe("the organisation's daily calls", () => {
  const createDay = (count: number) => {
    const time = { now: new Date('2026-11-10T12:00:00Z') };
    salesforce().get(`${data}/limits`).reply(200, {}, used(count));
    return { time, access: createObserved({ now: () => time.now }) };
  };

  it('are used by all its tools: ours stop at the reserve, and say when they try again', async () => {
    const { access } = createDay(80);
    await ask(access);
    expect(access.usage()).toEqual({ used: 80, limit: 100 });
    const failure = await ask(access).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(CrmRateLimited);
    expect(failure).toMatchObject({
      retryAfterMs: 900_000,
      vendorMessage:
        "80 of the organisation's 100 API calls in 24 hours are used; 20 are left to its other tools. " +
        'Tried again at 2026-11-10T12:15:00.000Z',
    });
  });

  it('are looked at again by one call after a while, and go on when older ones no longer count', async () => {
    const { access, time } = createDay(95);
    await ask(access);
    time.now = new Date('2026-11-10T12:15:00Z');
    salesforce().get(`${data}/limits`).reply(200, {}, used(95));
    await ask(access);
    await expect(ask(access)).rejects.toThrow(CrmRateLimited);
    time.now = new Date('2026-11-10T12:30:00Z');
    salesforce().get(`${data}/limits`).times(2).reply(200, {}, used(40));
    await ask(access);
    await ask(access);
  });

  it('count our own calls that Salesforce has not told of yet', async () => {
    const { access } = createDay(78);
    await ask(access);
    salesforce().get(`${data}/limits`).times(2).delay(20).reply(200, {}, used(79));
    const results = await Promise.allSettled([ask(access), ask(access), ask(access)]);
    expect(results.map((result) => result.status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
  });

  it('that are used up pause every call, whoever used them', async () => {
    const access = createObserved();
    const body = [{ errorCode: 'REQUEST_LIMIT_EXCEEDED', message: 'TotalRequests Limit exceeded.' }];
    salesforce().get(`${data}/limits`).reply(403, body);
    await expect(ask(access)).rejects.toThrow(CrmRateLimited);
    await expect(ask(access)).rejects.toThrow(/are left to its other tools/);
    expect(nock.isDone()).toBe(true);
  });
});

describe('a connection of the client library', () => {
  it('has our session, version and name, and its calls count', async () => {
    const access = createObserved();
    const connection = await access.connect();
    nock(instanceUrl, {
      reqheaders: { authorization: `Bearer ${heldTokens.accessToken}`, 'sforce-call-options': 'client=introducer' },
    })
      .get(`${data}/limits`)
      .reply(200, {}, used(7));
    await connection.request('/limits');
    expect(access.usage()).toEqual({ used: 7, limit: 100 });
  });

  it('never refreshes by itself and repeats nothing; another one has another session', async () => {
    const access = createObserved();
    const connection = await access.connect();
    salesforce().get(`${data}/limits`).reply(401, expired);
    await expect(connection.request('/limits')).rejects.toThrow(/Session expired/);
    salesforce().get(`${data}/limits`).reply(503, '');
    await expect(connection.request('/limits')).rejects.toThrow();
    login().post(tokenPath).reply(200, granted('second'));
    expect((await access.connect(connection)).accessToken).toBe('second');
    expect(nock.isDone()).toBe(true);
  });
});
