import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { describeWith } from '../support/services.js';
import { accessibilityFaults, keepScreenshot, startWebWalk, type WebWalk } from '../support/web-app.js';
import { fillWebWorld, hostileName, prospect, type WebWorld } from '../support/web-world.js';

describeWith('chromium', 'an operator in the web application', () => {
  let walk: WebWalk;
  let world: WebWorld;
  let page: Page;

  beforeAll(async () => {
    walk = await startWebWalk();
    world = await fillWebWorld(walk.service);
    page = await walk.visit(world.operatorKey);
  });
  afterAll(() => walk.close());
  afterEach(() => expect(walk.complaints).toEqual([]));

  const newRegistration = async (name: string, domain: string): Promise<string> => {
    const partner = { id: world.partner.id, personalUrl: '', api: walk.service.as(world.partner.key) };
    const { id } = await world.program.register(partner, { prospect: prospect(name, domain) });
    await walk.service.settled();
    return id;
  };

  it('finds a registration in the review queue and approves it', async () => {
    const id = await newRegistration('Harbour Cranes', 'harbour-cranes');
    await page.goto('/');
    await page.getByRole('heading', { level: 1, name: 'Review queue' }).waitFor();
    await page.getByRole('link', { name: 'Harbour Cranes' }).waitFor();
    await keepScreenshot(page, 'web-queue');
    await page.getByLabel('Company or domain').fill('harbour');
    await page.getByRole('link', { name: 'Kestrel Freight' }).waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'Harbour Cranes' }).click();
    await page.getByRole('button', { name: 'Approve' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Reason').fill('A new customer, and a good fit.');
    await keepScreenshot(page, 'web-approve');
    await dialog.getByRole('button', { name: 'Approve' }).click();
    await page.getByText('Approved', { exact: true }).first().waitFor();
    await dialog.waitFor({ state: 'detached' });
    await keepScreenshot(page, 'web-approved');
    expect(await world.program.registration(id)).toMatchObject({
      status: 'approved',
      reason: 'A new customer, and a good fit.',
    });
  });

  it('takes registrations, and answers several at once; what is refused stays chosen, with the reason', async () => {
    const [first, second] = [
      await newRegistration('Bulk Barges', 'bulk-barges'),
      await newRegistration('Bulk Buoys', 'bulk-buoys'),
    ];
    await page.goto('/reviews?search=bulk');
    await page.getByRole('button', { name: 'Assign to me: Bulk Barges' }).click();
    await page.getByRole('button', { name: 'Give back: Bulk Barges' }).waitFor();
    await page.getByRole('region', { name: 'Waiting, by who answers' }).waitFor();
    await page.getByRole('checkbox', { name: 'Choose Bulk Barges' }).check();
    await page.getByRole('checkbox', { name: 'Choose Bulk Buoys' }).check();
    await keepScreenshot(page, 'web-reviews');
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Reject all' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Reject all' }).click();
    await dialog.getByText('The partners need to know why.').waitFor();
    await dialog.getByLabel('Reason').fill('Not this year.');
    // Meanwhile a colleague is faster with one of them.
    await world.program.approve(second);
    await dialog.getByRole('button', { name: 'Reject all' }).click();
    await page.getByText('1 were not answered').waitFor();
    await page.getByText(/Bulk Buoys: .*approved/).waitFor();
    await page.getByText('No registration of a company like “bulk”.').waitFor();
    expect(await world.program.registration(first)).toMatchObject({ status: 'rejected', reason: 'Not this year.' });
  });

  it('sees both claims on a company side by side before deciding', async () => {
    await page.goto(`/registrations/${world.rival.id}`);
    await page.getByRole('heading', { name: 'Conflicts (4)' }).waitFor();
    await page.getByRole('link', { name: 'Open that registration' }).waitFor();
    await page.getByRole('link', { name: 'Northwind & Söhne' }).waitFor();
    await keepScreenshot(page, 'web-conflict');
  });

  it('is told what a rejection lacks, keeps what was typed, and rejects with a code', async () => {
    const id = await newRegistration('Old Mill', 'old-mill');
    await page.goto(`/registrations/${id}`);
    await page.getByRole('button', { name: 'Reject' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Why', { exact: false }).selectOption('too_early');
    await dialog.getByRole('button', { name: 'Reject' }).click();
    await dialog.getByText(/^Expected: at least 1/).waitFor();
    expect(await dialog.getByLabel('Why', { exact: false }).inputValue()).toBe('too_early');
    await dialog.getByLabel('Reason').fill('They have no budget this year.');
    await dialog.getByRole('button', { name: 'Reject' }).click();
    await page.getByText('Rejected', { exact: true }).first().waitFor();
    expect(await walk.service.operator.get(`/api/v1/registrations/${id}`)).toMatchObject({ code: 'too_early' });
  });

  it('is told that somebody else decided first, and sees how it stands now', async () => {
    const id = await newRegistration('Two Desks', 'two-desks');
    await page.goto(`/registrations/${id}`);
    await page.getByRole('button', { name: 'Return with a question' }).click();
    await page.getByRole('dialog').getByLabel('Question').fill('Which country?');
    await walk.service.operator.post(`/api/v1/registrations/${id}/reject`, { reason: 'No.', code: 'other' });
    await page.getByRole('dialog').getByRole('button', { name: 'Return with a question' }).click();
    await page.getByText('Somebody else decided meanwhile').waitFor();
    await page.getByText('Rejected', { exact: true }).first().waitFor();
    await keepScreenshot(page, 'web-overtaken');
  });

  it('reads the CRM’s own words when it refused a lead, and has it tried again once that is mended', async () => {
    walk.service.hubspot.person.deleteProperty('deals', 'introducer_partner');
    const id = await newRegistration('Mended Motors', 'mended-motors');
    await world.program.approve(id);
    await walk.service.settled();
    await page.goto('/problems');
    await page.getByText('Property "introducer_partner" does not exist').waitFor();
    await keepScreenshot(page, 'web-problems');
    expect(await accessibilityFaults(page)).toEqual([]);
    await walk.service.provision();
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('It is being tried again.').waitFor();
    await walk.service.settled();
    await page.reload();
    await page.getByText('Nothing waits for you').waitFor();
    expect((await world.program.registration(id)).crm?.state).toBe('linked');
  });

  it('decides by keyboard alone', async () => {
    const id = await newRegistration('Keyboard Cargo', 'keyboard-cargo');
    await page.goto('/registrations?status=in_review&search=keyboard');
    await page.getByRole('link', { name: 'Keyboard Cargo' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Keyboard Cargo' }).waitFor();
    await page.getByRole('button', { name: 'Approve' }).waitFor();
    const focused = () => page.evaluate<string>('document.activeElement.textContent');
    for (let steps = 0; (await focused()) !== 'Approve' && steps < 10; steps += 1) await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByLabel('Reason').waitFor();
    await page.keyboard.type('Known to us, and welcome.');
    for (let steps = 0; (await focused()) !== 'Approve' && steps < 10; steps += 1) await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await world.program.registration(id)).toMatchObject({ reason: 'Known to us, and welcome.' });
  });

  it('is told when a list cannot be had, and gets it by trying again', async () => {
    await page.route('**/api/v1/plans', (route) => route.abort('connectionrefused'));
    await page.goto('/plans');
    await page.getByText('The service could not be reached.').waitFor();
    await page.unroute('**/api/v1/plans');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('link', { name: 'standard' }).click();
    await page.getByText('Rule new-business pays 10 % of the amount of a deal that is won.').waitFor();
  });

  it('reads a name that is script and markup as text', async () => {
    await page.goto(`/registrations/${world.open.id}`);
    await page.getByRole('heading', { level: 1, name: hostileName }).waitFor();
    await page.goto('/registrations');
    await page.getByRole('link', { name: hostileName }).waitFor();
    expect(await page.evaluate('window.hit')).toBeUndefined();
  });

  it('reads a won deal’s commission step by step', async () => {
    await page.goto('/commissions');
    await page.getByRole('link', { name: 'Commission', exact: true }).click();
    await page.getByRole('heading', { name: 'How it came about' }).waitFor();
    await page.getByRole('heading', { level: 1, name: 'Commission €1,200.00' }).waitFor();
    await keepScreenshot(page, 'web-commission');
  });

  it('sees how the program goes, and opens the rows behind a figure', async () => {
    await page.goto('/overview');
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
    const money = page.getByRole('table', { name: 'Money by month' });
    await money.getByText('€1,200.00').waitFor();
    await keepScreenshot(page, 'web-overview');
    await money.getByRole('link', { name: '€12,000.00' }).last().click();
    await page.getByRole('heading', { level: 1, name: 'Registrations' }).waitFor();
    await page.getByRole('status').filter({ hasText: '1 shown' }).waitFor();
    expect(await page.getByLabel('Day of').inputValue()).toBe('won');
    await page.goBack();
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
  });

  it('has a table in another order, and as a file in which no name is a formula', async () => {
    await newRegistration('=cmd()', 'formula-freight');
    await page.goto('/registrations');
    const names = () => page.locator('tbody tr td:first-child a').allTextContents();
    await page.getByRole('link', { name: '=cmd()' }).waitFor();
    const asListed = await names();
    await page.getByRole('button', { name: 'Company', exact: true }).click();
    await page.locator('th[aria-sort=ascending]').waitFor();
    const ascending = await names();
    expect(ascending.toSorted()).toEqual(asListed.toSorted());
    await page.getByRole('button', { name: 'Company', exact: true }).click();
    await page.locator('th[aria-sort=descending]').waitFor();
    expect(await names()).toEqual(ascending.toReversed());
    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download as CSV' }).click();
    const download = await downloading;
    expect(download.suggestedFilename()).toBe('Registrations.csv');
    const text = await readFile(await download.path(), 'utf8');
    expect(text.split('\r\n')[0]).toBe('Company,Partner,Status,Conflicts,Submitted,Decide by,Amount,Currency');
    expect(text.trim().split('\r\n')).toHaveLength(asListed.length + 1);
    expect(text).toContain("\r\n'=cmd(),");
  });

  it('finds the filter in the address again when going back', async () => {
    await page.goto('/registrations');
    await page.getByLabel('Company or domain').fill('harbour');
    await page.waitForURL(/search=harbour/);
    await page.getByRole('link', { name: 'Harbour Cranes' }).click();
    await page.getByRole('heading', { level: 1, name: 'Harbour Cranes' }).waitFor();
    await page.goBack();
    await page.getByRole('heading', { level: 1, name: 'Registrations' }).waitFor();
    expect(await page.getByLabel('Company or domain').inputValue()).toBe('harbour');
  });

  it('is shown its pages in German when the browser is', async () => {
    const german = await walk.visit(world.operatorKey, { language: 'de-DE' });
    await german.goto('/commissions');
    await german.getByRole('heading', { level: 1, name: 'Provisionen' }).waitFor();
    await german.getByText('1.200,00 €').waitFor();
    await german.context().close();
  });
});
