import { eachDatabase } from '../support/databases.js';
import { startRunningService, type RunningService } from '../support/running-service.js';
import { solvedForm } from '../support/solved-form.js';

const filled = {
  'company.name': 'Acme <script>alert(1)</script>',
  'company.domain': 'acme.com',
  'contact.firstName': 'Ann',
  'contact.lastName': 'Archer',
  'contact.email': 'ann@acme.com',
  attestation: 'yes',
};

interface Mail {
  readonly topic: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

eachDatabase('a form that was sent without scripts', (open) => {
  let service: RunningService;
  let address: string;

  beforeAll(async () => {
    service = await startRunningService({ open, until: 'listening' });
    const partner = { name: 'Northwind', email: 'team@northwind.example' };
    const { personalUrl } = await service.operator.post<{ personalUrl: string }>('/api/v1/partners', partner);
    address = `${service.url}${new URL(personalUrl).pathname}`;
  });
  afterAll(() => service.close());

  const send = (typed: Readonly<Record<string, string>>) =>
    fetch(address, { method: 'POST', body: new URLSearchParams({ ...filled, ...typed }), redirect: 'manual' });
  const registered = async () =>
    (await service.operator.get<{ items: readonly object[] }>('/api/v1/registrations')).items;
  const mailsTo = async (to: string) =>
    (await service.operator.get<{ items: readonly Mail[] }>('/api/v1/mails')).items.filter((mail) => mail.to === to);
  const linkIn = (mail: Mail | undefined) =>
    `${service.url}/r/confirm/${/\/r\/confirm\/([\w-]+)/.exec(mail?.text ?? '')?.[1] ?? ''}`;

  it('asks for an address, and keeps what was typed', async () => {
    const answer = await send({});
    const html = await answer.text();
    expect([answer.status, html]).toEqual([422, expect.stringContaining('id="submitter-error">Enter your own e-mail')]);
    expect(html).toContain('value="acme.com"');
  });

  it('is no registration until its mailed link is followed and the button there is pressed', async () => {
    const submission = '0f8fad5b-d9cb-469f-a165-708677289501';
    const answers = [
      await send({ submission, submitter: 'Sam@Northwind.example' }),
      await send({ submission, submitter: 'sam@northwind.example' }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([202, 202]);
    expect(await registered()).toEqual([]);
    const mails = await mailsTo('sam@northwind.example');
    expect(mails.map(({ topic }) => topic)).toEqual(['confirm-registration']);
    expect(mails[0]?.text).not.toContain('Acme');
    const link = linkIn(mails[0]);
    const page = await (await fetch(link)).text();
    expect(page).toContain('<bdi>Acme &lt;script&gt;alert(1)&lt;/script&gt;</bdi>');
    expect(await registered()).toEqual([]);
    service.clock.advanceMs(60_000);
    const confirmedAt = service.clock.now().toISOString();
    const confirmations = await Promise.all([1, 2, 3].map(() => fetch(link, { method: 'POST' })));
    expect(confirmations.map(({ status }) => status)).toEqual([200, 200, 200]);
    const [registration, ...more] = (await registered()) as readonly { submittedAt: string; source: string }[];
    expect(more).toEqual([]);
    expect(registration?.source).toBe('form');
    expect((registration?.submittedAt ?? '') >= confirmedAt).toBe(true);
    expect(await (await fetch(link)).text()).toContain('Lead registered');
  });

  it('has the receipt mailed to whoever sent it, without what was typed', async () => {
    const [receipt] = await mailsTo('sam@northwind.example');
    expect(receipt).toMatchObject({ topic: 'receipt', subject: 'Receipt from Partner program' });
    expect(receipt?.text).toMatch(/sha256:[0-9a-f]{64}/);
    expect(receipt?.text).toMatch(/We decide by \d{4}-\d\d-\d\d/);
    expect(receipt?.text).not.toMatch(/Acme|\/r\//);
  });

  it('is forgotten when nobody confirms it', async () => {
    expect((await send({ 'company.domain': 'late.com', submitter: 'late@northwind.example' })).status).toBe(202);
    const [mail] = await mailsTo('late@northwind.example');
    await service.letDaysPass(3);
    service.clock.advanceMs(1_000);
    expect((await fetch(linkIn(mail))).status).toBe(404);
    expect((await fetch(linkIn(mail), { method: 'POST' })).status).toBe(404);
    await service.settled();
    expect(await service.db.selectFrom('unconfirmed_submissions').selectAll().execute()).toEqual([]);
  });

  it('is mailed about three times a day to one address, and taken ten times from one network', async () => {
    const statuses: number[] = [];
    for (let sent = 0; sent < 5; sent += 1) statuses.push((await send({ submitter: 'often@x.example' })).status);
    expect(statuses).toEqual([202, 202, 202, 429, 429]);
    for (let sent = 0; sent < 4; sent += 1) statuses.push((await send({ submitter: `${sent}@y.example` })).status);
    expect(statuses.at(-1)).toBe(429);
    const html = await (await send({ submitter: 'z@y.example' })).text();
    expect(html).toContain('Too many forms came from your network');
    expect(html).toContain('value="acme.com"');
  });

  it('is registered at once where a browser with scripts vouches for it', async () => {
    const page = await (await fetch(address)).text();
    const answer = await send({ ...solvedForm(page), 'company.domain': 'scripted.com' });
    expect(answer.status).toBe(303);
  });
});
