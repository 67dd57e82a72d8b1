import { CrmRateLimited } from '../../../connectors/contract.js';
import { acme, push } from '../push-registration.js';
import { startHubspotUnderTest } from './hubspot-under-test.js';

describe('under a steady load', () => {
  it('brings eighty registrations into HubSpot without one refused call', async () => {
    const under = await startHubspotUnderTest();
    // A fresh process knows nothing of the calls made just before it; it learns of them from the first answer.
    const connector = under.connect();
    await connector.stages();
    const pushOne = async (number: number): Promise<void> => {
      const lead = { ...acme, registrationId: `reg_${String(number)}`, email: `p${String(number)}@acme-robotics.test` };
      for (let attempt = 0; ; attempt += 1) {
        try {
          await push(connector, lead, attempt > 0);
          return;
        } catch (error) {
          // Sent away by the connector itself, as the work queue would be: come back when told.
          if (!(error instanceof CrmRateLimited)) throw error;
          await new Promise((resolve) => setTimeout(resolve, error.retryAfterMs));
        }
      }
    };
    await push(connector, acme, false);
    await Promise.all(Array.from({ length: 80 }, (_, number) => pushOne(number)));
    expect(under.crm.refusedForRate()).toBe(0);
    expect(under.crm.records('contact')).toHaveLength(81);
    expect(under.crm.records('deal')).toHaveLength(81);
    await under.close();
  }, 180_000);
});
