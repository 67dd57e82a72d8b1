import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { describeWith } from '../support/services.js';
import { accessibilityFaults, keepScreenshot, startWebWalk, type WebWalk } from '../support/web-app.js';
import { fillWebWorld, type WebWorld } from '../support/web-world.js';

describeWith('chromium', 'the privacy page', () => {
  let walk: WebWalk;
  let world: WebWorld;
  let email: string;

  beforeAll(async () => {
    walk = await startWebWalk();
    world = await fillWebWorld(walk.service);
    const row = await walk.service.db.selectFrom('registration_contacts').select('email').executeTakeFirstOrThrow();
    email = row.email;
  });
  afterAll(async () => {
    expect(walk.complaints).toEqual([]);
    await walk.close();
  });

  const looked = async (page: Page, name: string) => {
    await keepScreenshot(page, name);
    expect(await accessibilityFaults(page)).toEqual([]);
  };
  const savedBy = async (page: Page, button: string): Promise<string> => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: button }).first().click(),
    ]);
    return readFile(await download.path(), 'utf8');
  };

  it('hands over what is held, erases only after the address was typed twice, and shows the certificate', async () => {
    const page = await walk.visit(world.operatorKey);
    await page.goto('/privacy');
    await page.getByText('Nobody was erased yet.').waitFor();
    await looked(page, 'privacy-empty');
    const address = page.getByLabel('Address of the person');
    await address.fill('nobody');
    await page.getByRole('button', { name: 'Download what is held' }).click();
    await page.getByText(/^Expected: /).waitFor();
    await address.fill('nobody@nowhere-at-all.com');
    await page.getByRole('button', { name: 'Download what is held' }).click();
    await page.getByText('Nothing is held about this address.').waitFor();
    await address.fill(email);
    expect(await savedBy(page, 'Download what is held')).toContain(email);
    await page.getByRole('button', { name: 'Erase' }).click();
    await page.getByText('Expected: the same address').waitFor();
    await looked(page, 'privacy-typed');
    await page.getByLabel('Type the address once more').fill(email.toUpperCase());
    await page.getByRole('button', { name: 'Erase' }).click();
    await page.getByText('Erased. The certificate stands below.').waitFor();
    await page.getByRole('cell', { name: 'A request' }).waitFor();
    await looked(page, 'privacy-erased');
    const certificate = await savedBy(page, 'Download certificate');
    expect(certificate).toContain('"signature"');
    expect(certificate).not.toContain(email);
  });

  it('reads well at a phone’s width, in the dark and in German', async () => {
    const page = await walk.visit(world.operatorKey, { phone: true, colours: 'dark', language: 'de-DE' });
    await page.goto('/privacy');
    await page.getByRole('heading', { level: 1, name: 'Datenschutz' }).waitFor();
    await looked(page, 'privacy-phone-german');
  });
});
