import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

describe('the simulator as a program', () => {
  it('says where it is, answers, and ends when it is stopped', async () => {
    const program = new URL('../../../../connectors/hubspot/simulator/main.ts', import.meta.url).pathname;
    const child = spawn(process.execPath, ['--import', 'tsx', program, '--deals', '3', '--portal', '62515'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
      const facts = JSON.parse(line) as { url: string; accessToken: string; portalId: number };
      expect(facts.portalId).toBe(62515);
      const answer = await fetch(`${facts.url}/crm/v3/objects/deals`, {
        headers: { Authorization: `Bearer ${facts.accessToken}` },
      });
      const { results } = (await answer.json()) as { results: unknown[] };
      expect(results).toHaveLength(3);
    } finally {
      child.kill('SIGTERM');
    }
    const [code] = (await once(child, 'exit')) as [number];
    expect(code).toBe(0);
  });
});
