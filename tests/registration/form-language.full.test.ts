import { eachDatabase } from '../support/databases.js';
import { startRunningService, type RunningService } from '../support/running-service.js';
import { solvedForm } from '../support/solved-form.js';

const filled = {
  'company.name': 'Acme',
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

eachDatabase('the language of the hosted form', (open) => {
  let service: RunningService;
  let address: string;

  beforeAll(async () => {
    service = await startRunningService({ open, until: 'listening' });
    const partner = { name: 'Northwind', email: 'team@northwind.example' };
    const { personalUrl } = await service.operator.post<{ personalUrl: string }>('/api/v1/partners', partner);
    address = `${service.url}${new URL(personalUrl).pathname}`;
  });
  afterAll(() => service.close());

  const get = async (url: string, language = 'en') => {
    const answer = await fetch(url, { headers: { 'accept-language': language } });
    return { answer, html: await answer.text() };
  };
  const post = (url: string, body: Readonly<Record<string, string>>, language = 'en') =>
    fetch(url, {
      method: 'POST',
      body: new URLSearchParams(body),
      redirect: 'manual',
      headers: { 'accept-language': language },
    });
  const mailTo = async (to: string) =>
    (await service.operator.get<{ items: readonly Mail[] }>('/api/v1/mails')).items.filter((mail) => mail.to === to);

  it('is the reader’s, with a link to the other one, which is kept until the receipt', async () => {
    const german = await get(address, 'de-AT,en;q=0.5');
    expect(german.answer.headers.get('content-language')).toBe('de');
    expect(german.answer.headers.get('vary')).toContain('Accept-Language');
    expect(german.html).toContain('<html lang="de">');
    expect(german.html).toContain('Lead registrieren');
    expect(german.html).toContain('<a href="?lang=en" lang="en" hreflang="en">English</a>');

    const chosen = await get(`${address}?lang=de`, 'en');
    const sent = await post(`${address}?lang=de`, { ...filled, ...solvedForm(chosen.html) }, 'en');
    const receipt = await get(new URL(sent.headers.get('location') ?? '', address).toString(), 'en');
    expect(receipt.html).toContain('Lead registriert');
    expect(receipt.html).toMatch(/\?lang=de">Noch einen Lead registrieren/);
    expect((await get(`${address}?lang=xx`, 'fr')).html).toContain('<html lang="en">');
  });

  it('is that of what is wrong, and of what is unknown', async () => {
    const wrong = await post(address, { ...filled, 'contact.email': 'ann' }, 'de');
    const html = await wrong.text();
    expect(wrong.status).toBe(422);
    expect(html).toContain('Geschäftliche E-Mail: Erwartet wird eine E-Mail-Adresse wie ann@acme.com');
    // The other language would show an empty form: what was typed is not thrown away by a link.
    expect(html).not.toContain('class="languages"');
    expect((await get(`${service.url}/r/nonsense`, 'de')).html).toContain('Unbekannter Link');
    expect((await get(`${service.url}/r/confirm/nonsense`, 'de')).html).toContain('Einen solchen Link');
  });

  it('goes along with the mailed link to confirm, and to the receipt; what was attested is the vendor’s wording', async () => {
    const held = await post(address, { ...filled, 'company.name': 'Beta', submitter: 'bea@home.test' }, 'de');
    expect([held.status, await held.text()]).toEqual([202, expect.stringContaining('Sehen Sie in Ihre E-Mails')]);
    const [mail] = await mailTo('bea@home.test');
    expect(mail?.subject).toMatch(/^Bestätigen Sie Ihre Registrierung/);
    const link = /\/r\/confirm\/\S+/.exec(mail?.text ?? '')?.[0] ?? '';
    expect(link).toMatch(/\?lang=de$/);
    expect((await get(`${service.url}${link}`, 'en')).html).toContain('Bestätigen Sie Ihre Registrierung');
    const confirmed = await post(`${service.url}${link}`, {}, 'en');
    expect(await confirmed.text()).toContain('Lead registriert');
    const receipt = (await mailTo('bea@home.test')).find(({ topic }) => topic === 'receipt');
    expect(receipt?.text).toMatch(/Wir entscheiden bis zum \d{1,2}\. \S+ \d{4}/);
    const { attestation } = await service.operator.get<{ attestation: string }>('/api/v1/program');
    const stored = await service.db.selectFrom('registrations').select('attestation').execute();
    expect(new Set(stored.map((row) => row.attestation))).toEqual(new Set([attestation]));
  });

  it('is what the tag on a site asks for', async () => {
    const script = await (await fetch(`${service.url}/embed.js`)).text();
    expect(script).toContain('script.dataset.lang');
    expect(script).toContain('Das Formular lässt sich nicht zeigen');
    const framed = address.replace('/r/', '/embed/');
    expect((await get(`${framed}?lang=de`, 'en')).html).toContain('<html lang="de" class="framed">');
  });
});
