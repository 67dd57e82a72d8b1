import { useSimulatedSalesforce } from '../simulated-salesforce.js';

const salesforce = useSimulatedSalesforce();

const day = { CloseDate: '2026-12-31', StageName: 'Prospecting' };

async function get(path: string) {
  const response = await fetch(`${salesforce.simulator.url}${path}`);
  return { status: response.status, text: await response.text() };
}

async function submit(path: string, fields: Record<string, string> = {}) {
  const body = new URLSearchParams(fields);
  const response = await fetch(`${salesforce.simulator.url}${path}`, { method: 'POST', body });
  return { status: response.status, url: response.url, text: await response.text() };
}

function make(entity: string, values: Record<string, unknown>): string {
  return salesforce.simulator.person.create(entity, values);
}

function makeLead(LastName = 'Okafor'): string {
  return make('Lead', { LastName, Company: 'Brightwater', Email: 'ida@brightwater.example' });
}

function read(id: string) {
  return salesforce.simulator.person.read(id)?.values ?? {};
}

describe('the page of the simulated Salesforce', () => {
  it('lists opportunities, leads and accounts without scripts or anything from elsewhere', async () => {
    make('Opportunity', { ...day, Name: 'Brightwater <b>& sons</b>', Amount: 1500 });
    makeLead();
    make('Account', { Name: 'Nordlicht' });
    const { status, text } = await get('/');
    expect(status).toBe(200);
    expect(text).toContain('Brightwater &lt;b&gt;&amp; sons&lt;/b&gt;');
    expect(text).toContain('1500');
    expect(text).not.toMatch(/<script|https?:\/\/|<link/);
    expect((await get('/leads')).text).toContain('ida@brightwater.example');
    expect((await get('/accounts')).text).toContain('Nordlicht');
  });

  it('converts a lead into a new account and opportunity', async () => {
    const id = makeLead();
    const answer = await submit(`/records/${id}/convert`, {
      accountId: '',
      contactId: '',
      opportunity: 'new',
      opportunityName: 'Rollout',
    });
    expect(answer.text).toContain('Converted.');
    expect(answer.text).toContain('Rollout');
    expect(read(id)).toMatchObject({ IsConverted: true, ConvertedOpportunityId: expect.any(String) });
    expect((await get(`/records/${id}`)).text).toContain('Converted on');
  });

  it('converts a lead into an existing account without an opportunity, or into an existing opportunity', async () => {
    const accountId = make('Account', { Name: 'Nordlicht' });
    const opportunityId = make('Opportunity', { ...day, Name: 'Existing', AccountId: accountId });
    const [first, second] = [makeLead('One'), makeLead('Two')];
    await submit(`/records/${first}/convert`, { accountId, opportunity: 'none' });
    expect(read(first)).toMatchObject({ ConvertedAccountId: accountId, ConvertedOpportunityId: null });
    await submit(`/records/${second}/convert`, { accountId, opportunity: opportunityId });
    expect(read(second)).toMatchObject({ ConvertedOpportunityId: opportunityId });
  });

  it('asks for an owner when a queue holds the lead', async () => {
    const id = makeLead();
    const { person, people } = salesforce.simulator;
    person.update(id, { OwnerId: people.queue });
    expect((await get(`/records/${id}`)).text).toContain('name="ownerId"');
    const refused = await submit(`/records/${id}/convert`, { opportunity: 'new' });
    expect([refused.status, refused.text.includes('must specify a user')]).toEqual([400, true]);
    await submit(`/records/${id}/convert`, { opportunity: 'new', ownerId: people.rep });
    expect(read(id)).toMatchObject({ IsConverted: true });
  });

  it('merges leads and says where the loser went', async () => {
    const [master, loser] = [makeLead('One'), makeLead('Two')];
    expect((await submit(`/records/${master}/merge`, { loserId: loser })).text).toContain('Merged.');
    expect((await get(`/records/${loser}`)).text).toContain('was merged into');
  });

  it('moves an opportunity, changes its amount, and shows what happened', async () => {
    const id = make('Opportunity', { ...day, Name: 'Rollout' });
    const won = salesforce.simulator.org.records.byValue('OpportunityStage', 'ApiName', 'Closed Won')[0];
    const moved = await submit(`/records/${id}/stage`, { stageId: won?.id ?? '' });
    expect(moved.text).toContain('Moved to Closed Won.');
    expect(read(id)).toMatchObject({ IsWon: true });
    expect((await submit(`/records/${id}`, { Amount: '1750.5' })).text).toContain('1750.5');
    const wrong = await submit(`/records/${id}`, { Amount: 'a lot' });
    expect([wrong.status, wrong.text.includes('value a lot')]).toEqual([400, true]);
  });

  it('deletes and brings back', async () => {
    const id = make('Opportunity', { ...day, Name: 'Rollout' });
    expect((await submit(`/records/${id}/delete`)).text).toContain('This record is deleted.');
    expect((await get('/')).text).toContain('deleted');
    expect((await submit(`/records/${id}/undelete`)).text).toContain('Brought back.');
    expect(read(id)).toMatchObject({ IsDeleted: false });
  });

  it('pages through many, and has a 404 for what is not there', async () => {
    const rows = Array.from({ length: 60 }, (_, index) => ({ ...day, Name: `Deal ${index}.` }));
    salesforce.simulator.seed('Opportunity', rows);
    expect((await get('/')).text).toContain('Page 1 of 2');
    expect((await get('/?page=2')).text).toContain('Deal 9.');
    expect((await get('/records/0065f000000zzzzz')).status).toBe(404);
    expect((await get('/elsewhere')).status).toBe(404);
  });
});
