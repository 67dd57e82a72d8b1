import { sql } from 'kysely';
import type { Page } from 'playwright-core';
import { startIdentityProvider, type IdentityProvider } from '../support/identity-provider.js';
import { describeWith } from '../support/services.js';
import { accessibilityFaults, keepScreenshot, startWebWalk, type WebWalk } from '../support/web-app.js';

const known = {
  ian: { email: 'ian@vendor.test', email_verified: true, name: 'Ian Invited' },
  eve: { email: 'eve@vendor.test', email_verified: true, name: 'Eve' },
};

describeWith('chromium', 'operators who come by single sign-on', () => {
  let provider: IdentityProvider;
  let walk: WebWalk;

  beforeAll(async () => {
    provider = await startIdentityProvider(known);
    walk = await startWebWalk(provider.environment);
    provider.allow(`${walk.service.internals.foundations.publicUrl()}/api/auth/callback/company`);
  });
  afterAll(async () => {
    await walk.close();
    await provider.close();
  });

  const atProvider = async (page: Page, login: string) => {
    await page.locator('input[name=login]').fill(login);
    await page.locator('input[name=password]').fill('any');
    await page.getByRole('button', { name: 'Sign-in' }).click();
    await page.getByRole('button', { name: 'Continue' }).click();
  };
  const looked = async (page: Page, name: string) => {
    await keepScreenshot(page, name);
    expect(await accessibilityFaults(page)).toEqual([]);
  };
  const base = () => walk.service.internals.foundations.publicUrl();

  it('go from the invitation to the desk without a password', async () => {
    const { url } = await walk.service.operator.post<{ url: string }>('/api/v1/people', {
      ...{ name: 'Ian', email: 'ian@vendor.test', role: 'channel-manager' },
    });
    const page = await walk.visit(null);
    await page.goto(`${base()}${new URL(url).pathname}`);
    await page.getByRole('button', { name: 'Continue with single sign-on' }).waitFor();
    await looked(page, 'join-single-sign-on');
    await page.getByRole('button', { name: 'Continue with single sign-on' }).click();
    await atProvider(page, 'ian');
    await page.getByRole('heading', { level: 1, name: 'Review queue' }).waitFor();
  });

  it('come from an invitation that is another’s to the sign-in, and its token is stored nowhere on the way', async () => {
    const { url } = await walk.service.operator.post<{ url: string }>('/api/v1/people', {
      ...{ name: 'Ann', email: 'ann@vendor.test', role: 'viewer' },
    });
    const { pathname } = new URL(url);
    const page = await walk.visit(null);
    await page.goto(`${base()}${pathname}`);
    await page.getByRole('button', { name: 'Continue with single sign-on' }).click();
    await page.locator('input[name=login]').waitFor();
    const { rows } = await sql<{ value: string }>`select value from verification`.execute(walk.service.db);
    expect(rows.filter(({ value }) => value.includes('callbackURL'))).not.toEqual([]);
    expect(JSON.stringify(rows)).not.toContain(pathname.split('/').at(-1));
    await atProvider(page, 'eve');
    await page.getByText('nobody with its verified address is invited').waitFor();
    expect(new URL(page.url()).pathname).toBe('/');
    await page.getByRole('button', { name: 'Sign in with your company account' }).waitFor();
    await looked(page, 'join-single-sign-on-refused');
  });

  it('are told clearly when nobody has invited them', async () => {
    const page = await walk.visit(null);
    await page.goto(base());
    await page.getByRole('button', { name: 'Sign in with your company account' }).click();
    await atProvider(page, 'eve');
    await page.getByText('nobody with its verified address is invited').waitFor();
    await looked(page, 'single-sign-on-refused');
  });
});
