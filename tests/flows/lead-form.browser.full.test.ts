import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { solvedForm } from '../support/solved-form.js';
import { startRunningService, type RunningService } from '../support/running-service.js';
import { chromiumPath, describeWith, screenshotFolder } from '../support/services.js';
import { accessibilityFaults, keepScreenshot } from '../support/web-app.js';

describeWith('chromium', 'the lead form in a real browser', () => {
  let service: RunningService;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let personalLink: string;
  let partnerId: string;

  beforeAll(async () => {
    service = await startRunningService();
    const partner = await service.operator.post<{ id: string; personalUrl: string }>('/api/v1/partners', {
      name: 'Northwind & Söhne',
      email: 'team@northwind.example',
    });
    partnerId = partner.id;
    personalLink = `${service.url}${new URL(partner.personalUrl).pathname}`;
    browser = await chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox', '--disable-gpu'] });
    context = await browser.newContext({ viewport: { width: 900, height: 1200 } });
    page = await context.newPage();
  });

  afterAll(async () => {
    await browser.close();
    await service.close();
  });

  const keep = async (name: string): Promise<void> => {
    if (screenshotFolder === undefined) return;
    await page.screenshot({ path: join(screenshotFolder, `${name}.png`), fullPage: true });
  };

  const registrations = async () =>
    (
      await service.operator.get<{ items: readonly { id: string; company: { name: string } }[] }>(
        `/api/v1/registrations?partnerId=${partnerId}`,
      )
    ).items;

  it('shows each error beside its field and keeps what was typed', async () => {
    await page.goto(personalLink);
    await keep('form-empty');
    await page.getByLabel('Company name').fill('Brightwater "Logistics" <GmbH>');
    await page.getByLabel('Work e-mail').fill('ida.at.brightwater');
    await page.getByLabel('Expected amount').fill('12.000,50');
    await page.getByRole('button', { name: 'Register lead' }).click();
    await keep('form-errors');
    expect(await page.getByLabel('Company name').inputValue()).toBe('Brightwater "Logistics" <GmbH>');
    expect(await page.locator('#contact-email-error').textContent()).toContain('expected an e-mail address');
    expect(await page.locator('#deal-amount-error').textContent()).toContain('such as 12000.50');
    expect(await page.locator('#contact-firstName-error').textContent()).toBe('Enter the first name');
    expect(await page.getByRole('alert').textContent()).toContain('need your attention');
    expect(await registrations()).toHaveLength(0);
  });

  it('can be filled in and sent by keyboard alone, and answers with a receipt', async () => {
    await page.goto(personalLink);
    await page.getByLabel('Company name').focus();
    const typed = ['Brightwater', 'brightwater.example', 'DE', 'Ida', 'Brandt', 'ida@brightwater.example', '+49 30 1'];
    for (const text of typed) {
      await page.keyboard.type(text);
      await page.keyboard.press('Tab');
    }
    await page.getByLabel('Confirm', { exact: false }).or(page.locator('#attestation')).first().focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/receipts\//);
    await keep('receipt');
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Lead registered');
    expect(await page.locator('pre').textContent()).toMatch(/sha256:[0-9a-f]{64}/);
    expect((await registrations()).map((one) => one.company.name)).toEqual(['Brightwater']);
  });

  it('registers once when the same page is sent twice', async () => {
    await page.goto(personalLink);
    const body = new URLSearchParams({
      'company.name': 'Twice Ltd',
      'company.domain': 'twice.example',
      'contact.firstName': 'Tess',
      'contact.lastName': 'Twofold',
      'contact.email': 'tess@twice.example',
      attestation: 'yes',
      ...solvedForm(await page.content()),
    });
    const sent = await Promise.all([1, 2, 3].map(() => fetch(personalLink, { method: 'POST', body })));
    expect(new Set(sent.map((answer) => answer.url)).size).toBe(1);
    expect((await registrations()).filter((one) => one.company.name === 'Twice Ltd')).toHaveLength(1);
  });

  it('fits a phone', async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    await page.goto(personalLink);
    await keep('form-phone');
    const main = await page.locator('main').boundingBox();
    const button = await page.getByRole('button', { name: 'Register lead' }).boundingBox();
    expect(main?.width).toBeLessThanOrEqual(360);
    expect((button?.x ?? 999) + (button?.width ?? 999)).toBeLessThanOrEqual(360);
  });

  it('is in German for who reads German, on a phone, and in English at a link', async () => {
    const german = await browser.newPage({ locale: 'de-DE', viewport: { width: 360, height: 740 } });
    await german.goto(personalLink);
    await german.getByRole('button', { name: 'Lead registrieren' }).click();
    await german.getByText('Bitte ausfüllen: Vorname').first().waitFor();
    await keepScreenshot(german, 'form-german-errors');
    expect(await accessibilityFaults(german)).toEqual([]);
    await german.goto(personalLink);
    await keepScreenshot(german, 'form-german');
    expect(await accessibilityFaults(german)).toEqual([]);
    await german.getByRole('link', { name: 'English' }).click();
    await german.getByRole('button', { name: 'Register lead' }).waitFor();
    await german.getByRole('link', { name: 'Deutsch' }).click();
    await german.getByLabel('Name des Unternehmens').fill('Brückner');
    await german.getByLabel('Vorname').fill('Ida');
    await german.getByLabel('Nachname').fill('Brandt');
    await german.getByLabel('Geschäftliche E-Mail').fill('ida@brueckner.example');
    await german.locator('#attestation').check();
    await german.getByRole('button', { name: 'Lead registrieren' }).click();
    await german.getByRole('heading', { name: 'Lead registriert' }).waitFor();
    await keepScreenshot(german, 'receipt-german');
    expect(await accessibilityFaults(german)).toEqual([]);
    await german.close();
  });

  it('says so when a link is unknown', async () => {
    const answer = await page.goto(`${service.url}/r/nonsense`);
    expect(answer?.status()).toBe(404);
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Unknown link');
  });
});
