import nock from 'nock';
import { z } from 'zod';
import { CrmUnauthorised, CrmUnavailable } from '../../../connectors/contract.js';
import {
  createMemoryStore,
  createObserved,
  data,
  expired,
  granted,
  heldTokens,
  instanceUrl,
  login,
  loginUrl,
  salesforce,
  tokenPath,
  type Observed,
} from './fake-salesforce.js';

const refreshForm = (refreshToken: string) => ({
  grant_type: 'refresh_token',
  refresh_token: refreshToken,
  client_id: 'client',
  client_secret: 'secret',
});
const limits = { operation: 'read limits', method: 'GET', path: '/limits' } as const;
const ask = ({ call }: Observed) => call(limits, z.unknown());
const expectCall = (accessToken: string, times = 1) =>
  salesforce(accessToken).get(`${data}/limits`).times(times).reply(200, {});
const refuseCall = (accessToken: string, times = 1) =>
  salesforce(accessToken).get(`${data}/limits`).times(times).reply(401, expired);

describe('a session', () => {
  it('that another process left in the store costs no sign-in', async () => {
    expectCall(heldTokens.accessToken, 2);
    const access = createObserved();
    await ask(access);
    await ask(access);
  });

  it('begins with the configured refresh token, and the rotated one is kept before the first call', async () => {
    const { store, saved } = createMemoryStore(null);
    login()
      .post(tokenPath, refreshForm('5Aep-configured'))
      .reply(200, granted('first', { refresh_token: '5Aep-2' }));
    expectCall('first');
    const now = new Date('2026-11-10T12:00:00Z');
    await ask(createObserved({ tokens: store, now: () => now }));
    expect(saved).toEqual([
      {
        accessToken: 'first',
        refreshToken: '5Aep-2',
        expiresAt: '2026-11-11T12:00:00.000Z',
        instanceUrl,
        accountId: '00D5f000000AbCdEAK',
      },
    ]);
  });

  it.each([
    ['is the one wanted, in its short form too', '00D5f000000AbCd', true],
    ['is another than the one wanted', '00D5f000000AbCeEAK', false],
  ])('of an organisation that %s', async (_, organizationId, isWanted) => {
    const { store, saved } = createMemoryStore(null);
    login().post(tokenPath).reply(200, granted('first'));
    if (isWanted) expectCall('first');
    const asked = ask(createObserved({ tokens: store, organizationId }));
    await (isWanted ? asked : expect(asked).rejects.toThrow(CrmUnauthorised));
    expect(saved).toHaveLength(isWanted ? 1 : 0);
  });

  it.each([
    ['nobody knows of which organisation', undefined],
    ['of another organisation', '00D5f000000AbCeEAK'],
  ])('that was kept before, %s, is not used where one is wanted', async (_, accountId) => {
    login().post(tokenPath).reply(200, granted('first'));
    expectCall('first');
    const { store, saved } = createMemoryStore({ ...heldTokens, accountId });
    await ask(createObserved({ tokens: store, organizationId: '00D5f000000AbCd' }));
    expect(saved.map((tokens) => tokens.accountId)).toEqual(['00D5f000000AbCdEAK']);
  });

  it('is used at the address that was configured, whatever the sign-in says', async () => {
    login()
      .post(tokenPath)
      .reply(200, granted('first', { instance_url: 'https://elsewhere.my.salesforce.com' }));
    expectCall('first');
    await ask(createObserved({ tokens: createMemoryStore(null).store, instanceUrl: `${instanceUrl}/` }));
  });

  it('that was refused is renewed once, with the newest refresh token, and the call is made again', async () => {
    const { store, saved } = createMemoryStore();
    refuseCall(heldTokens.accessToken);
    login()
      .post(tokenPath, refreshForm('5Aep-held'))
      .reply(200, granted('second', { refresh_token: '5Aep-3' }));
    expectCall('second');
    await ask(createObserved({ tokens: store }));
    expect(saved.map((tokens) => tokens.refreshToken)).toEqual(['5Aep-3']);
  });

  it('is renewed once for many calls at once, and once for two processes', async () => {
    const { store, saved } = createMemoryStore();
    refuseCall(heldTokens.accessToken, 10);
    login()
      .post(tokenPath)
      .delay(20)
      .reply(200, granted('second', { refresh_token: '5Aep-3' }));
    expectCall('second', 10);
    const [one, other] = [createObserved({ tokens: store }), createObserved({ tokens: store })];
    await Promise.all(Array.from({ length: 10 }, (_, index) => ask(index % 2 === 0 ? one : other)));
    expect(saved).toHaveLength(1);
  });

  it('that is refused however often it is renewed makes no loop', async () => {
    const { store, saved } = createMemoryStore();
    let refusals = 0;
    nock(instanceUrl)
      .persist()
      .get(`${data}/limits`)
      .reply(() => [401, ((refusals += 1), expired)]);
    let issued = 0;
    nock(loginUrl)
      .persist()
      .post(tokenPath)
      .reply(() => [200, granted(`useless-${String((issued += 1))}`)]);
    const access = createObserved({ tokens: store });
    for (let tries = 0; tries < 20; tries += 1) await expect(ask(access)).rejects.toThrow(CrmUnauthorised);
    expect(issued).toBeLessThan(5);
    expect(saved).toHaveLength(issued);
    expect(refusals).toBeLessThan(30);
    await expect(ask(access)).rejects.toThrow(/sessions in a row and refused each/);
  });

  it('is not renewed where the organisation forbids what the app does', async () => {
    const words = 'This session is not valid for use with the REST API';
    salesforce()
      .get(`${data}/limits`)
      .reply(401, [{ errorCode: 'INVALID_SESSION_ID', message: words }]);
    await expect(ask(createObserved())).rejects.toThrow(words);
  });

  it('takes calls to where the organisation has moved, and they stay there', async () => {
    const { store, saved } = createMemoryStore();
    refuseCall(heldTokens.accessToken);
    const moved = 'https://acme--na200.my.salesforce.com';
    login()
      .post(tokenPath)
      .reply(200, granted('second', { instance_url: `${moved}/` }));
    nock(moved).get(`${data}/limits`).times(2).reply(200, {});
    const access = createObserved({ tokens: store });
    await ask(access);
    await ask(access);
    expect(saved.at(-1)?.instanceUrl).toBe(moved);
  });

  it.each([
    ['a redirect', (scope: nock.Interceptor) => scope.reply(302, '', { location: 'https://elsewhere.test/' })],
    [
      'no such host',
      (scope: nock.Interceptor) => scope.replyWithError(Object.assign(new Error('x'), { code: 'ENOTFOUND' })),
    ],
  ])('asks where the organisation lives after %s, and follows no redirect with its token', async (_, meet) => {
    meet(salesforce().get(`${data}/limits`));
    const moved = 'https://acme--na200.my.salesforce.com';
    login()
      .post(tokenPath)
      .reply(200, granted('second', { instance_url: moved }));
    nock(moved).get(`${data}/limits`).reply(200, {});
    await ask(createObserved());
    expect(nock.isDone()).toBe(true);
  });

  it('is not given up when the old address still is the right one, and is asked about only so often', async () => {
    salesforce().get(`${data}/limits`).times(2).reply(302, '', { location: 'https://elsewhere.test/' });
    login().post(tokenPath).reply(200, granted('second'));
    const access = createObserved();
    await expect(ask(access)).rejects.toThrow(CrmUnavailable);
    await expect(ask(access)).rejects.toThrow(CrmUnavailable);
    expect(nock.isDone()).toBe(true);
  });
});
