import { partnerProgram } from '../support/partner-program.js';
import { startRunningService, type RunningService } from '../support/running-service.js';

const strangers = 1_000;
/** Two a batch; a busy machine reads the deals so slowly that they make more than one. */
const mostCalls = 8;

describe('what the guard costs', () => {
  let service: RunningService;
  beforeAll(async () => {
    service = await startRunningService({ bursts: true });
  });
  afterAll(() => service.close());

  const asked = (): number =>
    Object.entries(service.hubspot.calls()).reduce(
      (sum, [operation, count]) => (operation.includes('associations') ? sum + count : sum),
      0,
    );
  /** Changes of deals that have nothing to do with any registration. @returns calls that asked whom they are about */
  const callsFor = async (change: () => void): Promise<number> => {
    service.hubspot.resetCalls();
    change();
    await service.settled(60_000);
    return asked();
  };

  it('is a few calls for a thousand new deals of strangers, and none when they change without moving on', async () => {
    const { person } = service.hubspot;
    const companyId = person.createRecord('companies', { name: 'Stranger', domain: 'stranger.com' });
    const makeDeals = (): string[] =>
      Array.from({ length: strangers }, (_, index) =>
        person.createRecord('deals', { dealname: `Own ${String(index)}`, dealstage: 'qualifiedtobuy', amount: '1' }, [
          { type: 'companies', id: companyId },
        ]),
      );
    // Before anything is registered nobody asks.
    expect(await callsFor(() => void makeDeals())).toBe(0);
    await partnerProgram(service).introduce();
    let ids: readonly string[] = [];
    const first = await callsFor(() => void (ids = makeDeals()));
    expect(first).toBeGreaterThan(0);
    expect(first).toBeLessThanOrEqual(mostCalls);
    const amounts = await callsFor(() => {
      for (const id of ids) person.updateRecord('deals', id, { amount: '2' });
    });
    expect(amounts).toBe(0);
    const moves = await callsFor(() => {
      for (const id of ids) person.moveDeal(id, 'contractsent');
    });
    expect(moves).toBeLessThanOrEqual(mostCalls);
  }, 180_000);
});
