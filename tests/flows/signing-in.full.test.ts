import { authenticatorCode } from '../support/authenticator.js';
import { partnerProgram, type PartnerProgram } from '../support/partner-program.js';
import { startRunningService, type RunningService } from '../support/running-service.js';

const password = 'correct horse battery';

interface Issued {
  readonly url: string;
}
interface MailView {
  readonly to: string;
  readonly topic: string;
  readonly text: string | null;
}

/** A browser's cookies, and the calls it makes with them. */
function browserOf(service: RunningService) {
  const cookies = new Map<string, string>();
  const send = async (method: string, path: string, body?: object, headers: Record<string, string> = {}) => {
    const response = await fetch(`${service.url}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';');
      const [name = '', value = ''] = pair.split('=');
      cookies.set(name, value);
    }
    const text = await response.text();
    const isJson = text !== '' && (response.headers.get('content-type')?.includes('json') ?? false);
    return { status: response.status, body: (isJson ? JSON.parse(text) : text) as Record<string, unknown> };
  };
  return { send, cookies };
}

const keyIn = (uri: string): string => new URL(uri).searchParams.get('secret') ?? '';

describe('signing in', () => {
  let service: RunningService;
  let program: PartnerProgram;

  beforeAll(async () => {
    service = await startRunningService();
    program = partnerProgram(service);
  });
  afterAll(() => service.close());

  const join = async (issued: Issued) => {
    const token = issued.url.split('/').at(-1) ?? '';
    return browserOf(service).send('POST', `/api/v1/invitations/${token}/accept`, { password });
  };
  const newPartnerPerson = async (email: string, role = 'member') => {
    const partner = await program.addPartner();
    const invite = { name: 'Pia', email, role };
    const issued = await service.operator.post<Issued>(`/api/v1/partners/${partner.id}/people`, invite);
    return { partner, issued };
  };
  const signIn = async (email: string, given = password) => {
    const browser = browserOf(service);
    const answer = await browser.send('POST', '/api/auth/sign-in/email', { email, password: given });
    return { browser, answer };
  };
  const mailTo = async (address: string): Promise<MailView | undefined> => {
    const { items } = await service.operator.get<{ items: readonly MailView[] }>('/api/v1/mails');
    return items.find(({ to }) => to === address);
  };

  it('somebody at a partner accepts the mailed invitation, signs in and sees what is the partner’s, and nothing else', async () => {
    const { partner, issued } = await newPartnerPerson('pia@acme.test');
    expect((await mailTo('pia@acme.test'))?.text).toContain(issued.url);
    expect((await join(issued)).status).toBe(201);
    expect((await join(issued)).status).toBe(404);
    const { browser, answer } = await signIn('pia@acme.test');
    expect(answer.status).toBe(200);
    expect((await browser.send('GET', `/api/v1/partners/${partner.id}`)).status).toBe(200);
    expect((await browser.send('GET', '/api/v1/partners')).status).toBe(403);
    const other = await program.addPartner();
    expect((await browser.send('GET', `/api/v1/partners/${other.id}`)).status).toBe(404);
  });

  it('is not possible with a wrong password, without an invitation, or for a call that another site makes', async () => {
    const { partner, issued } = await newPartnerPerson('ray@acme.test', 'owner');
    await join(issued);
    expect((await signIn('ray@acme.test', 'wrong horse battery')).answer.status).toBe(401);
    const stranger = browserOf(service);
    const made = await stranger.send('POST', '/api/auth/sign-up/email', { email: 's@x.test', password, name: 'S' });
    expect(made.status).toBe(400);
    const { browser } = await signIn('ray@acme.test');
    const invite = { name: 'Eve', email: 'eve@evil.test', role: 'owner' };
    const path = `/api/v1/partners/${partner.id}/people`;
    expect((await browser.send('POST', path, invite, { origin: 'https://evil.test' })).status).toBe(401);
    expect((await browser.send('POST', path, invite, { origin: service.url })).status).toBe(201);
  });

  it('an owner says who else comes in, a member does not', async () => {
    const { partner, issued } = await newPartnerPerson('olga@acme.test', 'owner');
    await join(issued);
    const owner = (await signIn('olga@acme.test')).browser;
    const path = `/api/v1/partners/${partner.id}/people`;
    const { body } = await owner.send('POST', path, { name: 'Mel', email: 'mel@acme.test' });
    await join({ url: String(body['url']) });
    const member = (await signIn('mel@acme.test')).browser;
    expect(await member.send('POST', path, { name: 'Max', email: 'max@acme.test' })).toMatchObject({
      status: 403,
      body: { type: 'urn:introducer:problem:owners-only' },
    });
  });

  it('ends on the server, at once, when somebody’s access ends', async () => {
    const { partner, issued } = await newPartnerPerson('gone@acme.test');
    const { body: person } = await join(issued);
    const { browser } = await signIn('gone@acme.test');
    await service.operator.send('DELETE', `/api/v1/partners/${partner.id}/people/${String(person['id'])}`);
    expect((await browser.send('GET', `/api/v1/partners/${partner.id}`)).status).toBe(401);
    expect((await signIn('gone@acme.test')).answer.status).toBe(403);
  });

  it('a partner’s person may ask for a link by mail instead of a password', async () => {
    const { partner, issued } = await newPartnerPerson('lin@acme.test');
    await join(issued);
    const browser = browserOf(service);
    await browser.send('POST', '/api/auth/sign-in/magic-link', { email: 'lin@acme.test' });
    const link = /https?:\/\/\S+/.exec((await mailTo('lin@acme.test'))?.text ?? '')?.[0] ?? '';
    const { pathname, searchParams } = new URL(link);
    // What looks through mail opens the link, and lets nobody in with it.
    expect(pathname).toBe('/enter');
    expect((await browserOf(service).send('GET', link.slice(new URL(link).origin.length))).status).toBeLessThan(500);
    const button = `/api/auth/magic-link/verify?token=${searchParams.get('token') ?? ''}&callbackURL=/`;
    await browser.send('GET', button);
    expect((await browser.send('GET', `/api/v1/partners/${partner.id}`)).status).toBe(200);
    const second = browserOf(service);
    await second.send('GET', button);
    expect((await second.send('GET', `/api/v1/partners/${partner.id}`)).status).toBe(401);
  });

  it('nobody lets an operator in with rights they lack themselves, or gives them such a role', async () => {
    const made = { name: 'Invites only', rights: ['people:manage'] };
    const { key } = await service.operator.post<{ key: string }>('/api/v1/api-keys', made);
    const limited = service.as(key);
    const invite = { name: 'Ada', email: 'ada@vendor.test', role: 'admin' };
    expect(await limited.send('POST', '/api/v1/people', invite)).toMatchObject({
      status: 403,
      body: { type: 'urn:introducer:problem:rights-not-held' },
    });
    expect((await limited.send('POST', '/api/v1/people', { ...invite, role: 'viewer' })).status).toBe(201);
    expect((await limited.send('PATCH', '/api/v1/people/per_x', { role: 'admin' })).status).toBe(403);
  });

  it('an operator needs a second factor, and has the rights of the role', async () => {
    const invite = { name: 'Vera', email: 'vera@vendor.test', role: 'viewer' };
    await join(await service.operator.post<Issued>('/api/v1/people', invite));
    const { browser } = await signIn('vera@vendor.test');
    expect(await browser.send('GET', '/api/v1/partners')).toMatchObject({
      status: 403,
      body: { type: 'urn:introducer:problem:second-factor-missing' },
    });
    const { body } = await browser.send('POST', '/api/auth/two-factor/enable', { password });
    const uri = String(body['totpURI']);
    await browser.send('POST', '/api/auth/two-factor/verify-totp', { code: authenticatorCode(keyIn(uri)) });
    expect((await browser.send('GET', '/api/v1/partners')).status).toBe(200);
    expect(await browser.send('POST', '/api/v1/partners', { name: 'A', email: 'a@a.test' })).toMatchObject({
      status: 403,
      body: { detail: expect.stringContaining('partners:manage') },
    });
    const again = await signIn('vera@vendor.test');
    expect(again.answer.body).toMatchObject({ twoFactorRedirect: true });
    expect((await again.browser.send('GET', '/api/v1/partners')).status).toBe(401);
    await again.browser.send('POST', '/api/auth/two-factor/verify-totp', { code: authenticatorCode(keyIn(uri)) });
    expect((await again.browser.send('GET', '/api/v1/partners')).status).toBe(200);
  });
});
