import { startHubspotSimulator, type HubspotSimulator } from '../../connectors/hubspot/simulator/start.js';
import { assertDefined } from '../../src/platform/assert.js';
import { fillYear, yearBefore } from '../demo/year.js';
import { createRunningClock, type RunningClock } from '../support/running-clock.js';
import { startRunningService, type RunningService } from '../support/running-service.js';
import { temporaryFolder } from '../support/service-process.js';

describe('the year before the demo', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let clock: RunningClock;
  let hubspot: HubspotSimulator;
  let service: RunningService | undefined;
  const operator = () => assertDefined(service, 'the service was started').operator;
  const all = async <T>(path: string) => (await operator().get<{ items: readonly T[] }>(path)).items;

  beforeAll(async () => {
    folder = await temporaryFolder('year');
    clock = createRunningClock(yearBefore(new Date()).getTime() - Date.now());
    hubspot = await startHubspotSimulator({ clock });
    await fillYear({ hubspot, clock, dataDir: folder.path });
    service = await startRunningService({ beside: { hubspot, clock }, dataDir: folder.path });
  });
  afterAll(async () => {
    await service?.close();
    await hubspot.close();
    await folder.remove();
  });

  it('ends now, by the clock of the service and of the CRM', () => {
    expect(Math.abs(clock.now().getTime() - Date.now())).toBeLessThan(1_000);
  });

  it('leaves a registration in every state', async () => {
    const registrations = await all<{ status: string }>('/api/v1/registrations?limit=200');
    expect([...new Set(registrations.map(({ status }) => status))].toSorted()).toEqual([
      'approved',
      'expired',
      'in_review',
      'lost',
      'rejected',
      'returned',
      'waiting',
      'withdrawn',
      'won',
    ]);
  });

  it('leaves wins in most months, lines paid, payable and pending, one taken back and one in dispute', async () => {
    const { months } = await operator().get<{ months: readonly { won: number }[] }>('/api/v1/overview');
    expect(months.filter(({ won }) => won > 0).length).toBeGreaterThanOrEqual(7);
    const lines = await all<{ kind: string; status: string }>('/api/v1/commissions?limit=200');
    expect([...new Set(lines.map(({ status }) => status))].toSorted()).toEqual(['paid', 'payable', 'pending']);
    expect(lines.map(({ kind }) => kind)).toContain('reversal');
    expect(await all('/api/v1/disputes?state=unsettled')).toHaveLength(1);
  });

  it('leaves no problem, and books that hold', async () => {
    expect(await all('/api/v1/problems?state=open')).toEqual([]);
    expect(await operator().get('/api/v1/journal/check')).toMatchObject({ holds: true });
  });
});
