import { sql } from 'kysely';
import { eachDatabase } from '../support/databases.js';
import { startRunningService, type RunningService } from '../support/running-service.js';

const typed = {
  'company.name': 'Acme "& <b>Co',
  'contact.firstName': 'Ann',
  'contact.email': 'ann@acme.com',
  note: '\nTwo\nlines',
};

eachDatabase('what is refused at the pages of the form', (open) => {
  let service: RunningService;
  let token: string;

  beforeAll(async () => {
    service = await startRunningService({ open, until: 'listening' });
    const partner = { name: 'Northwind', email: 'team@northwind.example' };
    const { personalUrl } = await service.operator.post<{ personalUrl: string }>('/api/v1/partners', partner);
    token = new URL(personalUrl).pathname.split('/').at(-1) ?? '';
    await service.operator.put('/api/v1/program', { embedOrigins: ['https://www.acme.test'] });
  });
  afterAll(() => service.close());

  let networks = 0;
  const network = () => `198.51.100.${String((networks += 1))}`;
  const asPerson = (from: string, language = 'en') => ({
    accept: 'text/html,application/xhtml+xml,*/*;q=0.8',
    'accept-language': language,
    'x-forwarded-for': from,
  });
  const flood = async (from: string) => {
    for (let sent = 0; sent < 300; sent += 50) {
      const burst = Array.from({ length: 50 }, () =>
        fetch(`${service.url}/r/style.css`, { headers: { 'x-forwarded-for': from } }).then((one) => one.arrayBuffer()),
      );
      await Promise.all(burst);
    }
  };
  const send = (path: string, from: string, body: Readonly<Record<string, string>>, language = 'en') =>
    fetch(`${service.url}${path}`, {
      method: 'POST',
      headers: asPerson(from, language),
      body: new URLSearchParams(body),
    });

  it('a form sent too soon after too much comes back with what was typed, and says for how long to wait', async () => {
    const from = network();
    await flood(from);
    const answer = await send(`/r/${token}`, from, typed);
    const html = await answer.text();
    const wait = Number(answer.headers.get('retry-after'));
    expect(answer.status).toBe(429);
    expect(wait).toBeGreaterThan(0);
    expect(html).toContain(`Wait ${String(wait)} seconds, then try again.`);
    expect(html).toContain('value="Acme &quot;&amp; &lt;b&gt;Co"');
    expect(html).toContain('Two\nlines</textarea>');
    expect(html).toContain('<button type="submit">Register lead</button>');
    const opened = await fetch(`${service.url}/r/${token}`, { headers: asPerson(from, 'de') });
    expect([opened.status, await opened.text()]).toEqual([429, expect.stringContaining('Zu viele Anfragen')]);
  });

  it('is seen in the frame, too', async () => {
    const from = network();
    await flood(from);
    const answer = await send(`/embed/${token}?lang=de`, from, typed);
    expect(answer.status).toBe(429);
    expect(answer.headers.get('content-security-policy')).toContain('frame-ancestors https://www.acme.test;');
    expect(answer.headers.get('x-frame-options')).toBeNull();
    const html = await answer.text();
    expect(html).toContain('<html lang="de" class="framed">');
    expect(html).toContain('frame.js');
  });

  it('is told in plain pages to who goes on all the same, and as a problem to a program', async () => {
    const from = network();
    await flood(from);
    const answers: string[] = [];
    for (let sent = 0; sent < 62; sent += 1) answers.push(await (await send(`/r/${token}`, from, typed)).text());
    expect(answers.filter((html) => html.includes('Two\nlines'))).toHaveLength(60);
    expect(answers.at(-1)).not.toContain('Two');
    const program = await fetch(`${service.url}/r/${token}`, { headers: { 'x-forwarded-for': from } });
    expect(program.headers.get('content-type')).toContain('application/problem+json');
  });

  it('too much text is a page that says what to do', async () => {
    const answer = await send(`/r/${token}`, network(), { ...typed, note: 'n'.repeat(2 * 1024 * 1024) }, 'de');
    expect([answer.status, await answer.text()]).toEqual([
      413,
      expect.stringContaining('kürzen Sie den längsten Text'),
    ]);
  });

  it('an address with nothing behind it says so in the look of the form', async () => {
    const answer = await fetch(`${service.url}/embed`, { headers: asPerson(network()) });
    expect([answer.status, await answer.text()]).toEqual([404, expect.stringContaining('<h1>Nothing here</h1>')]);
  });

  it('a fault of ours keeps what was typed without the database, ready to be sent again', async () => {
    await sql`alter table partners rename to partners_away`.execute(service.db);
    try {
      const answer = await send(`/r/${token}`, network(), { ...typed, submission: 'x' });
      const html = await answer.text();
      expect(answer.status).toBeGreaterThanOrEqual(500);
      expect(html).toContain('<h1>A fault of ours</h1>');
      expect(html).toContain('<textarea name="company.name" hidden>\nAcme &quot;&amp; &lt;b&gt;Co</textarea>');
      expect(html).toContain('<button type="submit">Send again</button>');
    } finally {
      await sql`alter table partners_away rename to partners`.execute(service.db);
    }
  });
});
