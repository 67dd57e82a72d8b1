import type { Page } from 'playwright-core';
import { authenticatorCode } from '../support/authenticator.js';
import { partnerProgram } from '../support/partner-program.js';
import { describeWith } from '../support/services.js';
import { accessibilityFaults, keepScreenshot, startWebWalk, type WebWalk } from '../support/web-app.js';

const password = 'correct horse battery';

describeWith('chromium', 'people who come into the web application', () => {
  let walk: WebWalk;

  beforeAll(async () => {
    walk = await startWebWalk();
  });
  afterAll(async () => {
    expect(walk.complaints).toEqual([]);
    await walk.close();
  });

  const looked = async (page: Page, name: string) => {
    await keepScreenshot(page, name);
    expect(await accessibilityFaults(page)).toEqual([]);
  };
  /** The invitation's link, as the mail has it, for the address the browser is at. */
  const linkFor = async (body: object, path = '/api/v1/people') => {
    const { url } = await walk.service.operator.post<{ url: string }>(path, body);
    return new URL(url).pathname;
  };
  /** Where the newest mail to somebody leads. */
  const mailedLink = async (address: string) => {
    const { items } = await walk.service.operator.get<{ items: readonly { to: string; text: string }[] }>(
      '/api/v1/mails',
    );
    return /https?:\/\/\S+/.exec(items.find(({ to }) => to === address)?.text ?? '')?.[0] ?? '';
  };
  const chooseDoor = async (page: Page, link: string) => {
    await page.goto(link);
    await page.locator('input[type=password]').fill(password);
    await page.getByRole('button', { name: 'Begin' }).click();
  };

  it('an invited operator chooses a password, sets up the second factor, and is asked for its code the next time', async () => {
    const page = await walk.visit(null);
    await page.goto(await linkFor({ name: 'Vera Voss', email: 'vera@vendor.test', role: 'admin' }));
    await looked(page, 'join');
    await page.locator('input[type=password]').fill('short');
    await page.getByRole('button', { name: 'Begin' }).click();
    expect(new URL(page.url()).pathname).toMatch(/^\/join\//);
    await page.locator('input[type=password]').fill(password);
    await page.getByRole('button', { name: 'Begin' }).click();
    await page.getByRole('heading', { name: 'Set up a second factor' }).waitFor();
    await looked(page, 'second-factor');
    await page.locator('input[type=password]').fill(password);
    await page.getByRole('button', { name: 'Go on' }).click();
    const key = await page.locator('pre').innerText();
    await looked(page, 'second-factor-key');
    await page.getByLabel('Code of your authenticator').fill(authenticatorCode(key));
    await page.getByRole('button', { name: 'Confirm' }).click();
    await page.getByRole('heading', { level: 1, name: 'Review queue' }).waitFor();

    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByLabel('E-mail').fill('vera@vendor.test');
    await page.locator('input[type=password]').fill('wrong horse battery');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('alert').waitFor();
    expect(await page.getByLabel('E-mail').inputValue()).toBe('vera@vendor.test');
    await page.locator('input[type=password]').fill(password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByLabel('Code of your authenticator').fill(authenticatorCode(key));
    await page.getByRole('button', { name: 'Confirm' }).click();
    await page.getByRole('heading', { level: 1, name: 'Review queue' }).waitFor();

    await page.getByRole('link', { name: 'People' }).click();
    await page.getByRole('cell', { name: 'vera@vendor.test' }).waitFor();
    await looked(page, 'people');
    await page.getByRole('button', { name: 'Invite', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Walt');
    await dialog.getByLabel('E-mail').fill('walt');
    await dialog.getByRole('button', { name: 'Invite', exact: true }).click();
    await dialog.getByText('an e-mail address such as').waitFor();
    await dialog.getByLabel('E-mail').fill('walt@vendor.test');
    await dialog.getByRole('button', { name: 'Invite', exact: true }).click();
    await dialog.getByText('/join/').waitFor();
  });

  it('a partner’s owner comes in by the invitation and invites a colleague, who sees who is who and cannot', async () => {
    const partner = await partnerProgram(walk.service).addPartner();
    const path = `/api/v1/partners/${partner.id}/people`;
    const page = await walk.visit(null, { phone: true });
    await chooseDoor(page, await linkFor({ name: 'Olga', email: 'olga@acme.test', role: 'owner' }, path));
    await page.getByRole('heading', { level: 1, name: 'My registrations' }).waitFor();
    await page.goto('/people');
    await page.getByRole('button', { name: 'Invite', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Mel <b>');
    await dialog.getByLabel('E-mail').fill('mel@acme.test');
    await dialog.getByRole('button', { name: 'Invite', exact: true }).click();
    const link = new URL(await dialog.locator('pre').innerText()).pathname;
    const colleague = await walk.visit(null);
    await chooseDoor(colleague, link);
    await colleague.getByRole('heading', { level: 1, name: 'My registrations' }).waitFor();
    await colleague.goto('/people');
    await colleague.getByRole('cell', { name: 'Mel <b>' }).waitFor();
    expect(await colleague.getByRole('button', { name: 'Invite', exact: true }).count()).toBe(0);
    await looked(colleague, 'partner-people');
  });

  it('who forgot the password chooses a new one by the mailed link, and comes in with it', async () => {
    const partner = await partnerProgram(walk.service).addPartner();
    const page = await walk.visit(null);
    const path = `/api/v1/partners/${partner.id}/people`;
    await chooseDoor(page, await linkFor({ name: 'Fay', email: 'fay@acme.test', role: 'owner' }, path));
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'I forgot my password' }).click();
    await page.getByLabel('E-mail').fill('fay@acme.test');
    await page.getByRole('button', { name: 'Send me a link' }).click();
    await page.getByText('Look into your mail').waitFor();
    await page.goto(await mailedLink('fay@acme.test'));
    await page.getByRole('heading', { level: 1, name: 'Choose a new password' }).waitFor();
    await looked(page, 'new-password');
    await page.locator('input[type=password]').fill('another long enough one');
    await page.getByRole('button', { name: 'Choose this password' }).click();
    await page.getByText('The new password holds from now on.').waitFor();
    await page.getByRole('link', { name: 'To sign in' }).click();
    await page.getByLabel('E-mail').fill('fay@acme.test');
    await page.locator('input[type=password]').fill('another long enough one');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'My registrations' }).waitFor();
  });

  it('a mailed link lets in with one click, and once', async () => {
    const partner = await partnerProgram(walk.service).addPartner();
    const page = await walk.visit(null);
    const path = `/api/v1/partners/${partner.id}/people`;
    await chooseDoor(page, await linkFor({ name: 'Ken', email: 'ken@acme.test', role: 'owner' }, path));
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Sign in with a link by e-mail' }).click();
    await page.getByLabel('E-mail').fill('ken@acme.test');
    await page.getByRole('button', { name: 'Send me a link' }).click();
    await page.getByText('Look into your mail').waitFor();
    const link = await mailedLink('ken@acme.test');
    await page.goto(link);
    await looked(page, 'enter');
    await page.getByRole('link', { name: 'Sign in', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'My registrations' }).waitFor();
    const other = await walk.visit(null);
    await other.goto(link);
    await other.getByRole('link', { name: 'Sign in', exact: true }).click();
    await other.getByText('This link was used already').waitFor();
    await looked(other, 'enter-again');
  });

  it('somebody at a partner chooses on a phone which mail they get, from the link under a mail', async () => {
    const partner = await partnerProgram(walk.service).addPartner();
    const page = await walk.visit(null, { phone: true });
    const path = `/api/v1/partners/${partner.id}/people`;
    await chooseDoor(page, await linkFor({ name: 'Mia', email: 'mia@acme.test', role: 'owner' }, path));
    await page.getByRole('heading', { level: 1, name: 'My registrations' }).waitFor();
    await partnerProgram(walk.service).register(partner);
    const { items } = await walk.service.operator.get<{ items: readonly { to: string; text: string }[] }>(
      '/api/v1/mails',
    );
    const receipt = items.find(({ to }) => to === 'mia@acme.test')?.text ?? '';
    await page.getByRole('button', { name: 'Menu' }).click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
    await page.goto(/Choose which mail you get:\n(\S+)/.exec(receipt)?.[1] ?? '');
    await page.getByLabel('E-mail').fill('mia@acme.test');
    await page.locator('input[type=password]').fill(password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'My mail' }).waitFor();
    await looked(page, 'my-mail');
    await page.getByRole('checkbox', { name: 'Receipts' }).uncheck();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved. It holds from now on.').waitFor();
    await page.reload();
    await page.getByRole('checkbox', { name: 'Disputes' }).waitFor();
    expect(await page.getByRole('checkbox', { name: 'Receipts' }).isChecked()).toBe(false);
    await partnerProgram(walk.service).register(partner);
    const operator = await walk.visit(
      (await walk.service.operator.post<{ key: string }>('/api/v1/api-keys', { name: 'desk' })).key,
    );
    await operator.goto('/mails?state=withheld');
    await operator.getByRole('row', { name: /mia@acme.test/ }).waitFor();
    await looked(operator, 'mails-withheld');
  });

  it('whose access is ended is outside with the next click', async () => {
    const partner = await partnerProgram(walk.service).addPartner();
    const path = `/api/v1/partners/${partner.id}/people`;
    const page = await walk.visit(null);
    await chooseDoor(page, await linkFor({ name: 'Gil', email: 'gil@acme.test', role: 'owner' }, path));
    await page.getByRole('heading', { level: 1, name: 'My registrations' }).waitFor();
    const { people } = await walk.service.operator.get<{ people: readonly { readonly id: string }[] }>(path);
    await walk.service.operator.send('DELETE', `${path}/${people[0]?.id ?? ''}`);
    await page.getByRole('link', { name: 'Commissions' }).click();
    await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
  });

  it('an invitation that holds no longer says so', async () => {
    const page = await walk.visit(null);
    await page.goto('/join/unknown');
    await page.getByText('This invitation does not hold').waitFor();
    await looked(page, 'join-unknown');
  });
});
