import { applicationRoutes } from '../../src/partners/application.routes.js';
import { companyDomain, companyKey } from '../../src/registration/matching.js';
import { eachDatabase } from '../support/databases.js';
import { startTestApi, type TestApi } from '../support/test-api.js';

interface Application {
  readonly id: string;
  readonly company: { readonly name: string };
  readonly status: string;
  readonly decidedBy: string | null;
  readonly reason: string | null;
  readonly partnerId: string | null;
}
interface Detail extends Application {
  readonly repeats: readonly { readonly contact: { readonly name: string; readonly email: string } }[];
  readonly earlier: readonly { readonly id: string; readonly status: string }[];
  readonly knownPartnerId: string | null;
}

eachDatabase('applying to become a partner', (open) => {
  let api: TestApi;
  const mails: { readonly to: string; readonly words: string }[] = [];
  let count = 0;

  beforeAll(async () => {
    api = await startTestApi({
      open,
      extraRoutes: applicationRoutes({
        keys: { companyDomain, companyKey },
        sendInvitation: (_uow, { email, role }) => Promise.resolve(void mails.push({ to: email, words: role })),
        sendRejection: (_uow, { email, reason }) => Promise.resolve(void mails.push({ to: email, words: reason })),
      }),
      app: { rateLimits: { perStranger: 500 } },
    });
  });
  afterAll(() => api.close());

  const applicant = () => {
    count += 1;
    const domain = `acme${String(count)}.com`;
    return {
      company: { name: `Acme ${String(count)}`, website: `https://www.${domain}/about`, country: 'de' },
      contact: { name: 'Ann', email: `Ann@${domain}` },
      type: 'reseller',
      message: 'We sell to freight companies.',
    };
  };
  const send = (body: object) => api.as(null).send<object>('POST', '/api/v1/applications', body);
  const open_ = async (search: string) =>
    (await api.operator.get<{ items: readonly Application[] }>(`/api/v1/applications?search=${search}`)).items;
  const received = async (body = applicant()) => {
    expect((await send(body)).status).toBe(202);
    const [application] = await open_(encodeURIComponent(body.contact.email.toLowerCase()));
    if (application === undefined) throw new Error('it did not come in');
    return { application, body };
  };
  const detail = (id: string) => api.operator.get<Detail>(`/api/v1/applications/${id}`);
  const decide = (id: string, how: 'accept' | 'reject', body: object, headers = {}) =>
    api.operator.send<Application & { readonly detail: string }>(
      'POST',
      `/api/v1/applications/${id}/${how}`,
      body,
      headers,
    );

  it('anybody may, and an operator finds who asks for what', async () => {
    const { application } = await received();
    expect(application).toMatchObject({
      company: { country: 'DE' },
      contact: { name: 'Ann' },
      type: 'reseller',
      status: 'open',
      decidedAt: null,
    });
    expect(await api.as(null).get('/api/v1/application-form')).toMatchObject({
      open: true,
      programName: 'Partner program',
    });
    const { key } = await api.operator.post<{ key: string }>('/api/v1/api-keys', { name: 'V', rights: [] });
    expect((await api.as(key).send('POST', `/api/v1/applications/${application.id}/accept`, {})).status).toBe(403);
  });

  it('says for each field what is wrong with it', async () => {
    const answer = await send({
      company: { name: '', website: 'javascript:alert(1)', country: 'XX' },
      contact: { name: 'A\u202eB', email: 'nobody' },
      type: 'king',
    });
    const { errors } = answer.body as { errors: readonly { field: string }[] };
    expect(answer.status).toBe(422);
    expect(errors.map(({ field }) => field)).toEqual([
      'company.name',
      'company.website',
      'company.country',
      'contact.name',
      'contact.email',
      'type',
    ]);
  });

  it('twice from one company or address makes one, and what was sent again stands beside it', async () => {
    const { application, body } = await received();
    const colleague = { ...body, contact: { name: 'Bob', email: `bob@other${String(count)}.com` } };
    const elsewhere = { ...body, company: { ...body.company, website: 'www.another-site.com' } };
    const answers = [await send(body), await send(colleague), await send(elsewhere)];
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202]);
    const { repeats } = await detail(application.id);
    expect(repeats.map(({ contact }) => contact.name)).toEqual(['Ann', 'Bob', 'Ann']);
    expect(await open_('another-site')).toEqual([]);
  });

  it('twice at once makes one', async () => {
    const body = applicant();
    await Promise.all([send(body), send(body), send(body)]);
    const items = await open_(encodeURIComponent(body.contact.email.toLowerCase()));
    expect(items).toHaveLength(1);
    expect((await detail(items[0]?.id ?? '')).repeats).toHaveLength(2);
  });

  it('companies that only share a site or a mail provider are two', async () => {
    const on = (name: string) => ({
      ...applicant(),
      company: { name, website: `https://linkedin.com/company/${name}`, country: 'DE' },
      contact: { name, email: `${name}@gmail.com` },
    });
    const [one, two] = [await received(on('ida')), await received(on('ole'))];
    expect(one.application.id).not.toBe(two.application.id);
  });

  it('is answered alike whether or not the company or the address is a partner’s', async () => {
    const { application, body } = await received();
    await decide(application.id, 'accept', {});
    const known = await send(body);
    const unknown = await send(applicant());
    expect({ ...known.body, receivedAt: '' }).toEqual({ ...unknown.body, receivedAt: '' });
    expect(known.status).toBe(unknown.status);
  });

  it('accepted, makes a partner of that type and tier, whose first owner is invited', async () => {
    const { application, body } = await received();
    const answer = await decide(application.id, 'accept', { tier: 'gold' });
    expect(answer.body).toMatchObject({ status: 'accepted', decidedBy: 'Test operator' });
    const partner = await api.operator.get(`/api/v1/partners/${answer.body.partnerId ?? ''}`);
    expect(partner).toMatchObject({ name: body.company.name, type: 'reseller', tier: 'gold', status: 'active' });
    expect(mails.at(-1)).toEqual({ to: body.contact.email.toLowerCase(), words: 'owner' });
    const { items } = await api.operator.get<{ items: readonly { action: string }[] }>(
      `/api/v1/audit?subjectId=${application.id}`,
    );
    expect(items.map(({ action }) => action)).toEqual(['application.accept', 'application.submit']);
  });

  it('decided by two at once is decided by one, and the other is told by whom', async () => {
    const { application } = await received();
    const before = mails.length;
    const answers = await Promise.all([
      decide(application.id, 'accept', {}),
      decide(application.id, 'reject', { reason: 'Not now.' }),
    ]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    expect(answers.find(({ status }) => status === 409)?.body.detail).toMatch(
      /^Test operator (accepted|rejected) this/,
    );
    expect(mails).toHaveLength(before + 1);
  });

  it('accepted once more with the same key changes nothing and mails nobody', async () => {
    const { application } = await received();
    const first = await decide(application.id, 'accept', {}, { 'idempotency-key': 'once' });
    const before = mails.length;
    expect(await decide(application.id, 'accept', {}, { 'idempotency-key': 'once' })).toMatchObject({
      status: 200,
      body: first.body,
    });
    expect(mails).toHaveLength(before);
  });

  it('rejected, is answered in the words of whoever decided, and may come again', async () => {
    const { application, body } = await received();
    expect((await decide(application.id, 'reject', { reason: ' ' })).status).toBe(422);
    const reason = 'We look for partners in <b>Spain</b> now.';
    expect((await decide(application.id, 'reject', { reason })).body).toMatchObject({ status: 'rejected', reason });
    expect(mails.at(-1)).toEqual({ to: body.contact.email.toLowerCase(), words: reason });
    await send(body);
    const items = await open_(encodeURIComponent(body.contact.email.toLowerCase()));
    expect(items.map(({ status }) => status)).toEqual(['open', 'rejected']);
    expect((await detail(items[0]?.id ?? '')).earlier).toMatchObject([{ id: application.id, status: 'rejected' }]);
  });

  it('rejected silently, mails nobody', async () => {
    const { application } = await received();
    const before = mails.length;
    const { body } = await decide(application.id, 'reject', { reason: 'A robot.', silent: true });
    expect(body).toMatchObject({ status: 'rejected', reason: 'A robot.' });
    expect(mails).toHaveLength(before);
  });

  it('is found by whatever was typed, also when it was sent again', async () => {
    const { application, body } = await received();
    const domain = body.contact.email.split('@')[1] ?? '';
    await send({
      ...body,
      company: { ...body.company, name: '100%_Other' },
      contact: { name: 'Zoë', email: `zoe@${domain}.org` },
    });
    for (const typed of [`www.${domain}`, '100%_oth', `zoe@${domain}`]) {
      expect((await open_(encodeURIComponent(typed))).map(({ id }) => id)).toEqual([application.id]);
    }
    expect((await open_('Zoë')).map(({ id }) => id)).toContain(application.id);
    expect(await open_(encodeURIComponent('100_%'))).toEqual([]);
  });

  it('of a company that is a partner is not accepted a second time', async () => {
    const { application, body } = await received();
    const { partnerId } = (await decide(application.id, 'accept', {})).body;
    await send({ ...body, contact: { name: 'Bob', email: `bob@${String(count)}.net` } });
    const [again] = await open_(encodeURIComponent(`bob@${String(count)}.net`));
    const refused = await decide(again?.id ?? '', 'accept', {});
    expect(refused.status).toBe(409);
    expect(refused.body.detail).toContain(partnerId);
  });

  it('is refused while the program takes none, and past a hundred in an hour', async () => {
    await api.operator.put('/api/v1/program', { applications: 'closed' });
    expect(await send(applicant())).toMatchObject({
      status: 409,
      body: { type: 'urn:introducer:problem:applications-closed' },
    });
    await api.operator.put('/api/v1/program', { applications: 'open' });
    api.clock.advanceDays(1);
    for (let sent = 0; sent < 100; sent += 1) await send(applicant());
    expect((await send(applicant())).status).toBe(429);
    api.clock.advanceDays(1);
    expect((await send(applicant())).status).toBe(202);
  });
});

describe('a page for applications that a robot found', () => {
  it('takes ten an hour from one address', async () => {
    const keys = { companyDomain, companyKey };
    const still = () => Promise.resolve();
    const extraRoutes = applicationRoutes({ keys, sendInvitation: still, sendRejection: still });
    const api = await startTestApi({ extraRoutes });
    const statuses = [];
    for (let sent = 0; sent < 11; sent += 1) {
      statuses.push((await api.as(null).send('POST', '/api/v1/applications', {})).status);
    }
    await api.close();
    expect(statuses).toEqual([...Array<number>(10).fill(422), 429]);
  });
});
