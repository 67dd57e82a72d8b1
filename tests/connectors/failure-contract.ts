import { CrmRateLimited, CrmUnauthorised, CrmUnavailable, type CrmConnector } from '../../connectors/contract.js';
import type { CrmUnderTest, StartCrm } from './crm-under-test.js';
import { acme, contactOf } from './push-registration.js';

export function describeFailures(start: StartCrm): void {
  let under: CrmUnderTest;
  beforeEach(async () => {
    under = await start();
  });
  afterEach(() => under.close());

  const acts: readonly [string, (connector: CrmConnector) => Promise<unknown>][] = [
    ['reading deals', (connector) => connector.readDeals(['1'], { history: false })],
    ['making a contact', (connector) => connector.ensureContact(contactOf(acme))],
    ['looking for changes', (connector) => connector.changesSince(null, new Date(0))],
    ['reading the stages', (connector) => connector.stages()],
  ];

  it.each(acts)('%s: a CRM that hangs is unavailable, after the timeout', async (_, act) => {
    under.crm.spoilEveryCall('hangs');
    const connector = under.connect({ timeoutMs: 100 });
    await expect(act(connector)).rejects.toThrow(CrmUnavailable);
  });

  it.each(acts)('%s: a CRM that asks us to slow down says for how long', async (_, act) => {
    under.crm.spoilEveryCall('rate-limited');
    const failure = await act(under.connect()).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(CrmRateLimited);
    expect(failure).toMatchObject({ retryable: true, retryAfterMs: expect.any(Number) });
  });

  it.each(acts)('%s: a CRM that fails is unavailable', async (_, act) => {
    under.crm.spoilEveryCall('server-error');
    await expect(act(under.connect())).rejects.toThrow(CrmUnavailable);
  });

  it.each(acts)('%s: revoked access is a matter for a person', async (_, act) => {
    under.crm.revokeAccess();
    const failure = await act(under.connect()).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(CrmUnauthorised);
    expect(failure).toMatchObject({ retryable: false, vendorMessage: expect.stringMatching(/\w{3}/) });
  });

  it('works again once the CRM does', async () => {
    const connector = under.connect({ timeoutMs: 100 });
    under.crm.spoilEveryCall('hangs');
    await expect(connector.stages()).rejects.toThrow(CrmUnavailable);
    under.crm.mend();
    expect((await connector.stages()).length).toBeGreaterThan(2);
  });

  it('is never refused for calling too fast', async () => {
    const connector = under.connect();
    const stageId = (await connector.stages())[0]!.id;
    const id = under.crm.addDeal({ name: 'Busy', stageId });
    await Promise.all(Array.from({ length: 150 }, () => connector.readDeals([id], { history: false })));
    await Promise.all(Array.from({ length: 12 }, () => connector.changesSince(null, new Date(0))));
    expect(under.crm.refusedForRate()).toBe(0);
  });
}
