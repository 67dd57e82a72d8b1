import { createHash } from 'node:crypto';
import { CrmUnauthorised } from '../../../connectors/contract.js';
import { createSend } from '../../../connectors/salesforce/send.js';
import { beginWebSignIn, completeWebSignIn } from '../../../connectors/salesforce/web-sign-in.js';
import { granted, instanceUrl, login, loginUrl, tokenPath } from './fake-salesforce.js';

const begin = () =>
  beginWebSignIn({ loginUrl, clientId: 'client', redirectUri: 'https://partners.test/back', state: 'st/a+te' });
const endpoint = {
  send: createSend(),
  loginUrl,
  now: () => new Date('2026-11-10T12:00:00Z'),
  timeoutMs: 1_000,
  observe: () => undefined,
};
const back = {
  code: 'aPrx',
  codeVerifier: 'v'.repeat(64),
  clientId: 'client',
  clientSecret: 'secret',
  redirectUri: 'https://partners.test/back',
};

describe('signing in with a browser', () => {
  it('sends the hash of a fresh verifier of allowed length, and says which hash it is', () => {
    const { url, codeVerifier } = begin();
    expect(codeVerifier).toMatch(/^[A-Za-z0-9\-._~]{43,128}$/);
    const asked = new URL(url);
    expect(asked.origin + asked.pathname).toBe('https://login.salesforce.com/services/oauth2/authorize');
    expect(Object.fromEntries(asked.searchParams)).toEqual({
      response_type: 'code',
      client_id: 'client',
      redirect_uri: 'https://partners.test/back',
      scope: 'api refresh_token',
      state: 'st/a+te',
      code_challenge: createHash('sha256').update(codeVerifier).digest('base64url'),
      code_challenge_method: 'S256',
    });
    expect(begin().codeVerifier).not.toBe(codeVerifier);
  });

  it('trades the code and the verifier for tokens, and learns which organisation and user they are of', async () => {
    login()
      .post(tokenPath, {
        grant_type: 'authorization_code',
        code: 'aPrx',
        client_id: 'client',
        client_secret: 'secret',
        redirect_uri: 'https://partners.test/back',
        code_verifier: 'v'.repeat(64),
      })
      .reply(200, granted('first', { refresh_token: '5Aep-first' }));
    await expect(completeWebSignIn(endpoint, back)).resolves.toEqual({
      tokens: {
        accessToken: 'first',
        accountId: '00D5f000000AbCdEAK',
        refreshToken: '5Aep-first',
        expiresAt: '2026-11-11T12:00:00.000Z',
        instanceUrl,
      },
      organizationId: '00D5f000000AbCdEAK',
      userId: '0055f000005mc66AAA',
    });
  });

  it('says in the words of Salesforce why a code is not accepted', async () => {
    login().post(tokenPath).reply(400, { error: 'invalid_grant', error_description: 'invalid code verifier' });
    const failure = await completeWebSignIn(endpoint, back).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(CrmUnauthorised);
    expect(failure).toMatchObject({ vendorMessage: 'invalid_grant: invalid code verifier' });
  });
});
