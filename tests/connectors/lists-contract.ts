import type { CrmConnector } from '../../connectors/contract.js';
import type { CrmUnderTest, Peculiarity, StartCrm } from './crm-under-test.js';

export function describeLists(start: StartCrm, lacks: readonly Peculiarity[]): void {
  let under: CrmUnderTest;
  let connector: CrmConnector;
  beforeEach(async () => {
    under = await start();
    connector = under.connect();
  });
  afterEach(() => under.close());

  it('tells every pipeline with its stages, as deals are judged by them', async () => {
    const added = under.crm.addPipeline('Renewals');
    const pipelines = await connector.pipelines();
    const flat = pipelines.flatMap(({ id, stages }) => stages.map((stage) => ({ ...stage, pipelineId: id })));
    expect(flat).toEqual(await connector.stages());
    expect(flat.filter(({ id }) => id === added.won).map(({ outcome }) => outcome)).toContain('won');
  });

  it('tells the stages as they are now, although it asked before', async () => {
    await connector.pipelines();
    const { open } = under.crm.addPipeline('Renewals');
    const now = await connector.pipelines();
    expect(now.flatMap(({ stages }) => stages.map(({ id }) => id))).toContain(open);
  });

  it('tells the fields of each kind of record, ours marked, and none of a kind it has not', async () => {
    const deal = (await connector.fields('deal')) ?? [];
    expect(deal.filter(({ ours }) => ours).map(({ label }) => label)).toContain('Introduced by');
    expect(deal.filter(({ ours }) => !ours).length).toBeGreaterThan(5);
    for (const record of ['company', 'contact'] as const) expect(await connector.fields(record)).not.toBeNull();
    expect((await connector.fields('lead')) === null).toBe(lacks.includes('leads'));
  });

  it('tells choices with what records hold and what people read', async () => {
    const company = (await connector.fields('company')) ?? [];
    const industry = company.find(({ name }) => name.toLowerCase() === 'industry');
    expect(industry).toMatchObject({ type: 'choice', writable: true, ours: false });
    expect(industry?.choices.map(({ label }) => label)).toContain('Banking');
    expect(company.filter(({ type }) => type === 'number').flatMap(({ choices }) => choices)).toEqual([]);
  });

  it('says that it could not ask, in the words of the CRM', async () => {
    under.crm.spoilEveryCall('server-error');
    await expect(connector.fields('company')).rejects.toMatchObject({ kind: 'unavailable' });
    await expect(connector.pipelines()).rejects.toMatchObject({ kind: 'unavailable' });
  });
}
