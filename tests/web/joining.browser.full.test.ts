import type { Page } from 'playwright-core';
import { describeWith } from '../support/services.js';
import { accessibilityFaults, keepScreenshot, startWebWalk, type WebWalk } from '../support/web-app.js';
import { hostileName } from '../support/web-world.js';

const password = 'correct horse battery';

describeWith('chromium', 'a company that becomes a partner', () => {
  let walk: WebWalk;
  let operatorKey: string;

  beforeAll(async () => {
    walk = await startWebWalk();
    const { operator } = walk.service;
    await operator.put('/api/v1/program', {
      publicName: 'Freight Partners',
      defaultCurrency: 'EUR',
      registrationNeedsAgreement: true,
    });
    ({ key: operatorKey } = await operator.post<{ key: string }>('/api/v1/api-keys', { name: 'Rita of rev ops' }));
  });
  afterAll(async () => {
    expect(walk.complaints).toEqual([]);
    await walk.close();
  });

  const looked = async (page: Page, name: string) => {
    await keepScreenshot(page, name);
    expect(await accessibilityFaults(page)).toEqual([]);
  };
  const apply = async (page: Page, company: string, email: string) => {
    await page.goto('/apply');
    await page.getByLabel('Company name').fill(company);
    await page.getByLabel('Website').fill(`www.${email.split('@')[1] ?? ''}`);
    await page.getByLabel('Country').selectOption('DE');
    await page.getByLabel('Your name').fill('Olga Owner');
    await page.getByLabel('Your e-mail').fill(email);
    await page.getByLabel('How would you work with us?').selectOption('referral');
    await page.getByLabel('What should we know?').fill('We advise carriers.\nTwelve of them.');
    await page.getByRole('button', { name: 'Apply' }).click();
  };
  /** The way in that the mail to this address has. */
  const invitation = async (email: string) => {
    const { items } = await walk.service.operator.get<{ items: readonly { to: string; text: string | null }[] }>(
      '/api/v1/mails',
    );
    const text = items.find(({ to }) => to === email)?.text ?? '';
    return new URL(/http\S+\/join\/\S+/.exec(text)?.[0] ?? '').pathname;
  };
  const join = async (page: Page, email: string) => {
    await page.goto(await invitation(email));
    await page.locator('input[type=password]').fill(password);
    await page.getByRole('button', { name: 'Begin' }).click();
  };

  it('says beside each field what is wrong, and keeps what was typed when the connection breaks', async () => {
    const page = await walk.visit(null, { phone: true });
    await page.goto('/apply');
    await page.getByRole('heading', { level: 1, name: 'Become a partner: Freight Partners' }).waitFor();
    await looked(page, 'apply-phone');
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.getByText('6 of the fields need your attention.').waitFor();
    expect(await page.locator(':focus').getAttribute('autocomplete')).toBe('organization');
    await apply(page, 'Acme', 'olga@');
    await page.getByText('Expected: a website such as www.acme.com').waitFor();
    await page.getByText('Expected: an e-mail address such as ann@acme.com').waitFor();
    await looked(page, 'apply-faults');
    await page.context().setOffline(true);
    await page.getByLabel('Website').fill('www.acme-carriers.com');
    await page.getByLabel('Your e-mail').fill('olga@acme-carriers.com');
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.getByText('What you typed is kept').waitFor();
    expect(await page.getByLabel('Company name').inputValue()).toBe('Acme');
    await page.context().setOffline(false);
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.getByText('We have your application').waitFor();
    await looked(page, 'apply-done');
    await page.context().close();
  });

  it('applies, is accepted, comes in, accepts the agreement and registers a lead', async () => {
    const applicant = await walk.visit(null, { phone: true });
    await apply(applicant, hostileName, 'olga@carriers.example');
    await applicant.getByText('We have your application').waitFor();

    const rita = await walk.visit(operatorKey);
    await rita.goto('/agreement');
    await rita.getByText('There is no agreement yet').waitFor();
    await rita.getByRole('button', { name: 'Publish a version' }).click();
    const dialog = rita.getByRole('dialog');
    await dialog.getByLabel('Text').fill('# Terms\n\nYou **introduce**, we pay.\n\n- fairly\n- <b>in time</b>');
    await looked(rita, 'agreement-publish');
    await dialog.getByRole('button', { name: 'Publish a version' }).click();
    await rita.getByRole('button', { name: 'Version 1' }).waitFor();
    await looked(rita, 'agreements');

    await rita.goto('/applications');
    await looked(rita, 'applications');
    const second = await walk.visit(operatorKey, { colours: 'dark' });
    for (const page of [rita, second]) {
      await page.goto('/applications');
      await page.getByRole('link', { name: hostileName }).click();
    }
    await rita.getByRole('button', { name: 'Accept' }).click();
    await looked(rita, 'application-accept');
    await rita.getByRole('dialog').getByLabel('Tier').fill('gold');
    await rita.getByRole('dialog').getByRole('button', { name: 'Accept' }).click();
    await rita.getByText('Accepted').first().waitFor();
    await looked(rita, 'application');
    await second.getByRole('button', { name: 'Reject' }).click();
    await second.getByRole('dialog').getByLabel('Reason').fill('Not now.');
    await second.getByRole('dialog').getByRole('button', { name: 'Reject' }).click();
    await second.getByText('Rita of rev ops accepted this application already').waitFor();
    await looked(second, 'application-overtaken');

    await join(applicant, 'olga@carriers.example');
    await applicant.getByRole('heading', { level: 1, name: 'Partner agreement' }).waitFor();
    await applicant.getByRole('heading', { name: 'Terms' }).waitFor();
    await applicant.getByText('<b>in time</b>').waitFor();
    await looked(applicant, 'agreement-phone');
    await applicant.goto('/registrations');
    await applicant.getByRole('link', { name: 'Read it' }).click();
    expect(await applicant.getByRole('button', { name: 'Accept the agreement' }).isDisabled()).toBe(true);
    await applicant.getByLabel('I have read the agreement').check();
    await applicant.getByRole('button', { name: 'Accept the agreement' }).click();
    await applicant.getByText('Your company accepted the agreement.').waitFor();
    await looked(applicant, 'agreement-accepted');

    await applicant.goto('/register');
    await applicant.getByLabel('Company name').fill('Brightwater Logistics');
    await applicant.getByLabel('First name').fill('Ida');
    await applicant.getByLabel('Last name').fill('Brandt');
    await applicant.getByLabel('E-mail').fill('ida@brightwater.example');
    await applicant.getByRole('checkbox').check();
    await applicant.getByRole('button', { name: 'Register a lead' }).click();
    await applicant.getByRole('heading', { level: 1, name: 'Registered' }).waitFor();
    await rita.goto('/partners');
    await rita.getByRole('link', { name: hostileName }).click();
    await rita.getByText(/^Version 1, accepted .* by Olga Owner/).waitFor();
    await looked(rita, 'partner-with-agreement');
  });

  it('is found whatever its state, and is rejected without a mail where none is due', async () => {
    const applicant = await walk.visit(null);
    await apply(applicant, 'Robots Ltd', 'bot@robots.example');
    await applicant.getByText('We have your application').waitFor();
    const rita = await walk.visit(operatorKey);
    await rita.goto('/applications?status=rejected');
    await rita.getByRole('searchbox').fill('robots.example');
    await rita.getByRole('button', { name: 'Look among all of them' }).click();
    await rita.getByRole('link', { name: 'Robots Ltd' }).click();
    await rita.getByRole('button', { name: 'Reject' }).click();
    const dialog = rita.getByRole('dialog');
    await dialog.getByLabel('Reason').fill('A robot.');
    await dialog.getByLabel('Send no mail').check();
    await dialog.getByText('Only people in here read it.').waitFor();
    await looked(rita, 'application-reject-silently');
    await dialog.getByRole('button', { name: 'Reject' }).click();
    await rita.getByText('Rejected').first().waitFor();
    const { items } = await walk.service.operator.get<{ items: readonly { to: string }[] }>('/api/v1/mails');
    expect(items.map(({ to }) => to)).not.toContain('bot@robots.example');
  });

  it('a member reads the agreement, and cannot accept it', async () => {
    const { items } = await walk.service.operator.get<{ items: readonly { id: string }[] }>('/api/v1/partners');
    const people = `/api/v1/partners/${items[0]?.id ?? ''}/people`;
    await walk.service.operator.post('/api/v1/agreements', { text: 'The second.', note: 'We pay faster.' });
    await walk.service.operator.post(people, { name: 'Mel', email: 'mel@carriers.example', role: 'member' });
    const page = await walk.visit(null, { language: 'de-DE' });
    await page.goto(await invitation('mel@carriers.example'));
    await page.locator('input[type=password]').fill(password);
    await page.locator('button[type=submit]').click();
    await page.getByRole('heading', { level: 1, name: 'Partnervereinbarung' }).waitFor();
    await page.getByText('We pay faster.').waitFor();
    await page.getByText('Angenommen wird sie von einem Inhaber').waitFor();
    expect(await page.getByRole('button', { name: 'Vereinbarung annehmen' }).count()).toBe(0);
    await looked(page, 'agreement-member-german');
  });
});
