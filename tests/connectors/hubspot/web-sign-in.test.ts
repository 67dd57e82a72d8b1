import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CrmUnauthorised } from '../../../connectors/contract.js';
import { createHubspotWebSignIn, scopes } from '../../../connectors/hubspot/web-sign-in.js';
import { startHubspotSimulator, type HubspotSimulator } from '../../../connectors/hubspot/simulator/start.js';
import { projectRoot } from '../../support/project-tools.js';

const redirectUri = 'https://partners.test/connections/callback';

describe('connecting HubSpot in the browser', () => {
  let hubspot: HubspotSimulator;
  beforeAll(async () => {
    hubspot = await startHubspotSimulator();
  });
  afterAll(() => hubspot.close());

  const signIn = (clientSecret = hubspot.clientSecret) =>
    createHubspotWebSignIn({
      appUrl: `${hubspot.url}/`,
      apiUrl: hubspot.url,
      clientId: hubspot.clientId,
      clientSecret,
      now: () => new Date('2026-11-10T12:00:00Z'),
    });
  const code = () => hubspot.oauth.issueCode(redirectUri);
  const complete = (given: string, secret?: string) =>
    signIn(secret).complete({ code: given, codeVerifier: null, redirectUri });

  it('asks for the scopes that the README names, separated as HubSpot wants them, and no others', () => {
    const { url, codeVerifier } = signIn().begin({ redirectUri, state: 'a state' });
    expect(codeVerifier).toBeNull();
    expect(url).toContain('scope=oauth%20crm.objects.contacts.read%20');
    const asked = new URL(url);
    expect(`${asked.origin}${asked.pathname}`).toBe(`${hubspot.url}/oauth/authorize`);
    expect(Object.fromEntries(asked.searchParams)).toEqual({
      client_id: hubspot.clientId,
      redirect_uri: redirectUri,
      scope: scopes.join(' '),
      state: 'a state',
    });
    const readme = readFileSync(join(projectRoot, 'README.md'), 'utf8');
    const [, block = ''] = /needs these scopes[^`]*`oauth`[^]*?```\n([^`]*)```/.exec(readme) ?? [];
    expect([...block.trim().split(/\s+/), 'oauth'].toSorted()).toEqual([...scopes].toSorted());
  });

  it('trades the code for tokens once, and learns which account they are of', async () => {
    const given = code();
    await expect(complete(given)).resolves.toMatchObject({
      accountId: String(hubspot.portalId),
      tokens: { refreshToken: expect.stringMatching(/^na1-/), expiresAt: '2026-11-10T12:29:00.000Z' },
    });
    const again = await complete(given).catch((error: unknown) => error);
    expect(again).toBeInstanceOf(CrmUnauthorised);
    expect(again).toMatchObject({ vendorMessage: expect.stringContaining('auth code') });
  });

  it('says so when HubSpot does not accept the app', async () => {
    const failure = await complete(code(), 'wrong').catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(CrmUnauthorised);
    expect(failure).toMatchObject({ vendorMessage: expect.stringContaining('client secret') });
  });

  it('revokes the refresh token', async () => {
    const { tokens } = await complete(code());
    expect(hubspot.oauth.isLiveRefreshToken(tokens.refreshToken ?? '')).toBe(true);
    await signIn().revoke(tokens);
    expect(hubspot.oauth.isLiveRefreshToken(tokens.refreshToken ?? '')).toBe(false);
  });
});
