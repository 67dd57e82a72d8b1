import nock from 'nock';
import { CrmUnauthorised, CrmUnavailable } from '../../../connectors/contract.js';
import type { TokenStore } from '../../../connectors/token-store.js';
import { startHubspotSimulator, type HubspotSimulator } from '../../../connectors/hubspot/simulator/start.js';
import { createMemoryStore } from '../memory-store.js';
import { stampFor } from '../push-registration.js';
import { apiUrl, createObserved, hubspot, pipelines, type Observed } from './fake-hubspot.js';

const configured = {
  kind: 'oauth',
  clientId: 'client',
  clientSecret: 'secret',
  refreshToken: 'na1-configured',
} as const;
// Answers written from the facts sheet, section 2.
const grant = (accessToken: string, refreshToken: string, expiresIn = 1_800) => ({
  token_type: 'bearer',
  access_token: accessToken,
  refresh_token: refreshToken,
  expires_in: expiresIn,
  hub_id: 1,
});
const revoked = {
  error: 'invalid_grant',
  status: 'BAD_REFRESH_TOKEN',
  message: 'refresh token is invalid, expired or revoked',
};
const tokenPath = '/oauth/2026-09/token';
const form = (refreshToken: string) => ({
  grant_type: 'refresh_token',
  refresh_token: refreshToken,
  client_id: 'client',
  client_secret: 'secret',
});

describe('access tokens of an OAuth app', () => {
  const connectorWith = (store: TokenStore, now = () => new Date()): Observed =>
    createObserved({ auth: { ...configured, tokens: store }, now });
  const expectCallWith = (accessToken: string, times = 1): nock.Scope =>
    nock(apiUrl, { reqheaders: { authorization: `Bearer ${accessToken}` } })
      .get('/account-info/v3/details')
      .times(times)
      .reply(200, { portalId: 62515, companyCurrency: 'EUR' });

  it('are fetched with the refresh token, and the returned refresh token is kept', async () => {
    const { store, saved } = createMemoryStore(null);
    hubspot().post(tokenPath, form('na1-configured')).reply(200, grant('first', 'na1-rotated'));
    expectCallWith('first');
    const now = new Date('2026-11-10T12:00:00Z');
    await expect(connectorWith(store, () => now).connector.account()).resolves.toEqual({
      accountId: '62515',
      currency: 'EUR',
    });
    expect(saved).toEqual([
      {
        accessToken: 'first',
        refreshToken: 'na1-rotated',
        expiresAt: '2026-11-10T12:29:00.000Z',
        instanceUrl: null,
        accountId: '1',
      },
    ]);
  });

  it('that a store still holds cost no refresh', async () => {
    const { store } = createMemoryStore({
      accessToken: 'stored',
      refreshToken: 'r',
      expiresAt: '2999-01-01T00:00:00Z',
      instanceUrl: null,
    });
    expectCallWith('stored', 2);
    const { connector } = connectorWith(store);
    await connector.account();
    await connector.account();
  });

  it('are renewed before they end, with the newest refresh token', async () => {
    const { store } = createMemoryStore(null);
    let nowMs = Date.parse('2026-11-10T12:00:00Z');
    const { connector } = connectorWith(store, () => new Date(nowMs));
    hubspot().post(tokenPath, form('na1-configured')).reply(200, grant('first', 'na1-second'));
    expectCallWith('first', 2);
    await connector.account();
    nowMs += 28 * 60_000;
    await connector.account();
    nowMs += 61_000;
    hubspot().post(tokenPath, form('na1-second')).reply(200, grant('second', 'na1-second'));
    expectCallWith('second');
    await connector.account();
    expect(nock.isDone()).toBe(true);
  });

  it('are fetched once for many calls at the same time', async () => {
    const { store, saved } = createMemoryStore(null);
    hubspot().post(tokenPath).delay(20).reply(200, grant('first', 'r'));
    expectCallWith('first', 10);
    const { connector } = connectorWith(store);
    await Promise.all(Array.from({ length: 10 }, () => connector.account()));
    expect(saved).toHaveLength(1);
  });

  it('are fetched once for several processes at the same time', async () => {
    const { store, saved } = createMemoryStore(null);
    hubspot().post(tokenPath).delay(20).reply(200, grant('first', 'r'));
    expectCallWith('first', 3);
    await Promise.all([1, 2, 3].map(() => connectorWith(store).connector.account()));
    expect(saved).toHaveLength(1);
  });

  it('that HubSpot refuses are renewed once, and the call is made, even a write', async () => {
    const { store } = createMemoryStore({
      accessToken: 'stale',
      refreshToken: 'r',
      expiresAt: '2999-01-01T00:00:00Z',
      instanceUrl: null,
    });
    const update = '/crm/v3/objects/deals/batch/update';
    hubspot().post(update).reply(401, { category: 'EXPIRED_AUTHENTICATION', message: 'expired' });
    hubspot().post(tokenPath, form('r')).reply(200, grant('fresh', 'r'));
    nock(apiUrl, { reqheaders: { authorization: 'Bearer fresh' } })
      .post(update)
      .reply(200, { status: 'COMPLETE', results: [{ id: '7', properties: {} }] });
    const { connector } = connectorWith(store);
    const results = await connector.writeBack([{ crmId: '7', stamp: stampFor('reg_1') }]);
    expect(results).toEqual([{ kind: 'written', crmId: '7' }]);
  });

  it('that stay refused are a matter for a person, after one renewal', async () => {
    const { store, saved } = createMemoryStore({
      accessToken: 'a',
      refreshToken: 'r',
      expiresAt: '2999-01-01T00:00:00Z',
      instanceUrl: null,
    });
    hubspot().get('/account-info/v3/details').times(2).reply(401, { message: 'no' });
    hubspot().post(tokenPath).reply(200, grant('b', 'r'));
    await expect(connectorWith(store).connector.account()).rejects.toThrow(CrmUnauthorised);
    expect(saved).toHaveLength(1);
  });

  it('cannot be had when the connection was revoked, and the failure says so in words', async () => {
    hubspot().post(tokenPath).reply(400, revoked);
    const failure = await connectorWith(createMemoryStore(null).store)
      .connector.account()
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(CrmUnauthorised);
    expect(failure).toMatchObject({
      vendorCategory: 'BAD_REFRESH_TOKEN',
      vendorMessage: expect.stringContaining('revoked'),
    });
  });

  it('come from the newly configured refresh token when the stored one was revoked', async () => {
    const { store, saved } = createMemoryStore({
      accessToken: 'x',
      refreshToken: 'na1-old',
      expiresAt: '2000-01-01T00:00:00Z',
      instanceUrl: null,
    });
    hubspot().post(tokenPath, form('na1-old')).reply(400, revoked);
    hubspot().post(tokenPath, form('na1-configured')).reply(200, grant('again', 'na1-configured'));
    expectCallWith('again');
    await connectorWith(store).connector.account();
    expect(saved[0]?.refreshToken).toBe('na1-configured');
  });

  it.each([
    ['fails', 500, {}],
    ['is moving', 477, {}],
    ['answers without a token', 200, { hello: true }],
  ])('are not there for now when the token endpoint %s', async (_, status, body) => {
    hubspot().post(tokenPath).reply(status, body);
    await expect(connectorWith(createMemoryStore(null).store).connector.stages()).rejects.toThrow(CrmUnavailable);
  });

  it('are not there for now when the store fails', async () => {
    const { store } = createMemoryStore(null);
    const broken = { ...store, load: () => Promise.reject(new RangeError('no database')) };
    await expect(connectorWith(broken).connector.stages()).rejects.toThrow(CrmUnavailable);
  });

  it('survive a store that cannot save for a while: a changed refresh token is not lost', async () => {
    const { store } = createMemoryStore(null);
    let broken = true;
    const flaky: TokenStore = {
      ...store,
      save: (tokens) => (broken ? Promise.reject(new RangeError('full')) : store.save(tokens)),
    };
    const { connector } = connectorWith(flaky);
    hubspot()
      .post(tokenPath, form('na1-configured'))
      .reply(200, grant('first', 'na1-changed', 1));
    await expect(connector.stages()).rejects.toThrow(CrmUnavailable);
    broken = false;
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    hubspot().post(tokenPath, form('na1-changed')).reply(200, grant('second', 'na1-changed'));
    hubspot().get('/crm/v3/pipelines/deals').reply(200, pipelines);
    await expect(connector.stages()).resolves.toHaveLength(8);
  });

  describe('against the simulated account', () => {
    let simulator: HubspotSimulator;
    beforeEach(async () => {
      simulator = await startHubspotSimulator({ settings: { oauth: { rotateRefreshTokens: true } } });
    });
    afterEach(() => simulator.close());

    const connect = (store: TokenStore): Observed =>
      createObserved({
        apiUrl: simulator.url,
        auth: {
          kind: 'oauth',
          clientId: simulator.clientId,
          clientSecret: simulator.clientSecret,
          refreshToken: simulator.refreshToken,
          tokens: store,
        },
      });

    it('outlive expiry after expiry while every refresh changes the refresh token', async () => {
      const { store, saved } = createMemoryStore(null);
      for (let round = 0; round < 3; round += 1) {
        await connect(store).connector.stages();
        simulator.oauth.expireAccessTokens();
      }
      await connect(store).connector.stages();
      expect(saved).toHaveLength(4);
      expect(new Set(saved.map((tokens) => tokens.refreshToken)).size).toBe(4);
    });

    it('end with the uninstall of the app', async () => {
      const { connector } = connect(createMemoryStore(null).store);
      await connector.account();
      simulator.oauth.uninstall();
      await expect(connector.account()).rejects.toThrow(CrmUnauthorised);
    });
  });
});
