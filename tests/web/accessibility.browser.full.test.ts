import { describeWith } from '../support/services.js';
import { accessibilityFaults, keepScreenshot, startWebWalk, type WebWalk } from '../support/web-app.js';
import { fillWebWorld, type WebWorld } from '../support/web-world.js';

type Colours = 'light' | 'dark';

describeWith('chromium', 'every page, for axe-core (WCAG 2.2 AA)', () => {
  let walk: WebWalk;
  let world: WebWorld;

  beforeAll(async () => {
    walk = await startWebWalk();
    world = await fillWebWorld(walk.service);
  });
  afterAll(() => walk.close());
  afterAll(() => expect(walk.complaints).toEqual([]));

  const faults = async (who: 'operator' | 'partner' | null, colours: Colours, paths: readonly string[]) => {
    const key = who === null ? null : who === 'operator' ? world.operatorKey : world.partner.key;
    const page = await walk.visit(key, { colours, phone: who === 'partner' });
    const found: string[] = [];
    for (const path of paths) {
      await page.goto(path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.waitForLoadState('networkidle');
      await keepScreenshot(
        page,
        `axe-${who ?? 'nobody'}-${colours}${path.split(/[/?]/).slice(0, 3).join('-').slice(0, 24)}`,
      );
      found.push(...(await accessibilityFaults(page)).map((fault) => `${path} ${fault}`));
    }
    await page.context().close();
    return found;
  };

  it.each<Colours>(['light', 'dark'])('has no fault for operators in %s', async (colours) => {
    const paths = [
      '/registrations?status=all',
      `/registrations/${world.rival.id}`,
      `/registrations/${world.won.id}`,
      '/overview',
      '/problems?state=all',
      '/missing-commissions',
      '/changes-after-win',
      '/connections',
      '/mapping',
      '/form',
      '/partners',
      '/applications',
      '/agreement',
      `/partners/${world.partner.id}`,
      `/partners/${world.partner.id}/statement`,
      '/plans',
      '/plans/standard',
      '/plans/standard/edit',
      '/journal',
      '/audit',
      '/mails',
      '/my-mail',
      '/links',
      '/commissions',
      `/commissions/${world.won.lineId}`,
      '/nowhere',
    ];
    expect(await faults('operator', colours, paths)).toEqual([]);
  });

  it.each<Colours>(['light', 'dark'])('has no fault for partners, on a phone, in %s', async (colours) => {
    const paths = [
      '/register',
      '/reviews',
      '/registrations',
      `/registrations/${world.returned.id}`,
      `/registrations/${world.won.id}`,
      '/commissions',
      `/commissions/${world.won.lineId}`,
      '/statement',
      '/plan',
      '/agreement',
    ];
    expect(await faults('partner', colours, paths)).toEqual([]);
  });

  it.each<Colours>(['light', 'dark'])('has no fault on the way in, in %s', async (colours) => {
    expect(await faults(null, colours, ['/', '/apply'])).toEqual([]);
  });

  it('has no fault while a decision is made', async () => {
    const page = await walk.visit(world.operatorKey);
    await page.goto(`/registrations/${world.rival.id}`);
    await page.getByRole('button', { name: 'Reject' }).click();
    await page.getByRole('dialog').getByLabel('Reason').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Reject' }).click();
    await page.getByText(/^Expected: at least 1/).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
  });
});
