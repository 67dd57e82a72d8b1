import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { startHubspotSimulator, type HubspotSimulator } from '../../connectors/hubspot/simulator/start.js';
import { isCrmWrite } from '../support/crm-writes.js';
import { crmRecordsOf } from '../support/partner-program.js';
import { createRunningClock } from '../support/running-clock.js';
import { freePort, randomKey, until } from '../support/service-process.js';
import type { KillGround } from './kill-grounds.js';
import type { KillPoint } from './kill-points.js';
import { patientClient, type PatientClient } from './patient-client.js';
import { superviseService, type SupervisedService } from './supervised-service.js';

const withinMs = 120_000;
/** A new process must not rely on finding by search what the killed one may have made. */
const searchLagMs = 600_000;

/**
 * Kills the real service at each point, once, on a road of its own from registration to credited commission, starts it again,
 * and claims that the road ends where it would have ended.
 */
export function describeKills(name: string, openGround: () => Promise<KillGround>, points: readonly KillPoint[]): void {
  describe(name, () => {
    let ground: KillGround;
    let hubspot: HubspotSimulator;
    let service: SupervisedService;
    let operator: PatientClient;
    let partnerId: string;
    let environment: Readonly<Record<string, string>> & { readonly PORT: string };

    beforeAll(async () => {
      ground = await openGround();
      const port = String(await freePort());
      const url = `http://127.0.0.1:${port}`;
      const clock = createRunningClock();
      const targetUrl = `${url}/webhooks/hubspot`;
      const webhooks = { targetUrl, retryMaxMs: 1_000 };
      hubspot = await startHubspotSimulator({ clock, settings: { searchLagMs, webhooks } });
      const adminKey = randomKey();
      environment = {
        PORT: port,
        PUBLIC_URL: url,
        ADMIN_API_KEY: adminKey,
        HUBSPOT_API_URL: hubspot.url,
        HUBSPOT_ACCESS_TOKEN: hubspot.accessToken,
        HUBSPOT_CLIENT_SECRET: hubspot.clientSecret,
        ...ground.environment,
      };
      service = await superviseService({ environment, clock, restartAfterMs: ground.restartAfterMs });
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
      await hubspot.close();
      await ground.remove();
    }, withinMs);

    it.each(points)(
      'killed $name, it still makes one of each and credits once',
      async (point) => {
        const killsBefore = service.kills();
        const disarm = await arm(point);
        const outcome = await walk();
        disarm();
        expect({ kills: service.kills() - killsBefore, ...outcome }).toEqual({
          kills: 1,
          records: { contacts: 1, companies: 1, deals: 1 },
          tied: [1, 1],
          book: ['commission 1200.00 EUR'],
          problems: [],
        });
      },
      withinMs,
    );

    it('leaves books that prove right', async () => {
      const cli = new URL('../../dist/src/cli.js', import.meta.url).pathname;
      const { stdout } = await promisify(execFile)(process.execPath, [cli, 'ledger', 'check'], { env: environment });
      expect(stdout).not.toBe('');
    });

    const arm = async (point: KillPoint): Promise<() => void> => {
      if (point.kind === 'sql') {
        await service.arm(point.order);
        return () => undefined;
      }
      let struck = false;
      return hubspot.onRequest({
        when: point.when,
        act: async (request) => {
          if (struck || !isCrmWrite(hubspot, request, point.write)) return undefined;
          struck = true;
          await service.kill();
          return 'drop';
        },
      });
    };

    let prospects = 0;
    const walk = async () => {
      prospects += 1;
      const domain = `killed-${prospects}.com`;
      const prospect = {
        company: { name: `Killed ${prospects}`, domain },
        contact: { firstName: 'Ida', lastName: 'Brandt', email: `ida@${domain}` },
      };
      const deal = { amount: '12000.00', currency: 'EUR' };
      const { id } = await operator.post<{ id: string }>('/api/v1/registrations', {
        partnerId,
        ...prospect,
        deal,
        attestation: true,
      });
      await operator.post(`/api/v1/registrations/${id}/approve`, {});
      const read = () =>
        operator.get<{ dealId: string | null; crm: { crmDealId: string | null } }>(`/api/v1/registrations/${id}`);
      const { dealId, crmDealId } = await until(
        'the deal in HubSpot',
        async () => {
          const { dealId: ours, crm } = await read();
          return ours === null || crm.crmDealId === null ? null : { dealId: ours, crmDealId: crm.crmDealId };
        },
        withinMs,
      );
      hubspot.person.moveDeal(crmDealId, 'closedwon');
      await until(
        'the commission in HubSpot',
        () => {
          const { introducer_commission: shown } = hubspot.person.record('deals', crmDealId)?.properties ?? {};
          return Promise.resolve(shown === '1200.00');
        },
        withinMs,
      );
      const { items } = await operator.get<{ items: readonly { kind: string; amount: string; currency: string }[] }>(
        `/api/v1/commissions?dealId=${dealId}`,
      );
      return {
        records: crmRecordsOf({ hubspot }, { prospect, registrationId: id }),
        tied: ['contacts', 'companies'].map((to) => hubspot.person.associated('deals', crmDealId, to).length),
        book: items.map((line) => `${line.kind} ${line.amount} ${line.currency}`),
        problems: (await operator.get<{ items: readonly unknown[] }>('/api/v1/problems')).items,
      };
    };
  });
}
