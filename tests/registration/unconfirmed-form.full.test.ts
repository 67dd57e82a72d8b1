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
  /** Each test sends from a network of its own, as each is allowed few forms. */
  let network = 0;
  beforeEach(() => {
    network += 1;
  });

  beforeAll(async () => {
    service = await startRunningService({ open, until: 'listening' });
    const partner = { name: 'Northwind', email: 'team@northwind.example' };
    const { personalUrl } = await service.operator.post<{ personalUrl: string }>('/api/v1/partners', partner);
    address = `${service.url}${new URL(personalUrl).pathname}`;
  });
  afterAll(() => service.close());

  const send = (typed: Readonly<Record<string, string>>) =>
    fetch(address, {
      method: 'POST',
      body: new URLSearchParams({ ...filled, ...typed }),
      redirect: 'manual',
      headers: { 'x-forwarded-for': `203.0.113.${String(network)}` },
    });
  const registered = async () =>
    (await service.operator.get<{ items: readonly object[] }>('/api/v1/registrations')).items;
  const linksTo = async (to: string) =>
    (await mailsTo(to)).filter(({ topic }) => topic === 'confirm-registration').map(linkIn);
  const confirm = (link: string) => fetch(link, { method: 'POST' });
  const companies = async () => (await registered()).map((one) => (one as { company: { name: string } }).company.name);
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
    expect(page).toContain('in the name of <strong><bdi>Northwind</bdi>');
    expect(page).not.toMatch(/Acme|Archer/);
    expect(await registered()).toEqual([]);
    service.clock.advanceMs(60_000);
    const confirmedAt = service.clock.now().toISOString();
    const confirmations = await Promise.all([1, 2, 3].map(() => fetch(link, { method: 'POST' })));
    expect(confirmations.map(({ status }) => status)).toEqual([200, 200, 200]);
    const [registration, ...more] = (await registered()) as readonly { submittedAt: string; source: string }[];
    expect(more).toEqual([]);
    expect(registration?.source).toBe('form');
    expect((registration?.submittedAt ?? '') >= confirmedAt).toBe(true);
    const receipt = await (await fetch(link)).text();
    expect(receipt).toContain('Lead registered');
    expect(receipt).not.toMatch(/Acme|Archer/);
  });

  it('has the receipt mailed to whoever sent it, without what was typed', async () => {
    const [receipt] = await mailsTo('sam@northwind.example');
    expect(receipt).toMatchObject({ topic: 'receipt', subject: 'Receipt from Partner program' });
    expect(receipt?.text).toMatch(/sha256:[0-9a-f]{64}/);
    expect(receipt?.text).toMatch(/We decide by \d{1,2} \w+ \d{4},/);
    expect(receipt?.text).not.toMatch(/Acme|\/r\//);
    expect(receipt?.text).toMatch(/:\d+\/verify$/m);
    const signed = /^\{.*\}$/m.exec(receipt?.text ?? '')?.[0] ?? '';
    expect(await service.operator.post('/api/v1/signatures/verify', JSON.parse(signed) as object)).toMatchObject({
      kind: 'genuine',
    });
  });

  it('is forgotten when nobody confirms it', async () => {
    expect((await send({ 'company.domain': 'late.com', submitter: 'late@northwind.example' })).status).toBe(202);
    const [mail] = await mailsTo('late@northwind.example');
    await service.letDaysPass(3);
    service.clock.advanceMs(1_000);
    expect((await fetch(linkIn(mail))).status).toBe(410);
    await service.settled();
    expect((await confirm(linkIn(mail))).status).toBe(410);
    expect((await fetch(`${service.url}/r/confirm/${'x'.repeat(41)}`)).status).toBe(404);
    expect(await service.db.selectFrom('unconfirmed_submissions').selectAll().execute()).toEqual([]);
  });

  it('counts as it was sent last when it is corrected and sent again, with no second mail', async () => {
    const submission = '0f8fad5b-d9cb-469f-a165-708677289502';
    await send({ submission, submitter: 'cora@x.example', 'company.name': 'Mistyped' });
    await send({ submission, submitter: 'cora@x.example', 'company.name': 'Corrected' });
    const links = await linksTo('cora@x.example');
    expect(links).toHaveLength(1);
    expect((await confirm(links[0] ?? '')).status).toBe(200);
    expect(await companies()).toEqual(expect.arrayContaining(['Corrected']));
    expect(await companies()).not.toContain('Mistyped');
    const again = await send({ submission, submitter: 'cora@x.example', 'company.name': 'Later' });
    expect(again.status).toBe(303);
  });

  it('keeps what one sent when another sends the same page', async () => {
    const submission = '0f8fad5b-d9cb-469f-a165-708677289503';
    await send({ submission, submitter: 'one@x.example', 'company.name': 'Of one' });
    await send({ submission, submitter: 'two@x.example', 'company.name': 'Of two' });
    for (const to of ['one@x.example', 'two@x.example']) {
      const [link = ''] = await linksTo(to);
      expect((await confirm(link)).status).toBe(200);
    }
    expect(await companies()).toEqual(expect.arrayContaining(['Of one', 'Of two']));
  });

  it('is not kept where the partner must accept an agreement first', async () => {
    await service.operator.post('/api/v1/agreements', { text: 'Be fair.', asksAcceptance: true });
    await service.operator.put('/api/v1/program', { registrationNeedsAgreement: true });
    const answer = await send({ submitter: 'early@x.example' });
    expect([answer.status, await answer.text()]).toEqual([403, expect.stringContaining('agreement is to be accepted')]);
    expect(await mailsTo('early@x.example')).toEqual([]);
    await service.operator.put('/api/v1/program', { registrationNeedsAgreement: false });
  });

  it('is mailed about three times a day to one address, and taken ten times from one network', async () => {
    const statuses: number[] = [];
    for (let sent = 0; sent < 5; sent += 1) statuses.push((await send({ submitter: 'often@x.example' })).status);
    expect(statuses).toEqual([202, 202, 202, 429, 429]);
    for (let sent = 0; sent < 6; sent += 1) statuses.push((await send({ submitter: `${sent}@y.example` })).status);
    expect(statuses.at(-1)).toBe(429);
    const refused = await send({ submitter: 'z@y.example' });
    expect(refused.headers.get('retry-after')).toBe('3600');
    const html = await refused.text();
    expect(html).toContain('Too many forms came from your network');
    expect(html).toContain('value="acme.com"');
  });

  it('is registered at once where a browser with scripts vouches for it', async () => {
    const page = await (await fetch(address)).text();
    const answer = await send({ ...solvedForm(page), 'company.domain': 'scripted.com' });
    expect(answer.status).toBe(303);
  });
});

eachDatabase('strangers who have mail sent to somebody', (open) => {
  let service: RunningService;
  let address: string;
  let network = 0;

  beforeAll(async () => {
    service = await startRunningService({ open, until: 'listening' });
    const partner = { name: 'Northwind', email: 'team@northwind.example' };
    const { personalUrl } = await service.operator.post<{ personalUrl: string }>('/api/v1/partners', partner);
    address = `${service.url}${new URL(personalUrl).pathname}`;
  });
  afterAll(() => service.close());

  const send = (typed: Readonly<Record<string, string>>) => {
    network += 1;
    return fetch(address, {
      method: 'POST',
      body: new URLSearchParams({ ...filled, ...typed }),
      redirect: 'manual',
      headers: { 'x-forwarded-for': `198.51.100.${String(network)}` },
    });
  };
  const solved = async () => solvedForm(await (await fetch(address)).text());
  const mailsAbout = async (topic: string, to: RegExp) =>
    (await service.operator.get<{ items: readonly Mail[] }>('/api/v1/mails?limit=200')).items.filter(
      (mail) => mail.topic === topic && to.test(mail.to),
    ).length;

  it('fill no mailbox with receipts, also when many come at once and with a plus in the address', async () => {
    const pages = await Promise.all([1, 2, 3, 4, 5, 6].map(solved));
    const answers = await Promise.all(
      pages.map((page, at) => {
        // Companies and contacts of their own, which wait for nobody else's.
        const [company, contact] = [`firm${String(at)}.com`, `ann@firm${String(at)}.com`];
        const submitter = `victim+${String(at)}@x.example`;
        return send({ ...page, 'company.domain': company, 'contact.email': contact, submitter });
      }),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 303));
    expect(await mailsAbout('receipt', /^victim/)).toBe(3);
    const { items } = await service.operator.get<{ items: readonly object[] }>(
      '/api/v1/audit?action=receipt.not-mailed',
    );
    expect(items).toHaveLength(3);
    await service.letDaysPass(1);
    service.clock.advanceMs(1_000);
    await send({ ...(await solved()), 'company.domain': 'firm7.com', submitter: 'victim@x.example' });
    expect(await mailsAbout('receipt', /^victim/)).toBe(4);
  });

  it('fill no mailbox with links to confirm, also when many come at once', async () => {
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => send({ submitter: 'target@x.example' })));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([202, 202, 202, 429, 429]);
    expect(answers.find(({ status }) => status === 429)?.headers.get('retry-after')).toBe('86400');
    expect(await mailsAbout('confirm-registration', /^target/)).toBe(3);
  });

  it('cause no more than a hundred mails in an hour, whoever they are', async () => {
    // Three links and a receipt went out before.
    const statuses: number[] = [];
    for (let sent = 0; sent < 98; sent += 1) {
      statuses.push((await send({ submitter: `m${String(sent)}@x.example` })).status);
    }
    expect([statuses.filter((status) => status === 202).length, statuses.at(-1)]).toEqual([96, 429]);
    service.clock.advanceMs(3_601_000);
    expect((await send({ submitter: 'later@x.example' })).status).toBe(202);
  });
});
