import { startIdentityProvider, type IdentityProvider } from '../support/identity-provider.js';
import { partnerProgram } from '../support/partner-program.js';
import { startRunningService, type RunningService } from '../support/running-service.js';

const known = {
  ann: { email: 'ann@vendor.test', email_verified: true, name: 'Ann Lee' },
  eve: { email: 'eve@vendor.test', email_verified: true, name: 'Eve' },
  ian: { email: 'Ian@vendor.test', email_verified: true, name: 'Ian Invited' },
  una: { email: 'una@vendor.test', email_verified: false, name: 'Una' },
  mum: { email: 'mum@vendor.test', name: 'Mum' },
  pat: { email: 'pat@acme.test', email_verified: true, name: 'Pat' },
  old: { email: 'old@vendor.test', email_verified: true, name: 'Old' },
  bad: { email: 'ann@vendor.test', email_verified: false, name: 'Not Ann' },
};

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
    provider = await startIdentityProvider(known);
    service = await startRunningService({ environment: provider.environment });
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
    const ended = await visitor.follow(address, login);
    const answer = await visitor.send(`${url}/api/v1/me`);
    return {
      status: answer.status,
      error: new URL(ended.url).searchParams.get('error'),
      me: (await answer.json()) as { readonly role?: string; readonly kind?: string },
    };
  };
  const invite = (email: string, role: string) =>
    service.operator.post<{ readonly url: string }>('/api/v1/people', { name: 'Ann', email, role });
  const peopleNamed = async (email: string) => {
    const { items } = await service.operator.get<{ items: readonly { id: string; email: string; role: string }[] }>(
      '/api/v1/people',
    );
    return items.filter((person) => person.email === email);
  };
  const join = async (email: string, role: string) => {
    const issued = await invite(email, role);
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
    expect(await comeIn('eve')).toMatchObject({ status: 401, error: 'signup_disabled' });
    expect(await peopleNamed('eve@vendor.test')).toEqual([]);
  });

  it('accept their invitation by coming in with the invited address, without any password', async () => {
    const { url } = await invite('ian@vendor.test', 'channel-manager');
    expect(await comeIn('ian')).toMatchObject({ status: 200, error: null, me: { role: 'channel-manager' } });
    expect(await comeIn('ian')).toMatchObject({ status: 200 });
    const [person, ...more] = await peopleNamed('ian@vendor.test');
    expect(more).toEqual([]);
    const token = url.split('/').at(-1) ?? '';
    expect((await fetch(`${service.url}/api/v1/invitations/${token}`)).status).toBe(404);
    const { items } = await service.operator.get<{ items: readonly object[] }>(
      `/api/v1/audit?action=person.join&subjectId=${person?.id ?? ''}`,
    );
    expect(items).toMatchObject([{ details: { kind: 'operator', role: 'channel-manager', by: 'identity-provider' } }]);
  });

  it.each(['una', 'mum'])(
    'do not, while the provider does not say that the address is verified (%s)',
    async (login) => {
      await invite(`${login}@vendor.test`, 'admin');
      expect(await comeIn(login)).toMatchObject({ status: 401, error: 'signup_disabled' });
      expect(await peopleNamed(`${login}@vendor.test`)).toEqual([]);
    },
  );

  it('do not become somebody who signs in already by an address that is not verified', async () => {
    expect(await comeIn('bad')).toMatchObject({ status: 401, error: 'account_not_linked' });
  });

  it('do not by an invitation that ended', async () => {
    await invite('old@vendor.test', 'admin');
    await service.db
      .updateTable('invitations')
      .set({ expires_at: new Date(0) })
      .where('email', '=', 'old@vendor.test')
      .execute();
    expect(await comeIn('old')).toMatchObject({ status: 401, error: 'signup_disabled' });
  });

  it('are none of a partner’s people: those accept with a password, and do not become operators by it', async () => {
    const partner = await partnerProgram(service).addPartner();
    const asked = { name: 'Pat', email: 'pat@acme.test', role: 'owner' };
    await service.operator.post(`/api/v1/partners/${partner.id}/people`, asked);
    expect(await comeIn('pat')).toMatchObject({ status: 401, error: 'signup_disabled' });
    expect(await peopleNamed('pat@acme.test')).toEqual([]);
  });
});
