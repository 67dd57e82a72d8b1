import { refusalOf, useSimulatedHubspot } from '../simulated-hubspot.js';

const hubspot = useSimulatedHubspot();
const pipelines = () => hubspot.client.crm.pipelines.pipelinesApi;
const stages = () => hubspot.client.crm.pipelines.pipelineStagesApi;

function dealIn(dealstage: string, pipeline = 'default'): string {
  return hubspot.simulator.person.createRecord('deals', { dealname: 'a', dealstage, pipeline });
}

async function outcome(id: string): Promise<readonly (string | null | undefined)[]> {
  const { properties } = await hubspot.client.crm.deals.basicApi.getById(id, ['hs_is_closed_won', 'hs_is_closed_lost']);
  return [properties.hs_is_closed_won, properties.hs_is_closed_lost];
}

describe('pipelines', () => {
  it('show the sales pipeline with metadata as strings', async () => {
    const { results } = await pipelines().getAll('deals');
    expect(results.map(({ id }) => id)).toEqual(['default']);
    const won = results[0]?.stages.find(({ id }) => id === 'closedwon');
    expect(won?.metadata).toEqual({ isClosed: 'true', probability: '1.0' });
    expect((await pipelines().getAll('contacts')).results).toEqual([]);
  });

  it('can be added, with numbers for stage ids that mean won by their probability alone', async () => {
    const made = await pipelines().create('deals', {
      label: 'Partners',
      displayOrder: 1,
      stages: [
        { label: 'Open', displayOrder: 0, metadata: { probability: '0.5' } },
        { label: 'Signed', displayOrder: 1, metadata: { probability: '1.0' } },
      ],
    });
    const [open, signed] = made.stages.map(({ id }) => id);
    expect(signed).toMatch(/^\d+$/);
    const deal = dealIn(open ?? '', made.id);
    hubspot.simulator.person.moveDeal(deal, signed ?? '');
    expect(await outcome(deal)).toEqual(['true', 'false']);
    await expect(refusalOf(pipelines().archive('deals', made.id))).resolves.toMatchObject({
      code: 400,
      body: { subCategory: 'PipelineError.STAGE_ID_IN_USE', context: { objectIds: [deal] } },
    });
  });

  it('let a stage called closedwon mean something else, and its deals follow', async () => {
    const deal = dealIn('closedwon');
    expect(await outcome(deal)).toEqual(['true', 'false']);
    await stages().update('deals', 'default', 'closedwon', {
      label: 'Proposal sent',
      metadata: { probability: '0.7' },
    });
    expect(await outcome(deal)).toEqual(['false', 'false']);
    await stages().update('deals', 'default', 'closedwon', { metadata: { probability: '0.0' } });
    expect(await outcome(deal)).toEqual(['false', 'true']);
  });

  it('let stages come and go, unless a deal stands in them', async () => {
    const stage = await stages().create('deals', 'default', {
      label: 'New',
      displayOrder: 9,
      metadata: { probability: '0.3' },
    });
    const deal = dealIn(stage.id);
    expect((await refusalOf(stages().archive('deals', 'default', stage.id))).code).toBe(400);
    hubspot.simulator.person.moveDeal(deal, 'closedlost');
    await stages().archive('deals', 'default', stage.id);
    expect((await refusalOf(stages().getById('deals', 'default', stage.id))).code).toBe(404);
    const bare = { label: 'x', displayOrder: 0, metadata: {} };
    expect((await refusalOf(stages().create('deals', 'default', bare))).code).toBe(400);
  });

  it('refuse a stage of another pipeline', async () => {
    const other = hubspot.simulator.person.addPipeline('Other', [{ label: 'Somewhere', probability: '0.1' }]);
    const deal = dealIn('qualifiedtobuy');
    const move = hubspot.client.crm.deals.basicApi.update(deal, {
      properties: { dealstage: other.stages[0]?.id ?? '' },
    });
    expect((await refusalOf(move)).body.errors[0]?.code).toBe('INVALID_OPTION');
  });
});
