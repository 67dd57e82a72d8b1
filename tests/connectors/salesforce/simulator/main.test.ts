import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

describe('the simulator as a program', () => {
  it('says where it is, answers, and ends when it is stopped', async () => {
    const program = new URL('../../../../connectors/salesforce/simulator/main.ts', import.meta.url).pathname;
    const child = spawn(process.execPath, ['--import', 'tsx', program, '--opportunities', '3', '--multi-currency'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
      const facts = JSON.parse(line) as { url: string; accessToken: string; organization: string };
      expect(facts.organization).toMatch(/^00D/);
      const soql = 'SELECT Name, CurrencyIsoCode FROM Opportunity';
      const answer = await fetch(`${facts.url}/services/data/v67.0/query?q=${encodeURIComponent(soql)}`, {
        headers: { Authorization: `Bearer ${facts.accessToken}` },
      });
      expect(await answer.json()).toMatchObject({ totalSize: 3, records: [{ CurrencyIsoCode: 'USD' }, {}, {}] });
    } finally {
      child.kill('SIGTERM');
    }
    const [code] = (await once(child, 'exit')) as [number];
    expect(code).toBe(0);
  });
});
