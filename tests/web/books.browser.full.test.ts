import type { Page } from 'playwright-core';
import { describeWith } from '../support/services.js';
import { accessibilityFaults, keepScreenshot, startWebWalk, type WebWalk } from '../support/web-app.js';
import { fillWebWorld, type WebWorld } from '../support/web-world.js';

describeWith('chromium', 'rev ops looking into the books, the links and what was done', () => {
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

  it('finds an entry in the journal with both its sides, and proves the books', async () => {
    await page.goto('/');
    await page.getByRole('link', { name: 'Journal' }).click();
    const row = page.getByRole('row', { name: /Commission/ });
    await row.getByText('Owed to the partner').waitFor();
    expect(await row.getByText('€1,200.00').count()).toBe(2);
    await page.getByRole('button', { name: 'Check the books' }).click();
    await page.getByText('The books hold. Entries proven: 1.').waitFor();
    await keepScreenshot(page, 'journal');
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByLabel('Kind').selectOption('payout');
    await page.getByText('No entry matches.').waitFor();
    await page.getByRole('button', { name: 'Show all' }).click();
    await row.waitFor();
  });

  it('reads who did what, and narrows it by act and by day', async () => {
    await page.goto('/audit');
    await page.getByText('registration.approve').first().waitFor();
    await keepScreenshot(page, 'audit');
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByLabel('Act', { exact: true }).fill('registration.return');
    await page.getByText('registration.approve').first().waitFor({ state: 'detached' });
    await page.getByText('registration.return').first().waitFor();
    expect(new URL(page.url()).searchParams.get('action')).toBe('registration.return');
    await page.getByLabel('To', { exact: true }).fill('2020-01-01');
    await page.getByText('Nothing like that was done.').waitFor();
  });

  it('reads mail that waits because there is no mail server', async () => {
    await walk.service.operator.post(`/api/v1/partners/${world.partner.id}/people`, {
      name: '<b>Pia</b>',
      email: 'pia@northwind-soehne.com',
      role: 'owner',
    });
    await page.goto('/mails?state=waiting');
    const row = page.getByRole('row', { name: /pia@northwind-soehne.com/ });
    await row.getByText('Read it').click();
    await row.getByText('Hello <b>Pia</b>', { exact: false }).waitFor();
    await keepScreenshot(page, 'mails');
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  it('decides on what somebody changed about a won deal, and is told when it was changed once more meanwhile', async () => {
    const { hubspot, operator } = walk.service;
    const { crm } = await world.program.registration(world.won.id);
    const changeTo = async (amount: string) => {
      hubspot.person.updateRecord('deals', crm?.crmDealId ?? '', { amount });
      await walk.service.settled();
    };
    await operator.put('/api/v1/program', {
      changesAfterWin: { amount: 'hold', closeDate: 'accept', registrationId: 'restore' },
    });
    await changeTo('9000');
    await page.goto('/');
    await page.getByRole('link', { name: 'Changes after the win' }).click();
    await page.getByText('€9,000.00').waitFor();
    await changeTo('6000');
    await page.getByLabel('Reason').fill('The customer cut its order');
    await page.getByRole('button', { name: 'Follow the change' }).click();
    await page.getByText(/says 6000 EUR by now/).waitFor();
    await page.getByText('€6,000.00').waitFor();
    expect(await page.getByLabel('Reason').inputValue()).toBe('The customer cut its order');
    await keepScreenshot(page, 'changes-after-win');
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Keep the value before' }).click();
    await page.getByText('No change is in this state.').waitFor();
    await page.getByLabel('Which').selectOption('restored');
    await page.getByText('The customer cut its order').waitFor();
    await walk.service.settled();
    const line = await operator.get(`/api/v1/commissions/${world.won.lineId}/explanation`);
    expect(line).toMatchObject({ line: { amount: '1200.00' } });
    await changeTo('12000');
  });

  it('gives a registration another deal by its address, and sees what it had before', async () => {
    const crmDealId = walk.service.hubspot.person.createRecord('deals', {
      ...{ dealname: 'Begun anew', pipeline: 'default', dealstage: 'qualifiedtobuy' },
    });
    await page.goto(`/registrations/${world.won.id}`);
    await page.getByText('It has the deal it was given first.').waitFor();
    await page.getByRole('button', { name: 'Give it another deal' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Address of the deal').fill('the deal of Brightwater');
    await dialog.getByLabel('Reason').fill('The rep began anew');
    await dialog.getByRole('button', { name: 'Give it this deal' }).click();
    await dialog.getByText('Expected: the address of a deal').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    const { portalId } = walk.service.hubspot;
    await dialog
      .getByLabel('Address of the deal')
      .fill(`https://app.hubspot.com/contacts/${String(portalId)}/record/0-3/${crmDealId}`);
    await dialog.getByRole('button', { name: 'Give it this deal' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByText(`to ${crmDealId}.`).waitFor();
    await page.getByText('The rep began anew').waitFor();
    await keepScreenshot(page, 'relinked');
    expect(await accessibilityFaults(page)).toEqual([]);
    await walk.service.settled();
    expect(await world.program.registration(world.won.id)).toMatchObject({ crm: { crmDealId } });
  });

  it('sees a deal that may be meant with what speaks for it, and says with one click that it is', async () => {
    const listed = {
      items: [
        {
          ...{ id: 'lpr_1', registrationId: world.won.id, status: 'open', dealId: 'deal_1', crm: 'hubspot' },
          ...{ crmDealId: '9001', likelihood: 90, createdAt: '2026-03-01T09:00:00.000Z', decidedAt: null },
          ...{ decidedBy: null, reason: null },
          deal: { name: '<b>Fresh</b>', stage: 'New', amount: '12000.00', currency: 'EUR', createdAt: null },
          evidence: {
            ...{ sameContact: true, sameCompany: true, madeDaysAfterPush: 3, amount: 'same', outcome: 'open' },
            contested: false,
          },
        },
      ],
      nextCursor: null,
    };
    const asked: string[] = [];
    await page.route('**/api/v1/link-proposals*', (route) => route.fulfill({ json: listed }));
    await page.route('**/api/v1/link-proposals/*/accept', (route) => {
      asked.push(new URL(route.request().url()).pathname);
      return route.fulfill({ json: listed.items[0] });
    });
    await page.goto('/links');
    await page.getByText('<b>Fresh</b>').waitFor();
    await page.getByText('The same contact').waitFor();
    await keepScreenshot(page, 'proposals');
    expect(await accessibilityFaults(page)).toEqual([]);
    const accepted = page.waitForRequest('**/accept');
    await page.getByRole('button', { name: 'It is this deal' }).click();
    await accepted;
    expect(asked).toEqual(['/api/v1/link-proposals/lpr_1/accept']);
  });

  it('sees a win that may be owed with its evidence, and links it or says why not', async () => {
    const listed = {
      items: [
        {
          ...{ id: 'mis_1', registrationId: world.won.id, status: 'open', dealId: 'deal_1', crm: 'hubspot' },
          ...{ crmDealId: '9002', likelihood: 65, foundAt: '2026-03-01T09:00:00.000Z', decidedAt: null },
          ...{ decidedBy: null, reason: null, sentences: [] },
          deal: {
            ...{ name: '<i>Fresh</i>', stageLabel: 'Won', amount: '12000.00', currency: 'EUR' },
            ...{ closeDate: null, createdAt: null },
          },
          evidence: {
            ...{ sameContact: false, sameCompany: true, ownDeal: false, madeDaysAfterPush: 3, amount: 'same' },
            ...{ contested: false, registeredOn: '2026-01-02', wonOn: '2026-03-12', protectedUntil: '2026-03-02' },
            ...{ endedDaysBefore: 10, approvedAfterWin: false },
          },
        },
      ],
      nextCursor: null,
    };
    const asked: string[] = [];
    await page.route('**/api/v1/missing-commissions*', (route) => route.fulfill({ json: listed }));
    await page.route('**/api/v1/missing-commissions/*/*', (route) => {
      asked.push(`${new URL(route.request().url()).pathname} ${route.request().postData() ?? ''}`);
      return route.fulfill({ json: listed.items[0] });
    });
    await page.goto('/missing-commissions');
    await page.getByText('<i>Fresh</i>').waitFor();
    await page.getByText(/^Protection had ended on .*, 10 days before the win$/).waitFor();
    expect(await page.getByRole('button', { name: 'Nobody is owed this' }).isDisabled()).toBe(true);
    await keepScreenshot(page, 'missing-commissions');
    expect(await accessibilityFaults(page)).toEqual([]);
    const linked = page.waitForRequest('**/link');
    await page.getByRole('button', { name: 'Link and credit' }).click();
    await linked;
    await page.getByLabel('Reason').fill('a renewal');
    const dismissed = page.waitForRequest('**/dismiss');
    await page.getByRole('button', { name: 'Nobody is owed this' }).click();
    await dismissed;
    expect(asked).toEqual([
      '/api/v1/missing-commissions/mis_1/link {}',
      '/api/v1/missing-commissions/mis_1/dismiss {"reason":"a renewal"}',
    ]);
  });

  it('takes a registration off its deal with a reason, and sees what it was', async () => {
    await page.goto(`/registrations/${world.won.id}`);
    await page.getByRole('button', { name: 'Take it off this deal' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Take it off this deal' }).click();
    await dialog.getByText(/^Expected: /).waitFor();
    await dialog.getByLabel('Reason').fill('another customer');
    await keepScreenshot(page, 'unlink');
    expect(await accessibilityFaults(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Take it off this deal' }).click();
    await page.getByText(/taken off .*another customer/).waitFor();
    await walk.service.settled();
    expect(await world.program.registration(world.won.id)).toMatchObject({ dealId: null });
  });

  it('leaves out what somebody may not read or do', async () => {
    const { key } = await walk.service.operator.post<{ key: string }>('/api/v1/api-keys', {
      name: 'Vera looks on',
      rights: [],
    });
    const viewer = await walk.visit(key, { language: 'de-DE', colours: 'dark' });
    await viewer.goto('/journal');
    await viewer.getByRole('row').getByText('Partner geschuldet').first().waitFor();
    await keepScreenshot(viewer, 'journal-dark');
    expect(await accessibilityFaults(viewer)).toEqual([]);
    expect(await viewer.getByRole('link', { name: 'E-Mails', exact: true }).count()).toBe(0);
    await viewer.goto(`/registrations/${world.won.id}`);
    await viewer.getByText('Welcher Deal es ist').waitFor();
    expect(await viewer.getByRole('button', { name: 'Einen anderen Deal zuordnen' }).count()).toBe(0);
    await viewer.context().close();
  });
});
