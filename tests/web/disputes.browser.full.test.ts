import type { Page } from 'playwright-core';
import { describeWith } from '../support/services.js';
import { accessibilityFaults, keepScreenshot, startWebWalk, type WebWalk } from '../support/web-app.js';
import { fillWebWorld, hostileName, type WebWorld } from '../support/web-world.js';

describeWith('chromium', 'a disputed commission', () => {
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

  const looked = async (page: Page, name: string) => {
    await keepScreenshot(page, name);
    expect(await accessibilityFaults(page)).toEqual([]);
  };
  const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true }).waitFor();

  it('is disputed at its line, answered, upheld by one of two, and the partner reads how it ended', async () => {
    const partner = await walk.visit(world.partner.key, { phone: true });
    await partner.goto(`/commissions/${world.won.lineId}`);
    await partner.getByRole('button', { name: 'Dispute this line' }).click();
    const dialog = partner.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Dispute', exact: true }).click();
    await dialog.getByText(/^Expected: /).waitFor();
    await dialog.getByLabel('What is wrong?').fill(`The deal was larger.\n${hostileName}`);
    await dialog.getByLabel('Links to evidence').fill('javascript:alert(1)');
    await dialog.getByRole('button', { name: 'Dispute', exact: true }).click();
    await dialog.getByText('Expected: a web address that begins with https://').waitFor();
    await looked(partner, 'dispute-open-phone');
    await dialog.getByLabel('Links to evidence').fill('https://northwind-soehne.com/offer.pdf\n\nhttps://a.example/b');
    await dialog.getByRole('button', { name: 'Dispute', exact: true }).click();
    await heading(partner, 'Dispute');
    await partner.getByText(/^We answer by /).waitFor();
    await partner.getByText(hostileName).waitFor();
    await looked(partner, 'dispute-partner-phone');

    const rita = await walk.visit(world.operatorKey);
    await rita.goto('/commissions');
    await rita.getByText('In dispute').waitFor();
    await looked(rita, 'commissions-in-dispute');
    await rita.goto(`/commissions/${world.won.lineId}`);
    await rita.getByRole('link', { name: 'In dispute' }).waitFor();
    expect(await rita.getByRole('button', { name: 'Dispute this line' }).count()).toBe(0);
    await rita.goto('/disputes');
    await looked(rita, 'disputes-operator');
    const second = await walk.visit(world.operatorKey, { colours: 'dark' });
    for (const page of [rita, second]) {
      await page.goto('/disputes');
      await page.getByRole('link', { name: /^The deal was larger/ }).click();
      await heading(page, 'Dispute');
    }
    await rita.getByRole('textbox', { name: 'Message' }).fill('Which amount did you expect?');
    await rita.getByRole('button', { name: 'Send' }).click();
    await rita.getByText('Answered').waitFor();

    await partner.reload();
    await partner.getByText('It is your turn').waitFor();
    await partner.getByText('Which amount did you expect?').waitFor();
    expect(await partner.getByText('Rita of rev ops').count()).toBe(0);
    await partner.getByRole('textbox', { name: 'Message' }).fill('Twice as much.');
    await partner.getByRole('button', { name: 'Send' }).click();
    await partner.getByText('Twice as much.').nth(0).waitFor();
    await partner.getByText(/^We answer by /).waitFor();

    await rita.getByRole('button', { name: 'Uphold' }).click();
    await rita.getByText(/^Expected: /).waitFor();
    await rita.getByLabel('Outcome').fill('You are right.');
    await rita.getByLabel('Decision that puts it right').fill('dec_unknown');
    await rita.getByRole('button', { name: 'Uphold' }).click();
    await rita.getByText('Expected: the id of a decision about this partner').waitFor();
    await looked(rita, 'dispute-settle');
    await rita.getByLabel('Decision that puts it right').fill('');
    await rita.getByRole('button', { name: 'Uphold' }).click();
    await rita.getByRole('status').getByText('You are right.').waitFor();
    await looked(rita, 'dispute-upheld');
    await second.getByLabel('Outcome').fill('No.');
    await second.getByRole('button', { name: 'Decline' }).click();
    await second.getByText('Upheld').first().waitFor();
    await looked(second, 'dispute-overtaken-dark');

    await partner.reload();
    await partner.getByRole('status').getByText('You are right.').waitFor();
    expect(await partner.getByRole('button', { name: 'Send' }).count()).toBe(0);
    await looked(partner, 'dispute-upheld-phone');
    await partner.goto('/commissions');
    await partner.getByRole('table').first().waitFor();
    expect(await partner.getByText('In dispute').count()).toBe(0);
  });

  it('that is missing is asked for, in German, and withdrawn again', async () => {
    const partner = await walk.visit(world.partner.key, { language: 'de-DE' });
    await partner.goto('/disputes');
    await heading(partner, 'Beanstandungen');
    await partner.getByRole('button', { name: 'Eine Provision fehlt' }).click();
    const dialog = partner.getByRole('dialog');
    await dialog.getByLabel('Welcher Abschluss?').fill('Hafen Bremen');
    await dialog.getByLabel('Was stimmt nicht?').fill('Den haben wir vermittelt.');
    await dialog.getByRole('button', { name: 'Beanstanden', exact: true }).click();
    await heading(partner, 'Beanstandung');
    await partner.getByText('Hafen Bremen').waitFor();
    await looked(partner, 'dispute-german');
    await partner.getByRole('button', { name: 'Zurückziehen' }).click();
    await partner.getByText('Zurückgezogen').waitFor();
    await partner.goto('/disputes');
    await partner.getByText('Zurückgezogen').waitFor();
    await looked(partner, 'disputes-german');
    await partner.goto(`/registrations/${world.won.id}`);
    await partner.getByRole('button', { name: 'Fehlt eine Provision?' }).waitFor();
    await looked(partner, 'registration-dispute-german');
  });

  it('that nobody answered in time leads from the problem to the dispute', async () => {
    await walk.service.as(world.partner.key).post('/api/v1/disputes', { deal: 'Hafen Kiel', reason: 'Ours, too.' });
    await walk.service.letDaysPass(12);
    const rita = await walk.visit(world.operatorKey);
    await rita.goto('/problems');
    const problem = rita.getByRole('article').filter({ hasText: 'A dispute was not answered in time' });
    await looked(rita, 'problem-of-dispute');
    await problem.getByRole('link', { name: 'Dispute' }).click();
    await heading(rita, 'Dispute');
    await rita.getByText('Hafen Kiel').waitFor();
    await looked(rita, 'dispute-overdue');
  });
});
