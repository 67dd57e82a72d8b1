import { useSimulatedHubspot } from '../simulated-hubspot.js';

const hubspot = useSimulatedHubspot();

async function get(path: string) {
  const response = await fetch(`${hubspot.simulator.url}${path}`);
  return { status: response.status, text: await response.text() };
}

async function submit(path: string, fields: Record<string, string> = {}) {
  const response = await fetch(`${hubspot.simulator.url}${path}`, {
    method: 'POST',
    body: new URLSearchParams(fields),
  });
  return { status: response.status, url: response.url, text: await response.text() };
}

function makeDeal(dealname = 'Brightwater'): string {
  return hubspot.simulator.person.createRecord('deals', { dealname, dealstage: 'qualifiedtobuy', amount: '1500' });
}

describe('the page of the simulated HubSpot', () => {
  it('lists the deals without scripts or anything from elsewhere', async () => {
    makeDeal('Brightwater <b>& sons</b>');
    const { status, text } = await get('/');
    expect(status).toBe(200);
    expect(text).toContain('Brightwater &lt;b&gt;&amp; sons&lt;/b&gt;');
    expect(text).toContain('1500');
    expect(text).not.toMatch(/<script|https?:\/\/|<link/);
  });

  it('shows a deal with its people, its partner and its history', async () => {
    const { person } = hubspot.simulator;
    const id = makeDeal();
    const contact = person.createRecord('contacts', { email: 'ida@brightwater.example', firstname: 'Ida' });
    const company = person.createRecord('companies', { name: 'Brightwater Logistics' });
    person.associate('deals', id, { type: 'contacts', id: contact });
    person.associate('deals', id, { type: 'companies', id: company, primary: true });
    const { text } = await get(`/deals/${id}`);
    for (const part of ['Ida ida@brightwater.example', 'Brightwater Logistics', 'Primary', 'No partner', 'CRM_UI']) {
      expect(text).toContain(part);
    }
  });

  it('moves a deal as a person would, and comes back to the list', async () => {
    const id = makeDeal();
    const answer = await submit(`/deals/${id}`, { dealstage: 'closedwon', returnTo: '/?page=1' });
    expect(answer.status).toBe(200);
    expect(answer.url).toMatch('/?page=1&note=Saved.');
    const deal = hubspot.simulator.person.record('deals', id);
    expect(deal?.properties).toMatchObject({ hs_is_closed_won: 'true', closedate: expect.any(String) });
  });

  it('changes amount and currency, and says what is wrong with a bad one', async () => {
    const id = makeDeal();
    await submit(`/deals/${id}`, { amount: '1750.50', deal_currency_code: 'EUR' });
    expect(hubspot.simulator.person.record('deals', id)?.properties).toMatchObject({
      amount: '1750.50',
      deal_currency_code: 'EUR',
    });
    const wrong = await submit(`/deals/${id}`, { amount: 'a lot' });
    expect(wrong.status).toBe(400);
    expect(wrong.text).toContain('a lot was not a valid number');
  });

  it('deletes, restores and merges', async () => {
    const [first, second] = [makeDeal('First'), makeDeal('Second')];
    expect((await submit(`/deals/${first}/archive`)).text).toContain('This deal is deleted.');
    expect((await get('/')).text).toContain('deleted');
    await submit(`/deals/${first}/restore`);
    const merged = await submit(`/deals/${first}/merge`, { otherId: second });
    expect(merged.url).toMatch(/\/deals\/\d+\?note=Merged/);
    expect(merged.url).not.toContain(first);
    expect((await submit(`/deals/${first}/merge`, { otherId: '404' })).status).toBe(404);
  });

  it('pages through many deals', async () => {
    const deals = Array.from({ length: 60 }, (_, index) => ({
      properties: { dealname: `Deal ${index}`, dealstage: 'qualifiedtobuy' },
    }));
    hubspot.simulator.seed('deals', deals);
    expect((await get('/')).text).toContain('Page 1 of 2');
    expect((await get('/?page=2')).text).toContain('Deal 9<');
  });

  it('has a 404 for what is not there', async () => {
    expect((await get('/deals/404')).status).toBe(404);
    expect((await get('/elsewhere')).status).toBe(404);
  });
});
