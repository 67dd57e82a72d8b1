import { createVerify, generateKeyPairSync } from 'node:crypto';
import nock from 'nock';
import { z } from 'zod';
import { CrmUnavailable } from '../../../connectors/contract.js';
import { createSend } from '../../../connectors/salesforce/send.js';
import { createSessions } from '../../../connectors/salesforce/sessions.js';
import {
  createMemoryStore,
  createObserved,
  data,
  expired,
  granted,
  heldTokens,
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
const refusedToken = { error: 'invalid_grant', error_description: 'expired access/refresh token' };
const limits = { operation: 'read limits', method: 'GET', path: '/limits' } as const;
const ask = ({ call }: Observed) => call(limits, z.unknown());
const expectCall = (accessToken: string, times = 1) =>
  salesforce(accessToken).get(`${data}/limits`).times(times).reply(200, {});
const refuseCall = (accessToken: string, times = 1) =>
  salesforce(accessToken).get(`${data}/limits`).times(times).reply(401, expired);

describe('the sign-in', () => {
  const createTimed = (tokens = createMemoryStore().store) => {
    const time = { elapsedMs: 0, now: new Date('2026-11-10T12:00:00Z') };
    const endpoint = { send: createSend(), loginUrl, now: () => time.now, timeoutMs: 500, observe: () => undefined };
    const grant = { kind: 'refresh-token', clientId: 'client', clientSecret: 'secret', refreshToken: 'conf' } as const;
    const sessions = createSessions({ endpoint, grant, tokens, elapsedMs: () => time.elapsedMs });
    return { time, sessions };
  };

  it('happens before an idle session can have ended, not only after', async () => {
    const { time, sessions } = createTimed();
    await sessions.current();
    time.elapsedMs += 9 * 60_000;
    expect((await sessions.current()).accessToken).toBe(heldTokens.accessToken);
    time.elapsedMs += 11 * 60_000;
    login().post(tokenPath, refreshForm('5Aep-held')).reply(200, granted('awake'));
    expect((await sessions.current()).accessToken).toBe('awake');
    time.elapsedMs += 9 * 60_000;
    expect((await sessions.current()).accessToken).toBe('awake');
  });

  it('happens once a day although the session lives, so that the refresh token does', async () => {
    const { time, sessions } = createTimed(
      createMemoryStore({ ...heldTokens, expiresAt: '2026-11-10T18:00:00.000Z' }).store,
    );
    expect((await sessions.current()).accessToken).toBe(heldTokens.accessToken);
    time.now = new Date('2026-11-10T18:00:01Z');
    login().post(tokenPath).reply(200, granted('tomorrow'));
    expect((await sessions.current()).accessToken).toBe('tomorrow');
  });

  it('keeps a rotated refresh token that could not be saved, saves it later, and uses it first', async () => {
    const { store, saved } = createMemoryStore();
    let broken = true;
    const tokens = {
      ...store,
      save: (fresh: typeof heldTokens) => (broken ? Promise.reject(new Error('disk full')) : store.save(fresh)),
    };
    const { sessions } = createTimed(tokens);
    const refused = await sessions.current();
    login()
      .post(tokenPath, refreshForm('5Aep-held'))
      .reply(200, granted('second', { refresh_token: '5Aep-live' }));
    await expect(sessions.renew(refused)).rejects.toThrow(CrmUnavailable);
    broken = false;
    expect((await sessions.current()).accessToken).toBe('second');
    expect(saved.map((one) => one.refreshToken)).toEqual(['5Aep-live']);
  });

  it('falls back to the refresh token a person configured anew', async () => {
    const { store } = createMemoryStore();
    refuseCall(heldTokens.accessToken);
    login().post(tokenPath, refreshForm('5Aep-held')).reply(400, refusedToken);
    login().post(tokenPath, refreshForm('5Aep-configured')).reply(200, granted('anew'));
    expectCall('anew');
    await ask(createObserved({ tokens: store }));
  });

  it('says that nobody is accepted any more, in the words of Salesforce', async () => {
    refuseCall(heldTokens.accessToken);
    login().post(tokenPath).times(2).reply(400, refusedToken);
    await expect(ask(createObserved())).rejects.toThrow('invalid_grant: expired access/refresh token');
  });

  it('is made again later when the token endpoint is away, hangs, or answers a page', async () => {
    const access = () => createObserved({ tokens: createMemoryStore(null).store, timeoutMs: 50 });
    login().post(tokenPath).reply(503, '<html></html>');
    await expect(ask(access())).rejects.toThrow(CrmUnavailable);
    login().post(tokenPath).delay(500).reply(200, granted('late'));
    await expect(ask(access())).rejects.toThrow(/within 50 ms/);
    login().post(tokenPath).reply(200, '<html></html>');
    await expect(ask(access())).rejects.toThrow(/without a token/);
  });

  it('with a JWT proves who we are by a signature over user, app and login host', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    let assertion = '';
    login()
      .post(tokenPath, (form: Record<string, string>) => {
        assertion = form['assertion'] ?? '';
        return form['grant_type'] === 'urn:ietf:params:oauth:grant-type:jwt-bearer' && !('refresh_token' in form);
      })
      .reply(200, granted('by-jwt'));
    expectCall('by-jwt');
    const { store, saved } = createMemoryStore(null);
    await ask(
      createObserved({
        tokens: store,
        now: () => new Date('2026-11-10T12:00:00Z'),
        // As an environment file holds it.
        grant: {
          kind: 'jwt-bearer',
          clientId: 'app',
          username: 'bot@acme.test',
          privateKey: pem.replaceAll('\n', '\\n'),
        },
      }),
    );
    const [head = '', claims = '', signature = ''] = assertion.split('.');
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toEqual({
      iss: 'app',
      sub: 'bot@acme.test',
      aud: loginUrl,
      exp: Date.parse('2026-11-10T12:02:00Z') / 1_000,
    });
    expect(createVerify('RSA-SHA256').update(`${head}.${claims}`).verify(publicKey, signature, 'base64url')).toBe(true);
    expect(saved.map((tokens) => tokens.refreshToken)).toEqual([null]);
  });

  it('with a key that is none says so, and asks nobody', async () => {
    const grant = { kind: 'jwt-bearer', clientId: 'app', username: 'bot@acme.test', privateKey: 'no key' } as const;
    await expect(ask(createObserved({ tokens: createMemoryStore(null).store, grant }))).rejects.toThrow(
      /not a private RSA key/,
    );
  });

  it('with client credentials is made anew when its session ends, as there is no refresh token', async () => {
    const grant = { kind: 'client-credentials', clientId: 'app', clientSecret: 'hush' } as const;
    const form = { grant_type: 'client_credentials', client_id: 'app', client_secret: 'hush' };
    login().post(tokenPath, form).reply(200, granted('one'));
    login().post(tokenPath, form).reply(200, granted('two'));
    refuseCall('one');
    expectCall('two');
    await ask(createObserved({ tokens: createMemoryStore(null).store, grant }));
    expect(nock.isDone()).toBe(true);
  });
});
