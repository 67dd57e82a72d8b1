import type { Page } from 'playwright-core';
import { describeWith } from '../support/services.js';
import { accessibilityFaults, keepScreenshot, startWebWalk, type WebWalk } from '../support/web-app.js';
import { fillWebWorld, type WebWorld } from '../support/web-world.js';

describeWith('chromium', 'a partner in the web application, on a phone', () => {
  let walk: WebWalk;
  let world: WebWorld;
  let page: Page;

  beforeAll(async () => {
    walk = await startWebWalk();
    world = await fillWebWorld(walk.service);
    page = await walk.visit(world.partner.key, { phone: true });
  });
  afterAll(() => walk.close());
  afterEach(() => expect(walk.complaints).toEqual([]));

  const registrationsOf = async (company: string) => {
    const { items } = await walk.service
      .as(world.partner.key)
      .get<{ items: readonly { readonly company: { readonly name: string } }[] }>('/api/v1/registrations?limit=200');
    return items.filter((item) => item.company.name === company);
  };

  const fill = async (values: Readonly<Record<string, string>>): Promise<void> => {
    for (const [label, value] of Object.entries(values)) await page.getByLabel(label).fill(value);
  };

  it('is told beside each field what is missing or wrong, and loses nothing that was typed', async () => {
    await page.goto('/register');
    await page.getByLabel('Company name').fill('Ostwind Spedition');
    await page.getByLabel('Amount').fill('12.000,50');
    await page.getByRole('button', { name: 'Register a lead' }).click();
    await page.getByText('4 of the fields need your attention.').waitFor();
    await keepScreenshot(page, 'web-register-missing');
    await fill({ 'First name': 'Ole', 'Last name': 'Hansen', 'E-mail': 'ole.hansen@ostwind-spedition.com' });
    await page.getByRole('checkbox').check();
    await page.getByRole('button', { name: 'Register a lead' }).click();
    await page.getByText('Expected: a decimal number without sign or separators, such as 12000.50').waitFor();
    expect(await page.getByLabel('Company name').inputValue()).toBe('Ostwind Spedition');
    expect(await page.evaluate("document.activeElement.getAttribute('name')")).toBe('deal.amount');
    expect(await registrationsOf('Ostwind Spedition')).toHaveLength(0);
  });

  it('keeps the form when the connection breaks, and registers once when it is sent again', async () => {
    await page.reload();
    expect(await page.getByLabel('Company name').inputValue()).toBe('Ostwind Spedition');
    await page.getByLabel('Amount').fill('12000.50');
    let broken = 0;
    await page.route('**/api/v1/registrations', async (route) => {
      if (route.request().method() !== 'POST' || broken > 0) return route.continue();
      // The worst moment: the service has it, and its answer gets lost.
      broken += 1;
      await route.fetch();
      return route.abort('connectionreset');
    });
    await page.getByRole('button', { name: 'Register a lead' }).click();
    await page.getByText('What you typed is kept').waitFor();
    await page.getByRole('button', { name: 'Register a lead' }).click();
    await page.getByRole('heading', { level: 1, name: 'Lead registered' }).waitFor();
    await page.unroute('**/api/v1/registrations');
    expect(broken).toBe(1);
    expect(await registrationsOf('Ostwind Spedition')).toHaveLength(1);
  });

  it('sees the signed receipt at once, and by when it will hear', async () => {
    await page.getByText(/sha256:[0-9a-f]{64}/).waitFor();
    await page.getByText(/We decide by \d+ \w+ \d{4}\. You need do nothing\./).waitFor();
    await keepScreenshot(page, 'web-receipt');
  });

  it('answers a question of the reviewer', async () => {
    await page.goto(`/registrations/${world.returned.id}`);
    await page.getByText('We ask: Which of their sites do you mean?').waitFor();
    await keepScreenshot(page, 'web-returned');
    await page.getByRole('button', { name: 'Answer' }).click();
    await page.getByRole('dialog').getByLabel('Answer').fill('The one in Rotterdam.');
    await page.getByRole('dialog').getByLabel('Amount').fill('7500');
    await page.getByRole('dialog').getByLabel('Currency').fill('EUR');
    await keepScreenshot(page, 'web-answer');
    await page.getByRole('dialog').getByRole('button', { name: 'Answer' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await walk.service.operator.get(`/api/v1/registrations/${world.returned.id}`)).toMatchObject({
      answer: 'The one in Rotterdam.',
      deal: { amount: '7500', currency: 'EUR' },
      contact: { email: 'ida.brandt@lighthouse-ports.com' },
    });
  });

  it('reads what a won deal earned, the balance, the statement and the plan', async () => {
    await page.goto(`/registrations/${world.won.id}`);
    await page.getByRole('link', { name: 'Commission €1,200.00' }).waitFor();
    await keepScreenshot(page, 'web-own-won');
    await page.goto('/commissions');
    await page.getByRole('row', { name: /Pending €1,200\.00/ }).waitFor();
    await keepScreenshot(page, 'web-own-commissions');
    await page.goto('/statement');
    await page.getByRole('row', { name: /Closing balance €1,200\.00/ }).waitFor();
    await page.emulateMedia({ media: 'print' });
    await page.getByText('Freight Partners, Northwind & Söhne').waitFor();
    expect(await page.getByRole('button').filter({ visible: true }).count()).toBe(0);
    expect(await page.getByRole('navigation').isVisible()).toBe(false);
    await keepScreenshot(page, 'web-own-statement-printed');
    await page.emulateMedia({ media: 'screen' });
    const csv = await page.getByRole('link', { name: 'Download as CSV' }).getAttribute('href');
    expect((await page.request.get(csv ?? '')).headers()['content-type']).toContain('text/csv');
    await page.goto('/plan');
    await page.getByText(/Plan standard holds/).waitFor();
    await keepScreenshot(page, 'web-own-plan');
  });

  it('works out what a deal would earn, and is told beside the field what is wrong', async () => {
    await page.goto('/plan');
    await page.getByLabel('Amount').fill('24 thousand');
    await page.getByLabel('Currency').fill('EUR');
    await page.getByRole('button', { name: 'Work it out' }).click();
    await page.getByText(/Expected: a decimal number/).waitFor();
    expect(await page.getByLabel('Amount').inputValue()).toBe('24 thousand');
    await page.getByLabel('Amount').fill('24000');
    await page.keyboard.press('Enter');
    await page.getByText('It would earn you €2,400.00.').waitFor();
    await page
      .getByText(/10% of 24000\.00 EUR|10 ?%/)
      .first()
      .waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await keepScreenshot(page, 'web-own-calculator');
  });

  it('goes by the menu, which opens and closes', async () => {
    await page.goto('/registrations');
    await page.getByRole('button', { name: 'Menu', exact: true }).click();
    await page.getByRole('link', { name: 'My plan' }).click();
    await page.getByRole('heading', { level: 1, name: 'My plan' }).waitFor();
    await page.getByRole('link', { name: 'My plan' }).waitFor({ state: 'hidden' });
  });

  it('fits a phone in German, too', async () => {
    const german = await walk.visit(world.partner.key, { phone: true, language: 'de-DE' });
    for (const path of [
      '/register',
      '/registrations',
      `/registrations/${world.won.id}`,
      '/commissions',
      '/statement',
    ]) {
      await german.goto(path);
      await german.getByRole('heading', { level: 1 }).waitFor();
      await german.waitForLoadState('networkidle');
      expect([path, await german.evaluate('document.documentElement.scrollWidth')]).toEqual([path, 375]);
    }
    await keepScreenshot(german, 'web-german');
    await german.context().close();
  });

  it('never has to scroll sideways', async () => {
    for (const path of [
      '/register',
      '/registrations',
      `/registrations/${world.won.id}`,
      '/commissions',
      '/statement',
    ]) {
      await page.goto(path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.waitForLoadState('networkidle');
      expect([path, await page.evaluate('document.documentElement.scrollWidth')]).toEqual([path, 375]);
    }
    await keepScreenshot(page, 'web-own-registrations');
  });

  it('sees no page of the operators, and nothing of another partner', async () => {
    await page.goto('/problems');
    await page.getByRole('heading', { name: 'There is nothing here' }).waitFor();
    await page.goto(`/registrations/${world.rival.id}`);
    await page.getByText(`There is no registration ${world.rival.id}.`).waitFor();
  });
});

describeWith('chromium', 'somebody who is not signed in', () => {
  let walk: WebWalk;

  beforeAll(async () => {
    walk = await startWebWalk();
  });
  afterAll(() => walk.close());

  it('is asked to sign in on every page, and told when that does not work', async () => {
    const page = await walk.visit(null);
    await page.goto('/registrations/reg_x');
    await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
    await keepScreenshot(page, 'web-sign-in');
    await page.getByLabel('E-mail').fill('nobody@example.com');
    await page.getByLabel('Password', { exact: false }).first().fill('wrong');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('alert').waitFor();
    expect(await page.getByLabel('E-mail').inputValue()).toBe('nobody@example.com');
    expect(walk.complaints).toEqual([]);
  });
});
