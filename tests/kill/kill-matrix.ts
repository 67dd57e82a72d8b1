import { execFile } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { compile } from '../support/compile.js';
import { createRunningClock } from '../support/running-clock.js';
import { freePort, randomKey } from '../support/service-process.js';
import type { KillGround } from './kill-grounds.js';
import type { KillPoint } from './kill-points.js';
import { withinMs, type KillRoad, type OpenRoad } from './kill-road.js';
import { patientClient, type PatientClient } from './patient-client.js';
import { superviseService, type SupervisedService } from './supervised-service.js';

/**
 * Kills the real service at each point of a road, once, on a walk of its own from registration to credited commission, starts it
 * again, and claims that the walk ends where it would have ended.
 */
export function describeKills(name: string, openGround: () => Promise<KillGround>, road: KillRoad): void {
  describe(name, () => {
    let ground: KillGround;
    let crm: OpenRoad;
    let service: SupervisedService;
    let operator: PatientClient;
    let partnerId: string;
    let main: string;
    let environment: Readonly<Record<string, string>> & { readonly PORT: string };

    beforeAll(async () => {
      ground = await openGround();
      const port = String(await freePort());
      const url = `http://127.0.0.1:${port}`;
      const clock = createRunningClock();
      crm = await road.open({ url, clock });
      const adminKey = randomKey();
      environment = {
        PORT: port,
        PUBLIC_URL: url,
        ADMIN_API_KEY: adminKey,
        ...crm.environment,
        ...ground.environment,
      };
      main = await compile({
        settings: 'tsconfig.kill.json',
        name: `kill-${road.name}`,
        entryPoint: 'tests/kill/killable-main.ts',
      });
      service = await superviseService({ main, environment, clock, restartAfterMs: ground.restartAfterMs });
      operator = patientClient(service.url, adminKey);
      await operator.put('/api/v1/plans/standard', {
        plan: 'standard',
        effectiveFrom: '2026-01-01',
        rules: [{ id: 'new-business', pay: { percent: 10, of: 'amount' } }],
      });
      const partner = { name: 'Northwind', email: 'team@northwind-partners.com' };
      partnerId = (await operator.post<{ id: string }>('/api/v1/partners', partner)).id;
    }, withinMs);
    afterAll(async () => {
      await service.stop();
      await crm.close();
      await ground.remove();
    }, withinMs);

    it.each(road.points)(
      'killed $name, it still makes one of each and credits once',
      async (point) => {
        const before = service.ends();
        let disarm = (): void => undefined;
        const reached = async (section: string): Promise<void> => {
          if (section === point.from) disarm = await arm(point);
        };
        const end = await crm.walk({ operator, partnerId, point, reached });
        disarm();
        const { killed, crashed } = service.ends();
        expect({ killed: killed - before.killed, crashed, ...end }).toEqual({ killed: 1, crashed: 0, ...road.end });
      },
      withinMs,
    );

    it('leaves books that prove right', async () => {
      const cli = new URL('../../src/cli.js', pathToFileURL(main)).pathname;
      const { stdout } = await promisify(execFile)(process.execPath, [cli, 'ledger', 'check'], { env: environment });
      expect(stdout).not.toBe('');
    });

    const arm = async (point: KillPoint): Promise<() => void> => {
      if (point.kind === 'crm') return crm.strikeAt(point, () => service.kill());
      await service.arm(point.order);
      return () => undefined;
    };
  });
}
