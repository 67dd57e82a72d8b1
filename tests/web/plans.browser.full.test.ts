import type { Page } from 'playwright-core';
import { describeWith } from '../support/services.js';
import { accessibilityFaults, keepScreenshot, startWebWalk, type WebWalk } from '../support/web-app.js';
import { fillWebWorld, hostileName, type WebWorld } from '../support/web-world.js';

const plan = (percent: string, more = '') => `plan: standard
description: For everybody.
effectiveFrom: 2026-01-01
${more}rules:
  - id: new-business
    pay: { percent: ${percent}, of: amount }
`;

describeWith('chromium', 'rev ops changing a plan in the web application', () => {
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

  const editor = () => page.getByRole('textbox', { name: 'The document of the plan' });

  it('is offered fields while writing, and told beside its line what is wrong', async () => {
    await page.goto('/plans/standard');
    await page.getByRole('link', { name: 'Change the plan' }).click();
    await page.getByText('These terms are stored already.').waitFor();
    await editor().fill(`${plan('10')}ro`);
    await editor().press('Control+End');
    await page.keyboard.type('u');
    await page.getByRole('option', { name: 'rounding' }).waitFor();
    await keepScreenshot(page, 'plan-completion');
    await page.keyboard.press('Escape');
    await editor().fill(plan('ten'));
    await page.getByRole('button', { name: 'Line 6' }).waitFor();
    await page.getByText('rules[0].pay.percent is "ten"').waitFor();
    await keepScreenshot(page, 'plan-fault');
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Line 6' }).click();
    expect(await page.evaluate('document.activeElement.getAttribute("aria-label")')).toBe(
      'The document of the plan, YAML',
    );
  });

  it('loses nothing of what was typed when the connection breaks or the page is left', async () => {
    await page.route('**/check', (route) => route.abort('connectionrefused'));
    await editor().fill(plan('15', 'corrects: 1\n'));
    await page.getByText('It could not be checked').waitFor();
    await page.unroute('**/check');
    await page.goto('/plans');
    await page.goto('/plans/standard/edit');
    await page.getByText('This is your draft.').waitFor();
    expect(await editor().textContent()).toContain('percent: 15');
    await page.getByText('Rule new-business pays 15 % of the amount').first().waitFor();
    await page.getByRole('tab', { name: 'Changes' }).click();
    await page.getByRole('region', { name: 'In what it promises' }).getByText('pays 15 %').waitFor();
    await keepScreenshot(page, 'plan-changes');
  });

  it('sees per partner what is booked, what would be and the difference', async () => {
    await page.getByRole('tab', { name: 'Preview' }).click();
    const months = page.getByLabel('Deals won in');
    await months.selectOption({ index: 0 });
    await page.getByRole('button', { name: 'Preview' }).click();
    const table = page.getByRole('table', { name: 'Partner (EUR)' });
    await table.getByText('Northwind & Söhne').waitFor();
    const row = table.getByRole('row', { name: /Northwind/ });
    expect(await row.getByRole('cell').allTextContents()).toEqual([
      'Northwind & Söhne',
      '€1,200.00',
      '€1,800.00',
      '€600.00',
    ]);
    await keepScreenshot(page, 'plan-preview');
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  it('tries the plan on a scenario, and is told where it is not what was expected', async () => {
    await page.getByRole('tab', { name: 'Scenario' }).click();
    const scenario = page.getByRole('textbox', { name: 'A scenario' });
    await scenario.waitFor();
    await page.getByRole('button', { name: 'Try it' }).click();
    await page.getByText('It does not come out as expected').waitFor();
    const text = (expected: number) =>
      `deals:\n  - { id: a, partner: northwind, amount: 10000, currency: EUR, won: 2026-01-15 }\nasOf: 2026-03-31\n` +
      `expect:\n  lines:\n    - { deal: a, amount: ${String(expected)} }\n`;
    await scenario.fill(text(1500));
    await page.getByRole('button', { name: 'Try it' }).click();
    await page.getByText('It comes out as expected.').waitFor();
    await page.getByRole('table', { name: 'Lines' }).getByText('€1,500.00').waitFor();
    await keepScreenshot(page, 'plan-scenario');
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  it('applies it with a reason, after a refusal that loses nothing', async () => {
    await page.route('**/api/v1/plans/standard?*', (route) => route.abort('connectionrefused'));
    await page.getByRole('button', { name: 'Apply' }).click();
    const dialog = page.getByRole('dialog');
    expect(await dialog.getByLabel('In force from').inputValue()).toBe('2026-01-01');
    await dialog.getByLabel('Why is it changed?').fill('Agreed in <b>June</b>');
    await keepScreenshot(page, 'plan-apply');
    expect(await accessibilityFaults(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Apply' }).click();
    await dialog.getByText('The service could not be reached.').waitFor();
    expect(await dialog.getByLabel('Why is it changed?').inputValue()).toBe('Agreed in <b>June</b>');
    await page.unroute('**/api/v1/plans/standard?*');
    await dialog.getByRole('button', { name: 'Apply' }).click();
    await page.getByRole('heading', { name: 'standard@2' }).waitFor();
    await page.getByText('Agreed in <b>June</b>').waitFor();
    await page.getByRole('tab', { name: 'Changes' }).click();
    await page.getByRole('region', { name: 'In the document' }).getByText('percent: 15').waitFor();
    await keepScreenshot(page, 'plan-applied');
    await page.getByRole('link', { name: 'Change the plan' }).click();
    await page.getByText('These terms are stored already.').waitFor();
    expect(await page.getByText('This is your draft.').count()).toBe(0);
  });

  it('is told when somebody else stored a version meanwhile', async () => {
    await editor().fill(plan('20', 'corrects: 2\n'));
    await page.getByText('it would become standard@3').waitFor();
    await walk.service.operator.put('/api/v1/plans/standard', plan('16', 'corrects: 2\n'), 'application/yaml');
    await page.reload();
    await page.getByText('standard@3 was stored since you began').waitFor();
    page.once('dialog', (dialog) => void dialog.accept());
    await page.getByRole('button', { name: 'Throw the draft away' }).click();
    await page.getByText('These terms are stored already.').waitFor();
    expect(await editor().textContent()).toContain('percent: 16');
  });

  it('begins a new plan, and reads what is markup or a formula as text', async () => {
    await page.goto('/plans');
    await page.getByRole('button', { name: 'New plan' }).click();
    await page.getByLabel('Name of the plan').fill('Gold Tier');
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByText('Expected: Small letters').waitFor();
    await page.getByLabel('Name of the plan').fill('gold-tier');
    await page.getByRole('button', { name: 'Go on' }).click();
    const begun = `plan: gold-tier\neffectiveFrom: 2026-01-01\nrules: [{ id: all, pay: { percent: 5, of: amount } }]\n`;
    await editor().fill(`${begun}for: { tier: gold }\n`);
    await page.getByText('it would become gold-tier@1').waitFor();
    await editor().fill(`${begun}for: { tiers: ${JSON.stringify(hostileName)} }\n`);
    await page.getByRole('button', { name: 'Line 4' }).waitFor();
    expect(await page.evaluate('window.hit')).toBeUndefined();
  });

  it('reads it in German, in the dark', async () => {
    const german = await walk.visit(world.operatorKey, { language: 'de-DE', colours: 'dark' });
    await german.goto('/plans/standard/edit');
    await german.getByText('Diese Bedingungen sind schon gespeichert.').waitFor();
    await german.getByRole('textbox', { name: 'Das Dokument des Plans' }).fill(plan('ten'));
    await german.getByRole('button', { name: 'Zeile 6' }).waitFor();
    await keepScreenshot(german, 'plan-dark');
    expect(await accessibilityFaults(german)).toEqual([]);
    await german.context().close();
  });
});
