import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import type { SalesforceSimulator } from '../../connectors/salesforce/simulator/start.js';
import { partnerProgram, type PartnerProgram, type Prospect } from '../support/partner-program.js';
import { startRunningService, type RunningService } from '../support/running-service.js';
import { chromiumPath, describeWith, screenshotFolder } from '../support/services.js';

describeWith('chromium', 'a person on the pages of the simulated Salesforce', () => {
  let service: RunningService;
  let salesforce: SalesforceSimulator;
  let program: PartnerProgram;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    service = await startRunningService({ salesforce: {} });
    salesforce = service.salesforce!;
    program = partnerProgram(service);
    await program.writeStandardPlan();
    await service.operator.put('/api/v1/program', { crmRoutes: [{ connection: 'salesforce' }] });
    browser = await chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox', '--disable-gpu'] });
    const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 1000, height: 1200 } });
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
  const pushLead = async (): Promise<{ readonly registrationId: string; readonly prospect: Prospect }> => {
    const prospect = program.newProspect();
    const terms = { prospect, amount: '12000.00', currency: 'USD' };
    const { id: registrationId } = await program.register(await program.addPartner(), terms);
    await program.approve(registrationId);
    await service.settled();
    return { registrationId, prospect };
  };
  const openLead = async ({ contact }: Prospect): Promise<void> => {
    await page.goto(salesforce.url);
    await page.getByRole('link', { name: 'Leads' }).click();
    await page.getByRole('link', { name: `${contact.firstName} ${contact.lastName}`, exact: true }).click();
  };
  const note = () => page.locator('.note').first().textContent();

  it('converts a lead and wins its opportunity; the partner is credited and the page shows it', async () => {
    const { registrationId, prospect } = await pushLead();
    await openLead(prospect);
    await keep('salesforce-lead');
    expect(await page.locator('dl').first().textContent()).toContain('Introducer_Partner__c');
    await page.getByLabel('Its name, if new').fill('Rollout "North" <2>');
    await page.getByRole('button', { name: 'Convert' }).click();
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Rollout "North" <2>');
    expect(await note()).toContain('Converted.');
    await service.sweep('salesforce');

    service.clock.advanceMs(1_000);
    await page.getByLabel('Amount').fill('12000');
    await page.getByRole('button', { name: 'Save' }).first().click();
    await page.getByLabel('Stage of Rollout').selectOption({ label: 'Closed Won' });
    await page.getByRole('button', { name: 'Move' }).click();
    expect(await note()).toContain('Moved to Closed Won.');
    await service.sweep('salesforce');

    const { dealId } = await program.registration(registrationId);
    expect(await program.book({ dealId: dealId ?? '' })).toEqual(['commission 1200.00 USD']);
    await page.goto(page.url());
    await keep('salesforce-opportunity');
    const shown = await page.locator('dl').first().textContent();
    expect(shown).toMatch(/Introducer_Commission__c\s*1200/);
  });

  it('converts one into an account that is there, without an opportunity, and is told what a wrong entry wants', async () => {
    const accountId = salesforce.person.create('Account', { Name: 'Nordlicht' });
    const { prospect } = await pushLead();
    await openLead(prospect);
    await page.getByLabel('E-mail').fill('not an address');
    await page.getByRole('button', { name: 'Save' }).click();
    expect(await note()).toMatch(/invalid email address/i);
    await page.getByLabel('Account').selectOption({ label: 'Nordlicht' });
    await page.getByLabel('Opportunity').selectOption({ label: 'No opportunity' });
    await page.getByRole('button', { name: 'Convert' }).click();
    expect(page.url()).toContain(accountId);
    await openLead(prospect);
    expect(await note()).toMatch(/Converted on .* into Nordlicht, .* and\s+no opportunity/);
  });

  it('fits a phone, and moves an opportunity from the list', async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    const id = salesforce.person.create('Opportunity', {
      Name: 'Small',
      StageName: 'Prospecting',
      CloseDate: '2030-01-31',
    });
    await page.goto(salesforce.url);
    await page.getByLabel('Stage of Small').selectOption({ label: 'Qualification' });
    await page.locator('tr', { hasText: 'Small' }).getByRole('button', { name: 'Move' }).click();
    expect(salesforce.person.read(id)?.values['StageName']).toBe('Qualification');
    await keep('salesforce-phone');
    expect((await page.locator('main').boundingBox())?.width).toBeLessThanOrEqual(360);
  });
});
