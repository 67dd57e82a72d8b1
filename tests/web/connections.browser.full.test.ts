import type { BrowserContext, Page } from 'playwright-core';
import { insertPerson } from '../../src/access/person.store.js';
import type { OperatorRole } from '../../src/access/rights.js';
import { newId } from '../../src/platform/ids.js';
import { describeWith } from '../support/services.js';
import { signInAs } from '../support/sign-in-as.js';
import {
  accessibilityFaults,
  keepScreenshot,
  startWebWalk,
  type VisitOptions,
  type WebWalk,
} from '../support/web-app.js';

describeWith('chromium', 'the connections page', () => {
  let walk: WebWalk;
  beforeAll(async () => {
    walk = await startWebWalk(
      { HUBSPOT_ACCESS_TOKEN: '', HUBSPOT_CLIENT_ID: '11111111-aaaa-4bbb-8ccc-000000000001', PUBLIC_URL: '' },
      { until: 'listening' },
    );
  });
  afterAll(async () => {
    expect(walk.complaints).toEqual([]);
    await walk.close();
  });

  /** A page of somebody in this role, who has been through the whole sign-in elsewhere. */
  const visitAs = async (role: OperatorRole, options: VisitOptions = {}): Promise<Page> => {
    const id = newId('per');
    const email = `${id}@vendor.test`;
    const at = new Date();
    const person = {
      id,
      name: 'Ada Lovell',
      email,
      email_verified: true,
      image: null,
      kind: 'operator',
      role,
    } as const;
    await walk.service.db
      .transaction()
      .execute((trx) =>
        insertPerson(trx, { ...person, partner_id: null, created_at: at, updated_at: at, ended_at: null }),
      );
    const page = await walk.visit(null, options);
    await keepCookies(page.context(), await signInAs(walk.service, { id, email, isPartner: false }));
    return page;
  };
  const keepCookies = (context: BrowserContext, header: string) =>
    context.addCookies(
      header.split('; ').map((pair) => {
        const at = pair.indexOf('=');
        return { name: pair.slice(0, at), value: pair.slice(at + 1), url: originOf() };
      }),
    );
  // The address the CRM sends people back to is the one they came from.
  const originOf = (): string => walk.service.url.replace('127.0.0.1', 'localhost');
  const looked = async (page: Page, name: string) => {
    await keepScreenshot(page, name);
    expect(await accessibilityFaults(page)).toEqual([]);
  };
  const connectionsOf = async (page: Page) => page.goto(`${originOf()}/connections`);
  const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

  it('is connected on the page of the CRM, set up, looked at again, disconnected and connected again', async () => {
    const page = await visitAs('admin');
    await connectionsOf(page);
    await page.getByText('Not connected. Everything that is for this CRM waits').waitFor();
    await looked(page, 'connections-not-connected');
    await press(page, 'Connect');
    await page.getByRole('heading', { name: 'Connect app' }).waitFor();
    await keepScreenshot(page, 'connections-consent');
    await press(page, 'Deny');
    await page.getByRole('alert').getByText('access_denied').waitFor();
    expect(new URL(page.url()).search).toBe('');
    await looked(page, 'connections-denied');
    await page.getByRole('link', { name: 'Back to the connections' }).click();

    await press(page, 'Connect');
    await press(page, 'Allow');
    const { portalId } = walk.service.hubspot;
    await page.getByText(`Connected: account ${portalId}.`).waitFor();
    expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe('/connections');
    await walk.service.settled();
    await page.reload();
    await page.getByText('A person, in the browser').waitFor();
    await page.getByText(/, by Ada Lovell/).waitFor();
    await press(page, 'Set up');
    await page
      .getByRole('status')
      .getByText(/^Set up: \d+ fields were there already\.$/)
      .waitFor();
    await press(page, 'Look again');
    await page.getByRole('status').getByText('Looked again: nothing is missing.').waitFor();
    await looked(page, 'connections-connected');

    await press(page, 'Disconnect');
    const dialog = page.getByRole('dialog', { name: 'Disconnect HubSpot' });
    await dialog.getByRole('button', { name: 'Disconnect' }).click();
    await dialog.getByText(/^Expected: /).waitFor();
    await dialog.getByLabel('Reason').fill('The account is cleaned up first.');
    await looked(page, 'connections-disconnecting');
    await dialog.getByRole('button', { name: 'Disconnect' }).click();
    await page.getByText('Disconnected, and the access was given back.').waitFor();
    await dialog.waitFor({ state: 'hidden' });
    expect(await page.getByText('Connected: account').count()).toBe(0);
    await page.getByRole('definition').getByText('The account is cleaned up first.').waitFor();
    await looked(page, 'connections-disconnected');

    await press(page, 'Connect');
    await press(page, 'Allow');
    await page.getByText(`Connected: account ${portalId}.`).waitFor();
    const fault = walk.service.hubspot.addFault({ kind: 'locked', path: '/oauth/2026-09/token/revoke' });
    await press(page, 'Connect again');
    await press(page, 'Allow');
    await page.getByText(`Connected: account ${portalId}.`).waitFor();
    await page.getByRole('alert').getByText('The access of before is not used any more').waitFor();
    await looked(page, 'connections-not-revoked');
    walk.service.hubspot.removeFault(fault);
    await press(page, 'Connect again');
    await press(page, 'Allow');
    await page.getByText(`Connected: account ${portalId}.`).waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
  });

  it('offers nothing to who may only look, and tells a forged way back apart', async () => {
    for (const role of ['channel-manager', 'viewer'] as const) {
      const page = await visitAs(role);
      await connectionsOf(page);
      await page.getByText('A person, in the browser').waitFor();
      expect(await page.getByRole('main').getByRole('button').count()).toBe(0);
    }
    const page = await visitAs('rev-ops');
    await page.goto(`${originOf()}/connections/callback?state=forged&code=stolen`);
    await page.getByRole('alert').getByText('This way back from the CRM is not known').waitFor();
    expect(page.url()).not.toContain('stolen');
    await looked(page, 'connections-forged');
  });

  it('reads well at a phone’s width, in the dark and in German', async () => {
    const page = await visitAs('admin', { phone: true, colours: 'dark', language: 'de-DE' });
    await connectionsOf(page);
    await page.getByRole('button', { name: /^(Neu v|V)erbinden$/ }).waitFor();
    await looked(page, 'connections-phone-german');
    expect(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true);
  });
});
