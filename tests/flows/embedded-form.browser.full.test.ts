import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  chromium,
  type Browser,
  type BrowserContext,
  type FrameLocator,
  type Locator,
  type Page,
} from 'playwright-core';
import { eventually } from '../support/eventually.js';
import { startRunningService, type RunningService } from '../support/running-service.js';
import { chromiumPath, describeWith } from '../support/services.js';
import { accessibilityFaults, keepScreenshot } from '../support/web-app.js';

interface Registered {
  readonly partnerId: string;
  readonly company: { readonly name: string };
  readonly source: string;
}

describeWith('chromium', 'the lead form on a site of the vendor’s', () => {
  let service: RunningService;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let site: Server;
  let partner: { readonly id: string; readonly personalUrl: string };
  let tag = '';
  /** The same site under two names: one is on the list, the other is not. */
  let listed = '';
  let unlisted = '';

  beforeAll(async () => {
    service = await startRunningService({ until: 'listening' });
    partner = await service.operator.post('/api/v1/partners', { name: 'Northwind', email: 'team@northwind.example' });
    site = createServer((_request, response) => {
      // A strict site: of scripts and frames it lets only the service's in, and no style in an attribute.
      const policy = `default-src 'none'; script-src ${service.url}; frame-src ${service.url}; style-src 'none'`;
      response.setHeader('content-type', 'text/html').setHeader('content-security-policy', policy);
      response.end(`<!doctype html><html lang="en"><title>Acme</title><main><h1>Refer a friend</h1>${tag}</main>`);
    });
    await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
    const port = String((site.address() as AddressInfo).port);
    listed = `http://127.0.0.1:${port}`;
    unlisted = `http://localhost:${port}`;
    await service.operator.put('/api/v1/program', { embedOrigins: [listed] });
    browser = await chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox', '--disable-gpu'] });
    context = await browser.newContext({ viewport: { width: 900, height: 1000 } });
    page = await context.newPage();
    page.setDefaultTimeout(15_000);
  });
  afterAll(async () => {
    await browser.close();
    site.close();
    await service.close();
  });

  const token = () => new URL(partner.personalUrl).pathname.split('/').at(-1) ?? '';
  const tagOf = (attributes: string) => `<script src="${service.url}/embed.js" ${attributes} async></script>`;
  const registered = async () =>
    (await service.operator.get<{ items: readonly Registered[] }>('/api/v1/registrations')).items;
  const heightOf = async (element: Locator) => (await element.boundingBox())?.height ?? 0;
  const frameHeight = () => heightOf(page.locator('iframe'));
  const fillIn = async (form: FrameLocator, company: string) => {
    await form.getByLabel('Company name').fill(company);
    await form.getByLabel('First name').fill('Ida');
    await form.getByLabel('Last name').fill('Brandt');
    await form.getByLabel('Work e-mail').fill(`ida@${company.toLowerCase()}.com`);
    await form.locator('#attestation').check();
  };

  it('is filled in and sent in a frame, which is as high as what it shows, and the lead is registered', async () => {
    tag = tagOf(`data-partner-link="${partner.personalUrl}"`);
    await page.goto(listed);
    const form = page.frameLocator('iframe');
    await form.getByRole('button', { name: 'Register lead' }).click();
    await form.getByText('need your attention').waitFor();
    const withErrors = await heightOf(form.locator('main'));
    await eventually('the frame is as high', async () => (await frameHeight()) === Math.ceil(withErrors));
    await keepScreenshot(page, 'embedded-form-errors');
    await fillIn(form, 'Brightwater');
    await form.getByRole('button', { name: 'Register lead' }).click();
    await form.getByRole('heading', { name: 'Lead registered' }).waitFor();
    await eventually('the frame shrinks', async () => (await frameHeight()) < withErrors);
    await keepScreenshot(page, 'embedded-form-receipt');
    expect(await registered()).toMatchObject([
      { partnerId: partner.id, company: { name: 'Brightwater' }, source: 'form' },
    ]);
    // No cookie was set, so none of a third party is missed.
    expect(await context.cookies()).toEqual([]);
  });

  it('is of the partner that the address of the site’s page names, where the tag names none', async () => {
    tag = tagOf('');
    await page.goto(`${listed}/refer?partner=${token()}`);
    await page.frameLocator('iframe').getByText('Northwind').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.goto(`${listed}/refer`);
    expect(await page.getByRole('alert').textContent()).toContain('names no partner link');
  });

  it('speaks the language that the tag asks for', async () => {
    tag = tagOf(`data-partner-link="${token()}" data-lang="de"`);
    await page.goto(listed);
    await page.frameLocator('iframe').getByRole('button', { name: 'Lead registrieren' }).waitFor();
    expect(await page.locator('iframe').getAttribute('title')).toBe('Lead registrieren');
    expect(await accessibilityFaults(page)).toEqual([]);
    await keepScreenshot(page, 'embedded-form-german');
    tag = tagOf('data-lang="de"');
    await page.goto(`${listed}/refer`);
    expect(await page.getByRole('alert').textContent()).toContain('nennt keinen Partnerlink');
  });

  it('shows nothing on a site that is not on the list, which is told why', async () => {
    tag = tagOf(`data-partner-link="${token()}"`);
    await page.goto(unlisted);
    const words = page.getByRole('alert');
    await words.waitFor();
    expect(await words.textContent()).toContain(`cannot be shown on ${unlisted}`);
    expect(await page.locator('iframe').count()).toBe(0);
    expect(await registered()).toHaveLength(1);
  });

  it('takes no word about its height from another window', async () => {
    tag = tagOf(`data-partner-link="${token()}"`);
    await page.goto(listed);
    await page.frameLocator('iframe').getByRole('button', { name: 'Register lead' }).waitFor();
    const before = await frameHeight();
    // From this very window: right in its words, and neither from the frame nor from the service.
    await page.evaluate("window.postMessage({ introducer: 'size', height: 17 }, '*')");
    await page.evaluate('new Promise((resolve) => setTimeout(resolve, 200))');
    expect(await frameHeight()).toBe(before);
  });

  it('stands in no frame at its personal link, nor anything else of the service', async () => {
    for (const path of [`/r/${token()}`, '/docs', '/embed.js']) {
      const { headers } = await fetch(`${service.url}${path}`);
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect(headers.get('x-frame-options')).toBe('SAMEORIGIN');
    }
    const framed = await fetch(`${service.url}/embed/${token()}`);
    expect(framed.headers.get('content-security-policy')).toContain(`frame-ancestors ${listed};`);
    expect(framed.headers.get('x-frame-options')).toBeNull();
  });

  it('stands in no frame at all while no site is named', async () => {
    await service.operator.put('/api/v1/program', { embedOrigins: [] });
    const { headers } = await fetch(`${service.url}/embed/${token()}`);
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('x-frame-options')).toBe('SAMEORIGIN');
  });
});
