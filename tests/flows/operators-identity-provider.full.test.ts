import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';
import { startRunningService, type RunningService } from '../support/running-service.js';

const client = { id: 'introducer', secret: 'not-very-secret-but-long-enough' };
const known = new Map([
  ['ann', { email: 'ann@vendor.test', email_verified: true, name: 'Ann Lee' }],
  ['eve', { email: 'eve@vendor.test', email_verified: true, name: 'Eve' }],
]);

interface IdentityProvider {
  readonly issuer: string;
  /** Where the service says the browser is sent back to. */
  allow(redirectUri: string): void;
  close(): Promise<void>;
}

/** A real provider, at which whoever is named in the login form is signed in. */
async function startIdentityProvider(): Promise<IdentityProvider> {
  const held: { handle: ReturnType<Provider['callback']> | null } = { handle: null };
  const server: Server = createServer((request, response) => {
    void held.handle?.(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const issuer = `http://127.0.0.1:${String(port)}`;
  return {
    issuer,
    allow: (redirectUri) => {
      const provider = new Provider(issuer, {
        clients: [{ client_id: client.id, client_secret: client.secret, redirect_uris: [redirectUri] }],
        claims: { email: ['email', 'email_verified'], profile: ['name'] },
        conformIdTokenClaims: false,
        findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id, ...known.get(id) }) }),
      });
      held.handle = provider.callback();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

/** A browser that follows every redirect, and answers the provider's forms. */
function browser() {
  const jars = new Map<string, Map<string, string>>();
  const jarOf = (url: string) => {
    const { host } = new URL(url);
    const jar = jars.get(host) ?? new Map<string, string>();
    jars.set(host, jar);
    return jar;
  };
  const send = async (url: string, init: RequestInit = {}): Promise<Response> => {
    const jar = jarOf(url);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...(init.headers as Record<string, string> | undefined), cookie };
    const response = await fetch(url, { ...init, headers, redirect: 'manual' });
    for (const set of response.headers.getSetCookie()) {
      const [pair = ''] = set.split(';');
      jar.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    }
    return response;
  };
  const follow = async (url: string, login: string): Promise<Response> => {
    let response = await send(url);
    for (let steps = 0; steps < 20; steps += 1) {
      const here = response.url === '' ? url : response.url;
      const location = response.headers.get('location');
      if (location !== null) {
        response = await send(new URL(location, here).toString());
        continue;
      }
      const action = /<form[^>]*action="([^"]+)"/.exec(await response.clone().text())?.[1];
      if (action === undefined) return response;
      const prompt = (await response.text()).includes('name="login"') ? 'login' : 'consent';
      response = await send(new URL(action, here).toString(), {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ prompt, login, password: 'any' }).toString(),
      });
    }
    throw new Error('The redirects do not end.');
  };
  return { send, follow };
}

describe('operators who sign in through the vendor’s identity provider', () => {
  let provider: IdentityProvider;
  let service: RunningService;

  beforeAll(async () => {
    provider = await startIdentityProvider();
    service = await startRunningService({
      environment: {
        OIDC_ISSUER: provider.issuer,
        OIDC_CLIENT_ID: client.id,
        OIDC_CLIENT_SECRET: client.secret,
      },
    });
    provider.allow(`${service.internals.foundations.publicUrl()}/api/auth/callback/company`);
  });
  afterAll(async () => {
    await service.close();
    await provider.close();
  });

  const comeIn = async (login: string) => {
    const url = service.internals.foundations.publicUrl();
    const visitor = browser();
    const begun = await visitor.send(`${url}/api/auth/sign-in/social`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ provider: 'company', callbackURL: '/healthz', errorCallbackURL: '/healthz' }),
    });
    const { url: address } = (await begun.json()) as { readonly url: string };
    await visitor.follow(address, login);
    return visitor.send(`${url}/api/v1/partners`);
  };
  const join = async (email: string, role: string) => {
    const issued = await service.operator.post<{ readonly url: string }>('/api/v1/people', {
      name: 'Ann',
      email,
      role,
    });
    const token = issued.url.split('/').at(-1) ?? '';
    await fetch(`${service.url}/api/v1/invitations/${token}/accept`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ password: 'correct horse battery' }),
    });
  };

  it('need no second factor of ours, and have the rights of their role', async () => {
    await join('ann@vendor.test', 'viewer');
    expect((await comeIn('ann')).status).toBe(200);
  });

  it('need it all the same when they come by a password', async () => {
    const visitor = browser();
    await visitor.send(`${service.url}/api/auth/sign-in/email`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'ann@vendor.test', password: 'correct horse battery' }),
    });
    expect((await visitor.send(`${service.url}/api/v1/partners`)).status).toBe(403);
  });

  it('do not come in by it when nobody has invited them', async () => {
    expect((await comeIn('eve')).status).toBe(401);
  });
});
