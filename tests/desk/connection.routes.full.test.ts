import { partnerProgram } from '../support/partner-program.js';
import { startRunningService, type RunningService } from '../support/running-service.js';

interface Shown {
  readonly signIn: string;
  readonly connected: boolean;
  readonly redirectUrl: string | null;
  readonly lastSignalAt: string | null;
  readonly calls: { readonly used: number; readonly limit: number } | null;
}

describe('a connection whose token stands in the environment', () => {
  let service: RunningService;
  beforeAll(async () => {
    service = await startRunningService();
  });
  afterAll(() => service.close());

  const shown = async (): Promise<Shown> => {
    const { items } = await service.operator.get<{ items: readonly [Shown] }>('/api/v1/connections');
    return items[0];
  };

  it('says how it signs in, how many calls of the day were used, and when HubSpot last told of a change', async () => {
    const before = await shown();
    expect(before).toMatchObject({ signIn: 'access-token', connected: true, redirectUrl: null, lastSignalAt: null });
    expect(before.calls?.limit).toBe(625_000);
    expect(before.calls?.used).toBeGreaterThan(0);
    await partnerProgram(service).introduce();
    expect((await shown()).lastSignalAt).not.toBeNull();
  });

  it('is not disconnected here, and says where it is', async () => {
    const answer = await service.operator.send<{ type: string; detail: string }>(
      'POST',
      '/api/v1/connections/hubspot/disconnect',
      { reason: 'Not needed any more.' },
    );
    expect(answer.status).toBe(409);
    expect(answer.body.type).toMatch(/connection-from-environment$/);
    expect(answer.body.detail).toContain('take HUBSPOT_ACCESS_TOKEN and HUBSPOT_REFRESH_TOKEN away');
    expect((await shown()).connected).toBe(true);
  });
});
