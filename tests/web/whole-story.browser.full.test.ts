import type { Page } from 'playwright-core';
import { partnerProgram } from '../support/partner-program.js';
import { describeWith } from '../support/services.js';
import { keepScreenshot, startWebWalk, type WebWalk } from '../support/web-app.js';

const applicantsAddress = 'olga@harbour-advisers.example';

describeWith('chromium', 'from the application to the commission', () => {
  let walk: WebWalk;
  let desk: Page;
  let partner: Page;

  beforeAll(async () => {
    walk = await startWebWalk();
    const { operator } = walk.service;
    await operator.put('/api/v1/program', { publicName: 'Freight Partners', defaultCurrency: 'EUR' });
    await partnerProgram(walk.service).writeStandardPlan();
    const { key } = await operator.post<{ key: string }>('/api/v1/api-keys', { name: 'Rita of rev ops' });
    desk = await walk.visit(key);
    partner = await walk.visit(null, { phone: true });
  });
  afterAll(async () => {
    expect(walk.complaints).toEqual([]);
    await walk.close();
  });

  const invitation = async () => {
    const { items } = await walk.service.operator.get<{ items: readonly { to: string; text: string | null }[] }>(
      '/api/v1/mails',
    );
    const text = items.find(({ to }) => to === applicantsAddress)?.text ?? '';
    return new URL(/http\S+\/join\/\S+/.exec(text)?.[0] ?? '').pathname;
  };
  const register = async (page: Page) => {
    await page.goto('/register');
    await page.getByLabel('Company name').fill('Brightwater Logistics');
    await page.getByLabel('Domain').fill('brightwater-logistics.com');
    await page.getByLabel('First name').fill('Ida');
    await page.getByLabel('Last name').fill('Brandt');
    await page.getByLabel('E-mail').fill('ida.brandt@brightwater-logistics.com');
    await page.getByLabel('Amount').fill('12000');
    await page.getByRole('checkbox').check();
    await page.getByRole('button', { name: 'Register a lead' }).click();
    await page.getByRole('heading', { level: 1, name: 'Registered' }).waitFor();
    await walk.service.settled();
  };

  it('a company applies, and is invited by whoever accepts it', async () => {
    await partner.goto('/apply');
    await partner.getByLabel('Company name').fill('Harbour Advisers');
    await partner.getByLabel('Website').fill('harbour-advisers.example.com');
    await partner.getByLabel('Country').selectOption('DE');
    await partner.getByLabel('Your name').fill('Olga Owner');
    await partner.getByLabel('Your e-mail').fill(applicantsAddress);
    await partner.getByLabel('How would you work with us?').selectOption('referral');
    await partner.getByRole('button', { name: 'Apply' }).click();
    await partner.getByText('We have your application').waitFor();
    await desk.goto('/applications');
    await desk.getByRole('link', { name: 'Harbour Advisers' }).click();
    await desk.getByRole('button', { name: 'Accept' }).click();
    await desk.getByRole('dialog').getByRole('button', { name: 'Accept' }).click();
    await desk.getByText('Accepted').first().waitFor();
    await partner.goto(await invitation());
    await partner.locator('input[type=password]').fill('correct horse battery');
    await partner.getByRole('button', { name: 'Begin' }).click();
    await partner.waitForURL((url) => !url.pathname.startsWith('/join/'));
  });

  it('registers a lead, and has the receipt verified by somebody without an account', async () => {
    await register(partner);
    await partner.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await partner.getByRole('button', { name: 'Copy the receipt' }).click();
    const receipt = await partner.evaluate<string>('navigator.clipboard.readText()');
    const anybody = await walk.visit(null);
    await anybody.goto('/verify');
    await anybody.getByLabel('Or paste it here').fill(receipt);
    await anybody.getByRole('button', { name: 'Check' }).click();
    await anybody.getByText('This is what we signed').waitFor();
    await anybody.context().close();
  });

  it('is reviewed beside the claim of another partner that came later, and approved', async () => {
    const rival = await walk.service.operator.post<{ id: string }>('/api/v1/partners', {
      name: 'Second Wind',
      email: 'team@second-wind.example',
    });
    const { key } = await walk.service.operator.post<{ key: string }>(`/api/v1/partners/${rival.id}/api-keys`, {});
    await register(await walk.visit(key));
    await desk.goto('/');
    await desk
      .getByRole('row', { name: /Second Wind/ })
      .getByRole('link', { name: 'Brightwater Logistics' })
      .click();
    await desk.getByRole('heading', { name: /^Conflicts \(\d+\)/ }).waitFor();
    await keepScreenshot(desk, 'story-conflict');
    await desk.getByRole('link', { name: 'Open that registration' }).click();
    await desk.getByRole('link', { name: 'Harbour Advisers' }).first().waitFor();
    await desk.getByRole('button', { name: 'Approve' }).click();
    await desk.getByRole('dialog').getByLabel('Reason').fill('They were first.');
    await desk.getByRole('dialog').getByRole('button', { name: 'Approve' }).click();
    await desk.getByText('Approved', { exact: true }).first().waitFor();
    await walk.service.settled();
  });

  it('is won by the rep in the CRM, and the partner reads what it earned and how', async () => {
    const crm = await walk.visit(null);
    await crm.goto(walk.service.hubspot.url);
    await crm
      .getByRole('combobox', { name: /^Stage of / })
      .first()
      .selectOption({ label: 'Closed Won' });
    await crm.getByRole('button', { name: 'Move' }).first().click();
    await walk.service.settled();
    await partner.goto('/registrations');
    await partner.getByRole('link', { name: /Brightwater Logistics/ }).click();
    await partner.getByRole('link', { name: 'Commission €1,200.00' }).click();
    await partner.getByRole('heading', { name: 'How it came about' }).waitFor();
    await partner.getByText('The amount of the deal is 12000 EUR.').waitFor();
    await keepScreenshot(partner, 'story-commission');
    await crm.context().close();
  });
});
