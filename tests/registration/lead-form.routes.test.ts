import { startRunningService, type RunningService } from '../support/running-service.js';
import { solvedForm } from '../support/solved-form.js';

const filled = {
  'company.name': 'Acme',
  'contact.firstName': 'Ann',
  'contact.lastName': 'Archer',
  'contact.email': 'ann@acme.com',
  attestation: 'yes',
};

describe('the hosted form, as browsers send it', () => {
  let service: RunningService;
  let address: string;

  beforeAll(async () => {
    service = await startRunningService();
    const { personalUrl } = await service.operator.post<{ personalUrl: string }>('/api/v1/partners', {
      name: 'Northwind',
      email: 'team@northwind.example',
    });
    address = `${service.url}${new URL(personalUrl).pathname}`;
  });
  afterAll(() => service.close());

  const send = (typed: Readonly<Record<string, string>>) =>
    fetch(address, { method: 'POST', body: new URLSearchParams({ ...filled, ...typed }), redirect: 'manual' });
  const errorBeside = (html: string, field: string) => new RegExp(`id="${field}-error">([^<]*)<`).exec(html)?.[1];
  const countOf = async (name: string): Promise<number> => {
    const rows = await service.db.selectFrom('registrations').select('id').where('company_name', '=', name).execute();
    return rows.length;
  };

  it.each([
    ['a NUL in a name', { 'company.name': 'Ac\0me' }, 'company-name', 'value="Acme"'],
    [
      'a name that turns the words around it',
      { 'contact.lastName': 'Arc\u202eher' },
      'contact-lastName',
      'value="Archer"',
    ],
    ['a note far too long', { note: 'n'.repeat(200_000) }, 'note', `${'n'.repeat(200_000)}</textarea>`],
    [
      'a close date in the year 0',
      { 'deal.expectedCloseDate': '0000-01-01' },
      'deal-expectedCloseDate',
      'value="0000-01-01"',
    ],
    ['a country that is none', { 'company.country': 'ZZ' }, 'company-country', 'value="ZZ"'],
  ])('keeps what was typed and shows the error beside the field: %s', async (_, typed, field, shown) => {
    const answer = await send({ 'contact.phone': '+49 30 1', ...typed });
    const html = await answer.text();
    expect(answer.status).toBe(422);
    expect(errorBeside(html, field)).toMatch(/: expected /);
    expect(html).toContain(shown);
    expect(html).toContain('value="+49 30 1"');
    expect(html).toContain('One field needs your attention');
  });

  it('registers once when the page’s own number comes back in capitals', async () => {
    const solved = solvedForm(await (await fetch(address)).text());
    const { submission } = solved;
    const first = await send({ 'company.name': 'Once', ...solved });
    const second = await send({ 'company.name': 'Once', ...solved, submission: submission.toUpperCase() });
    expect([first.status, second.status]).toEqual([303, 303]);
    expect(second.headers.get('location')).toBe(first.headers.get('location'));
    expect(await countOf('Once')).toBe(1);
    const receipt = await fetch(`${address}/receipts/${submission.toUpperCase()}`);
    expect([receipt.status, await receipt.text()]).toEqual([200, expect.stringContaining('<bdi>Once</bdi>')]);
  });

  it('registers nothing when the attestation is anything but ticked', async () => {
    const answer = await send({ 'company.name': 'Unattested', attestation: 'no' });
    expect(answer.status).toBe(422);
    expect(errorBeside(await answer.text(), 'attestation')).toContain('Confirm');
    expect(await countOf('Unattested')).toBe(0);
  });
});
