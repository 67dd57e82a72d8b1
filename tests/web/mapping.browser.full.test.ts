import type { Page } from 'playwright-core';
import { describeWith } from '../support/services.js';
import { accessibilityFaults, keepScreenshot, startWebWalk, type WebWalk } from '../support/web-app.js';
import { fillWebWorld, type WebWorld } from '../support/web-world.js';

interface Settings {
  readonly revision: number;
  readonly newDealStages: Readonly<Record<string, object>>;
  readonly fieldMap: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly newRecords: Readonly<Record<string, object>>;
  readonly formFields: readonly object[];
}

describeWith('chromium', 'rev ops mapping the CRM in the web application', () => {
  let walk: WebWalk;
  let world: WebWorld;
  let page: Page;

  beforeAll(async () => {
    walk = await startWebWalk({}, { salesforce: {} });
    world = await fillWebWorld(walk.service);
    walk.service.hubspot.person.addPipeline('Partner sales', [
      { label: 'Handed over', probability: '0.2' },
      { label: 'Talking', probability: '0.5' },
      { label: 'Signed', probability: '1.0' },
      { label: 'Gone', probability: '0.0' },
    ]);
    page = await walk.visit(world.operatorKey);
  });
  afterAll(() => walk.close());
  afterEach(() => expect(walk.complaints).toEqual([]));

  const settings = () => walk.service.operator.get<Settings>('/api/v1/program');
  const save = () => page.getByRole('button', { name: 'Save', exact: true }).click();
  const saved = () => page.getByRole('status').getByText('Saved.').waitFor();
  /** Chooses from a searchable list with the keyboard alone. */
  const choose = async (within: Pick<Page, 'getByLabel'>, label: string, words: string) => {
    const input = within.getByLabel(label, { exact: true }).first();
    await input.click();
    await input.fill(words);
    await page
      .getByRole('option', { name: new RegExp(words) })
      .first()
      .waitFor();
    await input.press('ArrowDown');
    await input.press('Enter');
  };

  it('chooses where new deals begin from the pipelines and stages of the CRM', async () => {
    await page.goto('/connections');
    await page.getByRole('main').getByRole('link', { name: 'Fields and stages' }).first().click();
    await page.getByRole('combobox', { name: 'Pipeline' }).selectOption({ label: 'Partner sales' });
    expect(await page.getByRole('combobox', { name: 'Stage' }).inputValue()).toBe('Handed over');
    await choose(page, 'Stage', 'Talking');
    await page.getByText('Signed: Won').waitFor();
    await save();
    await saved();
    expect((await settings()).newDealStages['hubspot']).toEqual({
      pipelineId: expect.stringMatching(/^\d+$/) as string,
      stageId: expect.stringMatching(/^\d+$/) as string,
    });
  });

  it('maps fields that plans pay on, and what new records say, each beside what is wrong with it', async () => {
    await page.getByRole('button', { name: 'Add a field' }).click();
    const row = page.getByRole('group', { name: 'Field 1 that plans use' });
    await choose(row, 'Field in the CRM', 'Annual contract value');
    const company = page.getByRole('group', { name: 'Company', exact: true });
    await company.getByRole('button', { name: 'Fill another field: Company' }).click();
    await choose(company, 'Field in the CRM', 'Industry');
    await save();
    await row.getByText('Fill this in').waitFor();
    await keepScreenshot(page, 'mapping-faults');
    expect(await accessibilityFaults(page)).toEqual([]);
    await row.getByLabel('Name in plans').fill('Annual value');
    await company.getByLabel('Value').selectOption({ label: 'Retail' });
    await save();
    await page.getByText('Expected: a name that begins with a small letter').waitFor();
    await row.getByLabel('Name in plans').fill('annualValue');
    await save();
    await saved();
    expect(await settings()).toMatchObject({
      fieldMap: { hubspot: { annualValue: 'hs_acv' } },
      newRecords: { hubspot: { company: { values: { industry: 'RETAIL' } } } },
    });
  });

  it.each(['light', 'dark'] as const)('reads well in %s', async (colours) => {
    const other = await walk.visit(world.operatorKey, { colours });
    for (const [path, name] of [
      ['/mapping', 'mapping'],
      ['/form', 'form'],
    ] as const) {
      await other.goto(path);
      await other.getByRole('button', { name: 'Save', exact: true }).waitFor();
      await other.waitForLoadState('networkidle');
      await keepScreenshot(other, `${name}-${colours}`);
      expect(await accessibilityFaults(other)).toEqual([]);
    }
    await other.context().close();
  });

  it('is told when somebody else was faster, keeps what was typed, and decides', async () => {
    await walk.service.operator.put('/api/v1/program', { publicName: 'Renamed meanwhile' });
    await page
      .getByRole('combobox', { name: 'Pipeline' })
      .selectOption({ label: 'The first one, in its first open stage' });
    await save();
    await page.getByText('Somebody else changed the settings meanwhile').waitFor();
    expect((await settings()).newDealStages['hubspot']).toBeDefined();
    await keepScreenshot(page, 'mapping-conflict');
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Save mine' }).click();
    await saved();
    expect(await settings()).toMatchObject({ newDealStages: {}, publicName: 'Renamed meanwhile' });
  });

  it('that was saved over somebody’s change of another CRM leaves that change alone ever after', async () => {
    const salesforce = { pipelineId: '012000000000000AAA', stageId: 'Prospecting' };
    await walk.service.operator.put('/api/v1/program', { newDealStages: { salesforce } });
    await page.getByRole('combobox', { name: 'Pipeline' }).selectOption({ label: 'Partner sales' });
    await save();
    await page.getByRole('button', { name: 'Save mine' }).click();
    await saved();
    await page
      .getByRole('combobox', { name: 'Pipeline' })
      .selectOption({ label: 'The first one, in its first open stage' });
    await page.getByRole('status').getByText('Saved.').waitFor({ state: 'detached' });
    await save();
    await saved();
    expect((await settings()).newDealStages).toEqual({ salesforce });
    await walk.service.operator.put('/api/v1/program', { newDealStages: {} });
  });

  it('goes on by typed names while the CRM is away, in whose words that is said', async () => {
    walk.service.hubspot.addFault({ kind: 'missing-scopes', path: '*properties*' });
    await page.reload();
    await page.getByRole('button', { name: 'Read the lists from the CRM again' }).click();
    await page.getByText('The CRM’s own lists cannot be shown').first().waitFor();
    await page
      .getByText(/The CRM refused: .+/)
      .first()
      .waitFor();
    await keepScreenshot(page, 'mapping-away');
    expect(await accessibilityFaults(page)).toEqual([]);
    walk.service.hubspot.clearFaults();
    await page.getByRole('button', { name: 'Try again' }).first().click();
    await page.getByText('The CRM’s own lists cannot be shown').waitFor({ state: 'detached' });
  });

  it('marks what the CRM has no more', async () => {
    const { fieldMap } = await settings();
    await walk.service.operator.put('/api/v1/program', { fieldMap: { ...fieldMap, hubspot: { old: 'long_gone' } } });
    await page.reload();
    const row = page.getByRole('group', { name: 'Field 1 that plans use' });
    await row.getByText('The CRM has no such field any more').waitFor();
    expect(await row.getByRole('combobox', { name: 'Field in the CRM' }).inputValue()).toBe(
      'long_gone: no longer in the CRM',
    );
  });

  it('maps Salesforce by its own words, and fields of other records by a path', async () => {
    await page.getByRole('combobox', { name: 'Connection' }).selectOption({ label: 'Salesforce' });
    await page.getByRole('combobox', { name: 'Record type' }).selectOption({ label: 'All stages' });
    await page.getByRole('combobox', { name: 'Registrations become' }).selectOption({ label: 'A lead' });
    await page.getByRole('button', { name: 'Add a field' }).click();
    const row = page.getByRole('group', { name: 'Field 1 that plans use' });
    await row.getByLabel('Name in plans').fill('industry');
    await choose(row, 'Field in the CRM', 'Account.Industry');
    const lead = page.getByRole('group', { name: 'Lead', exact: true });
    await lead.getByRole('button', { name: 'Fill another field: Lead' }).click();
    await choose(lead, 'Field in the CRM', 'Lead Source');
    await lead.getByLabel('Filled with').selectOption({ label: 'Name of the partner' });
    await keepScreenshot(page, 'mapping-salesforce');
    expect(await accessibilityFaults(page)).toEqual([]);
    await save();
    await saved();
    expect(await settings()).toMatchObject({
      fieldMap: { salesforce: { industry: 'Account.Industry' } },
      newDealStages: { salesforce: { pipelineId: '012000000000000AAA' } },
      newRecords: { salesforce: { registrationsBecome: 'lead', lead: { facts: { LeadSource: 'partner' } } } },
    });
  });

  it('adds a question with choices from the CRM, and sees it as a partner will', async () => {
    await page.goto('/form');
    await page.getByRole('button', { name: 'Add a question' }).click();
    await save();
    await page.getByText('Fill this in').waitFor();
    await page.getByRole('textbox', { name: /^Question/ }).fill('Which industry is it?');
    await page.getByLabel('Kind of answer').selectOption({ label: 'One of several choices' });
    await page.getByLabel('Must be answered').check();
    await page.getByLabel('From a field of the CRM').check();
    await choose(page, 'Field in the CRM', 'Industry');
    await page.getByText(/6 to choose from: Accounting, Banking/).waitFor();
    const preview = page.locator('section', { hasText: 'As a partner sees it' });
    await preview.getByLabel('Which industry is it?').selectOption({ label: 'Banking' });
    await keepScreenshot(page, 'form-question');
    expect(await accessibilityFaults(page)).toEqual([]);
    await save();
    await saved();
    expect((await settings()).formFields).toEqual([
      {
        name: 'whichIndustryIsIt',
        type: 'choice',
        label: 'Which industry is it?',
        required: true,
        choicesFrom: { connection: 'hubspot', record: 'company', field: 'industry' },
        crm: [{ connection: 'hubspot', record: 'company', field: 'industry' }],
      },
    ]);
    await walk.service.settled();
  });

  it('has it asked at the personal link and in the partner’s form, and the answer in the CRM', async () => {
    const { personalUrl } = await walk.service.operator.get<{ personalUrl: string }>(
      `/api/v1/partners/${world.partner.id}`,
    );
    const stranger = await walk.visit(null, { phone: true });
    await stranger.goto(new URL(personalUrl).pathname);
    expect(await stranger.getByLabel('Which industry is it?').locator('option').allTextContents()).toContain(
      'Hospital & Health Care',
    );
    await keepScreenshot(stranger, 'form-personal-link');
    await stranger.context().close();

    const partner = await walk.visit(world.partner.key, { phone: true });
    await partner.goto('/register');
    await partner.getByLabel('Company name').fill('Harbour Clinics');
    await partner.getByLabel('Company domain').fill('harbour-clinics.com');
    await partner.getByLabel('First name').fill('Ida');
    await partner.getByLabel('Last name').fill('Brandt');
    await partner.getByLabel('E-mail', { exact: false }).first().fill('ida@harbour-clinics.com');
    await partner.getByLabel('Which industry is it?').selectOption({ label: 'Hospital & Health Care' });
    await partner.getByRole('checkbox').check();
    await keepScreenshot(partner, 'form-partner');
    await partner.getByRole('button', { name: 'Register' }).click();
    await partner
      .getByText(/receipt/i)
      .first()
      .waitFor();
    await partner.context().close();

    const { items } = await walk.service.operator.get<{ items: readonly { readonly id: string }[] }>(
      '/api/v1/registrations?search=Harbour',
    );
    const id = items[0]?.id ?? '';
    await walk.service.settled();
    await world.program.approve(id);
    await walk.service.settled();
    const { crm } = await walk.service.operator.get<{ crm: { companyId: string } }>(`/api/v1/registrations/${id}`);
    expect(walk.service.hubspot.person.record('companies', crm.companyId)?.properties).toMatchObject({
      industry: 'HOSPITAL_HEALTH_CARE',
    });
  });

  it('orders, edits and removes questions by keyboard, and reads it in German', async () => {
    await page.getByRole('button', { name: 'Add a question' }).press('Enter');
    await page.getByRole('textbox', { name: /^Question/ }).fill('How many seats?');
    await page.getByLabel('Kind of answer').selectOption({ label: 'A number' });
    await page.getByRole('button', { name: 'Move up: How many seats?' }).press('Enter');
    await save();
    await saved();
    expect((await settings()).formFields).toMatchObject([{ name: 'howManySeats' }, { name: 'whichIndustryIsIt' }]);
    await page.getByRole('button', { name: 'Remove: How many seats?' }).press('Enter');
    await save();
    await saved();
    expect((await settings()).formFields).toHaveLength(1);
    const dark = await walk.visit(world.operatorKey, { colours: 'dark' });
    await dark.goto('/form');
    await dark.getByRole('button', { name: 'Edit: Which industry is it?' }).press('Enter');
    await dark.getByText(/6 to choose from/).waitFor();
    await keepScreenshot(dark, 'form-question-dark');
    expect(await accessibilityFaults(dark)).toEqual([]);
    walk.service.hubspot.person.setOptions('companies', 'industry', [{ value: 'RETAIL', label: 'Shops' }]);
    await dark.getByRole('button', { name: 'Read the choices from the CRM now' }).press('Enter');
    await dark.getByText('1 to choose from: Shops.').waitFor();
    await walk.service.settled();
    const { fields } = await walk.service
      .as(world.partner.key)
      .get<{ fields: readonly { readonly choices: readonly object[] }[] }>('/api/v1/form');
    expect(fields.map(({ choices }) => choices)).toEqual([[{ value: 'RETAIL', label: 'Shops' }]]);
    await dark.context().close();
    const german = await walk.visit(world.operatorKey, { language: 'de-DE' });
    await german.goto('/form');
    await german.getByRole('heading', { name: 'Fragen des Formulars' }).waitFor();
    await german.getByText('Eines aus mehreren, muss beantwortet werden').waitFor();
    await keepScreenshot(german, 'form-german');
    await german.context().close();
  });
});
