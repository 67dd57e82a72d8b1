import { createHash, createSign, generateKeyPairSync, randomBytes } from 'node:crypto';
import jsforce from 'jsforce';
import { apiVersion, connect, postForm, rawCall, refusalOf, useSimulatedSalesforce } from '../simulated-salesforce.js';

const salesforce = useSimulatedSalesforce();

const redirectUri = 'http://127.0.0.1/callback';
const tokenPath = '/services/oauth2/token';

function client() {
  return { client_id: salesforce.simulator.clientId, client_secret: salesforce.simulator.secret };
}

function newVerifier(): { readonly verifier: string; readonly challenge: string } {
  const verifier = randomBytes(48).toString('base64url');
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
}

async function consent(params: Record<string, string>, answer = 'allow'): Promise<URLSearchParams> {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: salesforce.simulator.clientId,
    redirect_uri: redirectUri,
    ...params,
  });
  const address = `${salesforce.simulator.url}/services/oauth2/authorize?${query.toString()}`;
  const body = new URLSearchParams({ answer });
  const sent = await fetch(address, { method: 'POST', body, redirect: 'manual' });
  expect(sent.status).toBe(302);
  return new URL(sent.headers.get('location') ?? '').searchParams;
}

async function codeFor(challenge: string): Promise<string> {
  const back = await consent({ code_challenge: challenge, code_challenge_method: 'S256', state: 's1' });
  expect(back.get('state')).toBe('s1');
  return back.get('code') ?? '';
}

describe('signing in with a browser', () => {
  it('lets the real client in with a code and its verifier', async () => {
    const { verifier, challenge } = newVerifier();
    const { url, clientId, secret } = salesforce.simulator;
    const oauth2 = new jsforce.OAuth2({ loginUrl: url, clientId, clientSecret: secret, redirectUri });
    oauth2.codeVerifier = verifier;
    const connection = new jsforce.Connection({ oauth2, version: apiVersion });
    const user = await connection.authorize(await codeFor(challenge));
    expect(user).toMatchObject({ organizationId: salesforce.simulator.org.id });
    expect(connection.refreshToken).toMatch(/^5Aep/);
    expect((await connection.query('SELECT Id FROM User')).totalSize).toBe(3);
  });

  it('asks the person first, and takes a no back to the app', async () => {
    const { challenge } = newVerifier();
    const asked = new URLSearchParams({
      response_type: 'code',
      client_id: salesforce.simulator.clientId,
      redirect_uri: redirectUri,
      scope: 'api refresh_token',
      code_challenge: challenge,
      code_challenge_method: 'S256',
    });
    const page = await fetch(`${salesforce.simulator.url}/services/oauth2/authorize?${asked.toString()}`);
    expect(page.headers.get('content-type')).toMatch('text/html');
    expect(await page.text()).toMatch(/refresh_token[^]*value="allow"[^]*value="deny"/);
    const back = await consent({ code_challenge: challenge, code_challenge_method: 'S256' }, 'deny');
    expect(Object.fromEntries(back)).toMatchObject({ error: 'access_denied' });
    expect(back.get('code')).toBeNull();
  });

  it('ends the sessions of a refresh token that is revoked', async () => {
    const { refreshToken } = salesforce.simulator.tokens;
    const refreshed = await postForm(salesforce.simulator, tokenPath, {
      grant_type: 'refresh_token',
      refresh_token: refreshToken,
      ...client(),
    });
    const session = refreshed.body['access_token'] ?? '';
    expect(salesforce.simulator.sessions.endsAt(session)).not.toBeNull();
    await postForm(salesforce.simulator, '/services/oauth2/revoke', { token: refreshToken });
    expect(salesforce.simulator.sessions.endsAt(session)).toBeNull();
  });

  it('refuses a wrong verifier, one that is too short, and a code that was used', async () => {
    const { verifier, challenge } = newVerifier();
    const redeem = (code: string, code_verifier: string) =>
      postForm(salesforce.simulator, tokenPath, {
        grant_type: 'authorization_code',
        code,
        redirect_uri: redirectUri,
        code_verifier,
        ...client(),
      });
    for (const wrong of [newVerifier().verifier, 'short']) {
      const refused = await redeem(await codeFor(challenge), wrong);
      expect([refused.status, refused.body.error]).toEqual([400, 'invalid_grant']);
    }
    const code = await codeFor(challenge);
    expect((await redeem(code, verifier)).status).toBe(200);
    expect((await redeem(code, verifier)).body.error).toBe('invalid_grant');
  });

  it('gives no code without a challenge, or with one that is not S256', async () => {
    expect((await consent({})).get('error')).toBe('invalid_request');
    expect((await consent({ code_challenge: 'x', code_challenge_method: 'plain' })).get('code')).toBeNull();
  });
});

describe('staying signed in', () => {
  const refresh = (refresh_token: string) =>
    postForm(salesforce.simulator, tokenPath, { grant_type: 'refresh_token', refresh_token, ...client() });

  it('keeps the refresh token, or rotates it and kills the old one', async () => {
    const { refreshToken } = salesforce.simulator.tokens;
    const kept = await refresh(refreshToken);
    expect(kept.body).toMatchObject({ access_token: expect.any(String), instance_url: salesforce.simulator.url });
    expect(kept.body).not.toHaveProperty('refresh_token');
    expect(kept.body).not.toHaveProperty('expires_in');
    salesforce.simulator.configure({ oauth: { rotateRefreshTokens: true } });
    const { refresh_token: rotated = '' } = (await refresh(refreshToken)).body;
    expect(rotated).not.toBe(refreshToken);
    expect((await refresh(refreshToken)).body).toEqual({
      error: 'invalid_grant',
      error_description: 'expired access/refresh token',
    });
    expect((await refresh(rotated)).status).toBe(200);
  });

  it('ends idle sessions, and sessions after so many calls', async () => {
    const { simulator } = salesforce;
    simulator.sessions.expireAll();
    expect(await refusalOf(connect(simulator).query('SELECT Id FROM Lead'))).toMatchObject({
      errorCode: 'INVALID_SESSION_ID',
    });
    simulator.configure({ oauth: { expireAfterCalls: 2 } });
    const connection = connect(simulator, simulator.sessions.open(simulator.people.integration));
    await connection.query('SELECT Id FROM Lead');
    await connection.query('SELECT Id FROM Lead');
    expect(await refusalOf(connection.query('SELECT Id FROM Lead'))).toMatchObject({ errorCode: 'INVALID_SESSION_ID' });
  });

  it('knows no session at the old address once the org has moved', async () => {
    const { simulator, connection } = salesforce;
    const moved = await simulator.moveInstance();
    expect(moved).not.toBe(simulator.url);
    expect(await refusalOf(connection.query('SELECT Id FROM Lead'))).toMatchObject({ errorCode: 'INVALID_SESSION_ID' });
    const { body } = await refresh(simulator.tokens.refreshToken);
    expect(body.instance_url).toBe(moved);
    const { access_token: accessToken = '' } = body;
    expect((await connect(simulator, accessToken).query('SELECT Id FROM Lead')).totalSize).toBe(0);
  });

  it('revokes a token, and says what a token is worth', async () => {
    const { simulator } = salesforce;
    const { refreshToken, accessToken } = simulator.tokens;
    const look = async (token: string) =>
      (await postForm(simulator, '/services/oauth2/introspect', { token, ...client() })).body;
    expect(await look(refreshToken)).toMatchObject({ active: true, token_type: 'refresh_token' });
    expect(await look(accessToken)).toMatchObject({
      active: true,
      username: 'introducer.integration@introducer.example',
    });
    expect((await postForm(simulator, '/services/oauth2/revoke', { token: refreshToken })).status).toBe(200);
    expect(await look(refreshToken)).toEqual({ active: false });
    expect((await refresh(refreshToken)).status).toBe(400);
  });

  it('tells who the session belongs to', async () => {
    const { simulator, connection } = salesforce;
    const answer = await rawCall(simulator, 'GET', '/services/oauth2/userinfo');
    expect(answer.body).toMatchObject({ organization_id: simulator.org.id, user_id: simulator.people.integration });
    expect((await connection.identity()).user_id).toBe(simulator.people.integration);
  });
});

describe('signing in without a person', () => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const certificate = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const username = 'introducer.integration@introducer.example';

  function assertion(claims: object = {}, key = privateKey): string {
    const { simulator } = salesforce;
    const exp = Math.floor(simulator.org.now() / 1000) + 120;
    const body = { iss: simulator.clientId, sub: username, aud: 'https://login.salesforce.com', exp, ...claims };
    const text = [{ alg: 'RS256' }, body]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.');
    return `${text}.${createSign('RSA-SHA256').update(text).sign(key).toString('base64url')}`;
  }

  const present = (token: string) =>
    postForm(salesforce.simulator, tokenPath, {
      grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
      assertion: token,
    });

  beforeEach(() => {
    salesforce.simulator.configure({ oauth: { certificate, preauthorised: [username] } });
  });

  it('takes a signed assertion and gives no refresh token', async () => {
    const { status, body } = await present(assertion());
    expect(status).toBe(200);
    expect(body).not.toHaveProperty('refresh_token');
    expect((await connect(salesforce.simulator, body.access_token).query('SELECT Id FROM Lead')).done).toBe(true);
  });

  it('refuses another key, another audience, a long life and a user who never agreed', async () => {
    const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    const now = Math.floor(salesforce.simulator.org.now() / 1000);
    const wrong = [
      assertion({}, other),
      assertion({ aud: 'https://example.com' }),
      assertion({ exp: now + 3600 }),
      assertion({ exp: now - 1 }),
      assertion({ iss: 'somebody' }),
      assertion({ sub: 'rosa.rep@introducer.example' }),
      'a.b.c',
    ];
    for (const token of wrong) expect((await present(token)).body.error).toBe('invalid_grant');
  });

  it('lets the app in by its own secret, where the org allows it', async () => {
    const ask = () => postForm(salesforce.simulator, tokenPath, { grant_type: 'client_credentials', ...client() });
    expect((await ask()).status).toBe(200);
    salesforce.simulator.configure({ oauth: { clientCredentials: false } });
    expect((await ask()).body.error).toBe('invalid_grant');
  });

  it('tells a wrong client from a wrong secret', async () => {
    const ask = (fields: Record<string, string>) =>
      postForm(salesforce.simulator, tokenPath, { grant_type: 'client_credentials', ...client(), ...fields });
    expect((await ask({ client_id: 'x' })).body.error).toBe('invalid_client_id');
    expect((await ask({ client_secret: 'x' })).body.error).toBe('invalid_client');
  });
});
