import { useSimulatedHubspot } from '../simulated-hubspot.js';

const hubspot = useSimulatedHubspot();
const create = () =>
  hubspot.client.crm.deals.basicApi.create({ properties: { dealname: 'Brightwater', dealstage: 'qualifiedtobuy' } });
const madeDeals = () => hubspot.simulator.person.records('deals').length;

describe('a hook on requests', () => {
  it('steps in before and after the account acts, and is awaited', async () => {
    const seen: string[] = [];
    for (const when of ['before', 'after'] as const) {
      hubspot.simulator.onRequest({
        when,
        method: 'POST',
        path: '*/deals',
        async act({ route }) {
          await new Promise((resolve) => setTimeout(resolve, 10));
          seen.push(`${when} ${route ?? ''}: ${madeDeals()}`);
          return undefined;
        },
      });
    }
    await create();
    expect(seen).toEqual(['before /crm/objects/deals: 0', 'after /crm/objects/deals: 1']);
  });

  it('can cut the connection, before anything is written or after', async () => {
    hubspot.simulator.onRequest({ when: 'before', times: 1, act: () => 'drop' });
    await expect(create()).rejects.toThrow('fetch failed');
    expect(madeDeals()).toBe(0);
    hubspot.simulator.onRequest({ when: 'after', times: 1, act: () => 'drop' });
    await expect(create()).rejects.toThrow('fetch failed');
    expect(madeDeals()).toBe(1);
    await create();
  });

  it('can be taken away', async () => {
    let calls = 0;
    const remove = hubspot.simulator.onRequest({ when: 'before', act: () => void (calls += 1) });
    await create();
    remove();
    await create();
    expect(calls).toBe(1);
  });
});
