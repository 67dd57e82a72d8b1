import { createTestClock } from '../../../../support/test-clock.js';
import { rawCall, refusalOf, useSimulatedHubspot } from '../simulated-hubspot.js';

const clock = createTestClock();
const hubspot = useSimulatedHubspot({ clock });

async function form(path: string, fields: Record<string, string>) {
  const { clientId, clientSecret } = hubspot.simulator;
  const body = new URLSearchParams({ client_id: clientId, client_secret: clientSecret, ...fields });
  const response = await fetch(`${hubspot.simulator.url}${path}`, { method: 'POST', body });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

const refresh = (fields: Record<string, string> = {}) =>
  form('/oauth/2026-09/token', {
    grant_type: 'refresh_token',
    refresh_token: hubspot.simulator.refreshToken,
    ...fields,
  });
const useToken = async (token: unknown) =>
  rawCall(hubspot.simulator, 'GET', '/crm/v3/objects/deals', undefined, String(token));

describe('an access token', () => {
  it('is got for the refresh token and lives 1800 seconds', async () => {
    const { status, body } = await refresh();
    expect(status).toBe(200);
    expect(body).toMatchObject({
      token_type: 'bearer',
      refresh_token: hubspot.simulator.refreshToken,
      expires_in: 1800,
      hub_id: hubspot.simulator.portalId,
    });
    expect((await useToken(body.access_token)).status).toBe(200);
    clock.advanceMs(1_800_000);
    expect((await useToken(body.access_token)).body.category).toBe('EXPIRED_AUTHENTICATION');
    expect((await useToken('made-up')).body.category).toBe('INVALID_AUTHENTICATION');
  });

  it("is got by HubSpot's own client under the old path", async () => {
    const { clientId, clientSecret, refreshToken } = hubspot.simulator;
    const tokens = await hubspot.client.oauth.tokensApi.create(
      'refresh_token',
      undefined,
      undefined,
      clientId,
      clientSecret,
      refreshToken,
    );
    expect(tokens.expiresIn).toBe(1800);
    const info = await hubspot.client.oauth.accessTokensApi.get(tokens.accessToken);
    expect(info).toMatchObject({ hubId: hubspot.simulator.portalId, expiresIn: 1800 });
    await hubspot.client.oauth.refreshTokensApi.archive(refreshToken);
    expect((await refusalOf(hubspot.client.oauth.refreshTokensApi.get(refreshToken))).code).toBe(400);
  });

  it('can be made shorter, ended early, and comes with a new refresh token when told to', async () => {
    hubspot.simulator.configure({ oauth: { accessTokenSeconds: 5, rotateRefreshTokens: true } });
    const { body } = await refresh();
    expect(body.expires_in).toBe(5);
    expect(body.refresh_token).not.toBe(hubspot.simulator.refreshToken);
    expect((await refresh()).body.status).toBe('BAD_REFRESH_TOKEN');
    hubspot.simulator.oauth.expireAccessTokens();
    expect((await useToken(body.access_token)).status).toBe(401);
  });

  it('is introspected, alive and dead', async () => {
    const { access_token: token } = (await refresh()).body;
    const inspect = (value: unknown) => form('/oauth/2026-09/token/introspect', { token: String(value) });
    expect((await inspect(token)).body).toMatchObject({ active: true, token_use: 'access_token', expires_in: 1800 });
    expect((await inspect(hubspot.simulator.refreshToken)).body).toMatchObject({ token_use: 'refresh_token' });
    expect((await inspect('nonsense')).body).toEqual({ active: false });
  });

  it('outlives the revocation of its refresh token', async () => {
    const { access_token: token } = (await refresh()).body;
    await form('/oauth/2026-09/token/revoke', { token: hubspot.simulator.refreshToken });
    expect((await refresh()).body).toMatchObject({ error: 'invalid_grant', status: 'BAD_REFRESH_TOKEN' });
    expect((await useToken(token)).status).toBe(200);
  });
});

describe('a refused token request', () => {
  it.each([
    [{ client_id: 'someone else' }, 'BAD_CLIENT_ID', 'invalid_client'],
    [{ client_secret: 'guessed' }, 'BAD_CLIENT_SECRET', 'invalid_client'],
    [{ refresh_token: 'revoked' }, 'BAD_REFRESH_TOKEN', 'invalid_grant'],
    [{ grant_type: 'authorization_code', code: 'used' }, 'BAD_AUTH_CODE', 'invalid_grant'],
    [{ grant_type: 'password' }, 'BAD_GRANT_TYPE', 'unsupported_grant_type'],
  ])('has an envelope of its own: %j', async (fields, status, error) => {
    const answer = await refresh(fields);
    expect(answer).toMatchObject({ status: 400, body: { status, error } });
  });

  it('says that the account is gone once the app is uninstalled', async () => {
    const { access_token: token } = (await refresh()).body;
    const uninstall = '/appinstalls/2026-09/external-install';
    expect((await rawCall(hubspot.simulator, 'DELETE', uninstall, undefined, String(token))).status).toBe(204);
    expect((await refresh()).body).toMatchObject({ status: 'BAD_HUB', error: 'access_denied' });
    expect((await useToken(token)).status).toBe(401);
  });
});

async function consent(asked: Readonly<Record<string, string>>, answer: string): Promise<URL> {
  const sent = await fetch(installAddress(asked), {
    method: 'POST',
    body: new URLSearchParams({ answer }),
    redirect: 'manual',
  });
  return new URL(sent.headers.get('location') ?? '');
}

function installAddress(asked: Readonly<Record<string, string>>): string {
  const query = new URLSearchParams({ client_id: hubspot.simulator.clientId, scope: 'oauth', ...asked });
  return `${hubspot.simulator.url}/oauth/authorize?${query.toString()}`;
}

describe('consent', () => {
  it('comes back with a code that is good once, for its own address', async () => {
    const redirectUri = 'http://localhost:9/oauth/callback';
    const back = await consent({ redirect_uri: redirectUri, state: 's1' }, 'allow');
    expect(back.searchParams.get('state')).toBe('s1');
    const redeem = (uri: string) =>
      form('/oauth/2026-09/token', {
        grant_type: 'authorization_code',
        code: back.searchParams.get('code') ?? '',
        redirect_uri: uri,
      });
    expect((await redeem('http://elsewhere.example/')).body.status).toBe('BAD_REDIRECT_URI');
    expect((await redeem(redirectUri)).status).toBe(200);
    expect((await redeem(redirectUri)).body.status).toBe('BAD_AUTH_CODE');
  });

  it('asks the person first, and takes a no back to the app', async () => {
    const redirectUri = 'http://localhost:9/oauth/callback';
    const page = await fetch(installAddress({ redirect_uri: redirectUri }));
    expect(page.status).toBe(200);
    expect(await page.text()).toMatch(/<li>oauth<\/li>[^]*value="allow"[^]*value="deny"/);
    const back = await consent({ redirect_uri: redirectUri }, 'deny');
    expect(Object.fromEntries(back.searchParams)).toMatchObject({ error: 'access_denied' });
  });

  it('sends nobody anywhere for an unknown app, a scope the app lacks, or a wrong address', async () => {
    const redirectUri = 'http://localhost:9/oauth/callback';
    for (const wrong of [
      { client_id: 'other', redirect_uri: redirectUri },
      { scope: 'oauth tickets', redirect_uri: redirectUri },
      { redirect_uri: 'nowhere' },
    ]) {
      expect((await fetch(installAddress(wrong))).status).toBe(400);
    }
  });
});

describe('a static token', () => {
  it('is anything that starts with pat-, until it is revoked', async () => {
    expect((await useToken('pat-na1-anything')).status).toBe(200);
    hubspot.simulator.oauth.revokeStaticToken('pat-na1-anything');
    expect((await useToken('pat-na1-anything')).status).toBe(401);
  });
});
