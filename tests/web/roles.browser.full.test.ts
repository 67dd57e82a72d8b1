import type { Page } from 'playwright-core';
import { describeWith } from '../support/services.js';
import { newSession, type PersonRole } from '../support/sign-in-as.js';
import { accessibilityFaults, keepScreenshot, startWebWalk, type WebWalk } from '../support/web-app.js';
import { fillWebWorld, type WebWorld } from '../support/web-world.js';

/** What each operator can press, by page. What is not named for a role is not there for it. */
const acts: Readonly<Record<string, { readonly name: string; readonly of: readonly PersonRole[] }>> = {
  '/registrations/OPEN': { name: 'Approve', of: ['admin', 'rev-ops', 'channel-manager'] },
  '/partners': { name: 'New partner', of: ['admin', 'rev-ops', 'channel-manager'] },
  '/plans': { name: 'New plan', of: ['admin', 'rev-ops'] },
  '/people': { name: 'Invite', of: ['admin'] },
  '/agreement': { name: 'Publish a version', of: ['admin', 'rev-ops'] },
};
const operators = ['admin', 'rev-ops', 'channel-manager', 'viewer'] as const;
/** Pages that are in the menu of some only. */
const kept: Readonly<Record<string, readonly PersonRole[]>> = {
  Mail: ['admin'],
  Privacy: ['admin', 'rev-ops'],
  'Fields and stages': ['admin', 'rev-ops'],
};

describeWith('chromium', 'what each role is shown', () => {
  let walk: WebWalk;
  let world: WebWorld;

  beforeAll(async () => {
    walk = await startWebWalk();
    world = await fillWebWorld(walk.service);
  });
  afterAll(async () => {
    expect(walk.complaints).toEqual([]);
    await walk.close();
  });

  const visitAs = async (role: PersonRole, phone = false): Promise<Page> => {
    const page = await walk.visit(null, { phone });
    const cookie = await newSession(walk.service, role, world.partner.id);
    const cookies = cookie.split('; ').map((pair) => {
      const [name = '', value = ''] = pair.split(/=(.*)/s);
      return { name, value, url: walk.service.url };
    });
    await page.context().addCookies(cookies);
    return page;
  };

  it.each(operators)('%s sees what it may do, and nothing else', async (role) => {
    const page = await visitAs(role);
    await page.goto('/');
    await page.getByRole('heading', { level: 1, name: 'Review queue' }).waitFor();
    for (const [name, of] of Object.entries(kept)) {
      const links = page.getByRole('navigation').getByRole('link', { name: new RegExp(`^${name}`) });
      expect([name, await links.count()]).toEqual([name, of.includes(role) ? 1 : 0]);
    }
    for (const [path, { name, of }] of Object.entries(acts)) {
      await page.goto(path.replace('OPEN', world.open.id));
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.waitForLoadState('networkidle');
      const shown = await page.getByRole('button', { name, exact: true }).count();
      expect([path, shown > 0]).toEqual([path, of.includes(role)]);
    }
    await keepScreenshot(page, `role-${role}`);
    await page.context().close();
  });

  it('a viewer that asks for what it may not read is told so', async () => {
    const page = await visitAs('viewer');
    await page.goto('/mails');
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.getByRole('alert').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await keepScreenshot(page, 'role-viewer-refused');
    await page.context().close();
  });

  it.each([
    ['partner-owner', 1],
    ['partner-member', 0],
  ] as const)('%s sees the own company alone, and invites or does not', async (role, invites) => {
    const page = await visitAs(role, true);
    await page.goto('/people');
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForLoadState('networkidle');
    expect(await page.getByRole('button', { name: 'Invite', exact: true }).count()).toBe(invites);
    await page.goto('/reviews');
    await page.getByRole('heading', { name: 'There is nothing here' }).waitFor();
    await page.context().close();
  });

  it('a partner is added, changed and ended by whoever may, and told beside the field what is wrong', async () => {
    const page = await walk.visit(world.operatorKey);
    await page.goto('/partners');
    await page.getByRole('button', { name: 'New partner' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Westwind <i>Freight</i>');
    await dialog.getByLabel('E-mail').fill('westwind');
    await dialog.getByRole('button', { name: 'Add the partner' }).click();
    await dialog.getByText(/^Expected: /).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await keepScreenshot(page, 'partner-new');
    await dialog.getByLabel('E-mail').fill('team@westwind.example');
    await dialog.getByRole('button', { name: 'Add the partner' }).click();
    await page.getByRole('heading', { level: 1, name: 'Westwind <i>Freight</i>' }).waitFor();
    await page.getByRole('button', { name: 'Change the partner' }).click();
    await dialog.getByLabel('Status').selectOption('inactive');
    await dialog.getByText(/It registers nothing any more/).waitFor();
    await keepScreenshot(page, 'partner-change');
    const path = `/api/v1${new URL(page.url()).pathname}`;
    await walk.service.operator.send('PATCH', path, { name: 'Westwind Logistics' });
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Inactive').first().waitFor();
    expect(await walk.service.operator.get(path)).toMatchObject({ name: 'Westwind Logistics', status: 'inactive' });
    await page.context().close();
  });

  it('what kind of partner it is stands to choose in the reader’s words, and a program may use its own', async () => {
    const page = await walk.visit(world.operatorKey, { language: 'de-DE' });
    const dialog = page.getByRole('dialog');
    const type = dialog.getByLabel('Art');
    const add = async (name: string, choose: () => Promise<void>) => {
      await page.goto('/partners');
      await page.getByRole('button', { name: 'Neuer Partner' }).click();
      expect(await type.inputValue()).toBe('Empfehlung: wir vermitteln Kunden');
      await dialog.getByLabel('Name').fill(name);
      await dialog.getByLabel('E-Mail').fill(`team@${name.toLowerCase()}.example`);
      await choose();
      await dialog.getByRole('button', { name: 'Partner hinzufügen' }).click();
      await page.getByRole('heading', { level: 1, name }).waitFor();
      return (await walk.service.operator.get<{ type: string }>(`/api/v1${new URL(page.url()).pathname}`)).type;
    };
    const chosen = await add('Ostwind', async () => {
      await type.click();
      await page.getByRole('option', { name: 'Wiederverkauf: wir verkaufen an eigene Kunden' }).waitFor();
      await keepScreenshot(page, 'partner-type-german');
      await type.fill('co');
      await page.getByRole('option', { name: 'Co-Sell: wir verkaufen mit Ihnen zusammen' }).waitFor();
      await type.press('ArrowDown');
      await type.press('Enter');
      expect(await type.inputValue()).toBe('Co-Sell: wir verkaufen mit Ihnen zusammen');
      await page.getByRole('listbox').waitFor({ state: 'hidden' });
      expect(await accessibilityFaults(page)).toEqual([]);
    });
    const own = await add('Suedwind', () => type.fill('Berater'));
    expect([chosen, own]).toEqual(['co-sell', 'Berater']);
    await page.context().close();
  });
});
