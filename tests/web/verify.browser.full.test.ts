import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from '../../src/commands.js';
import { partnerProgram } from '../support/partner-program.js';
import { temporaryFolder } from '../support/service-process.js';
import { describeWith } from '../support/services.js';
import { accessibilityFaults, keepScreenshot, startWebWalk, type WebWalk } from '../support/web-app.js';

describeWith('chromium', 'somebody who was handed a receipt', () => {
  let walk: WebWalk;
  let receipt: object;

  beforeAll(async () => {
    walk = await startWebWalk();
    const program = partnerProgram(walk.service);
    const { id } = await program.register(await program.addPartner(), { prospect: program.newProspect() });
    ({ receipt } = await walk.service.operator.get<{ receipt: object }>(`/api/v1/registrations/${id}`));
  });
  afterAll(async () => {
    expect(walk.complaints).toEqual([]);
    await walk.close();
  });

  it('has it checked on a page, without an account', async () => {
    const page = await walk.visit(null, { phone: true });
    await page.goto('/verify');
    expect(await accessibilityFaults(page)).toEqual([]);
    const text = page.getByLabel('Or paste it here');
    await text.fill(JSON.stringify(receipt, null, 2));
    await page.getByRole('button', { name: 'Check' }).click();
    await page.getByText('This is what we signed').waitFor();
    await keepScreenshot(page, 'verify');
    expect(await accessibilityFaults(page)).toEqual([]);
    await text.fill(JSON.stringify({ ...receipt, result: 'taken' }));
    expect(await page.getByText('This is what we signed').count()).toBe(0);
    await page.getByRole('button', { name: 'Check' }).click();
    await page.getByText('something was changed').waitFor();
    await text.fill('no receipt <script>');
    await page.getByRole('button', { name: 'Check' }).click();
    await page.getByText('This is no receipt').waitFor();
  });

  it('or with one command, without a database', async () => {
    const folder = await temporaryFolder('verify');
    const said: string[] = [];
    const output = { stdout: (text: string) => said.push(text), stderr: (text: string) => said.push(text) };
    const verify = async (document: object): Promise<number> => {
      await writeFile(join(folder.path, 'receipt.json'), JSON.stringify(document));
      const argv = ['verify', 'receipt.json', '--from', walk.service.url];
      return runCommand({ argv, cwd: folder.path }, output, () => Promise.reject(new Error('nothing is open')));
    };
    try {
      expect(await verify(receipt)).toBe(0);
      expect(await verify({ ...receipt, result: 'taken' })).toBe(1);
      expect(said.join('')).toMatch(/^Genuine: .*\nNot genuine: .*\n$/);
    } finally {
      await folder.remove();
    }
  });
});
