import { createHash } from 'node:crypto';
import { CrmUnauthorised, CrmUnavailable } from '../../../connectors/contract.js';
import { createSalesforceWebSignIn } from '../../../connectors/salesforce/web-sign-in.js';
import { granted, instanceUrl, login, loginUrl, tokenPath } from './fake-salesforce.js';

const signIn = createSalesforceWebSignIn({
  loginUrl,
  clientId: 'client',
  clientSecret: 'secret',
  now: () => new Date('2026-11-10T12:00:00Z'),
  timeoutMs: 1_000,
});
const redirectUri = 'https://partners.test/back';
const begin = () => signIn.begin({ redirectUri, state: 'st/a+te' });
const back = { code: 'aPrx', codeVerifier: 'v'.repeat(64), redirectUri };

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
      code_challenge: createHash('sha256')
        .update(codeVerifier ?? '')
        .digest('base64url'),
      code_challenge_method: 'S256',
    });
    expect(begin().codeVerifier).not.toBe(codeVerifier);
  });

  it('trades the code and the verifier for tokens, and learns which organisation they are of', async () => {
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
    await expect(signIn.complete(back)).resolves.toEqual({
      tokens: {
        accessToken: 'first',
        accountId: '00D5f000000AbCdEAK',
        refreshToken: '5Aep-first',
        expiresAt: '2026-11-11T12:00:00.000Z',
        instanceUrl,
      },
      accountId: '00D5f000000AbCdEAK',
    });
  });

  it('says in the words of Salesforce why a code is not accepted', async () => {
    login().post(tokenPath).reply(400, { error: 'invalid_grant', error_description: 'invalid code verifier' });
    const failure = await signIn.complete(back).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(CrmUnauthorised);
    expect(failure).toMatchObject({ vendorMessage: 'invalid_grant: invalid code verifier' });
  });

  it('does not take an access that would end within hours because no refresh token came', async () => {
    login().post(tokenPath).reply(200, granted('first', {}));
    const failure = await signIn.complete(back).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(CrmUnavailable);
  });

  it('has nothing to revoke where the token works no longer', async () => {
    const tokens = { accessToken: 'a', refreshToken: '5Aep', expiresAt: null, instanceUrl, accountId: null };
    login().post('/services/oauth2/revoke').reply(400, { error: 'invalid_token', error_description: 'invalid token' });
    await expect(signIn.revoke(tokens)).resolves.toBeUndefined();
  });

  it('revokes the refresh token, and says why where Salesforce does not', async () => {
    const tokens = { accessToken: 'a', refreshToken: '5Aep', expiresAt: null, instanceUrl, accountId: null };
    login().post('/services/oauth2/revoke', { token: '5Aep' }).reply(200, '');
    await expect(signIn.revoke(tokens)).resolves.toBeUndefined();
    login().post('/services/oauth2/revoke').reply(400, { error: 'unsupported_token_type', error_description: 'no' });
    await expect(signIn.revoke(tokens)).rejects.toMatchObject({ vendorMessage: 'unsupported_token_type: no' });
  });
});
