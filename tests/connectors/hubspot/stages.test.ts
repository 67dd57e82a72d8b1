import { CrmUnavailable, type CrmDeal } from '../../../connectors/contract.js';
import { createStages, type Stages } from '../../../connectors/hubspot/stages.js';
import { createObserved, hubspot, pipelines } from './fake-hubspot.js';

const batchRead = '/crm/v3/objects/deals/batch/read?archived=false';

async function readOne(properties: Record<string, string | null>, history?: object[]): Promise<CrmDeal | undefined> {
  hubspot().get('/crm/v3/pipelines/deals').reply(200, pipelines);
  const record = {
    id: '7',
    properties,
    ...(history === undefined ? {} : { propertiesWithHistory: { dealstage: history } }),
  };
  hubspot()
    .post(batchRead)
    .reply(200, { status: 'COMPLETE', results: [record] });
  const [reading] = await createObserved().connector.readDeals(['7'], { history: history !== undefined });
  return reading?.kind === 'found' ? reading.deal : undefined;
}

describe('what a stage means', () => {
  it('is read from the pipeline, in every pipeline, and never from its id', async () => {
    hubspot().get('/crm/v3/pipelines/deals').reply(200, pipelines);
    const stages = await createObserved().connector.stages();
    expect(stages.map(({ id, pipelineId, outcome }) => [pipelineId, id, outcome])).toEqual([
      ['default', 'appointmentscheduled', 'open'],
      ['default', 'closedwon', 'open'],
      ['default', '5005', 'won'],
      ['default', 'closedlost', 'lost'],
      ['default', 'parked', 'open'],
      ['77', '9001', 'open'],
      ['77', '9002', 'won'],
      ['77', '9003', 'lost'],
    ]);
  });

  it.each<[string, Record<string, string | null>, string]>([
    ['a relabelled closedwon', { dealstage: 'closedwon', pipeline: 'default', hs_is_closed_won: 'false' }, 'open'],
    ['a won stage of another pipeline', { dealstage: '9002', pipeline: '77' }, 'won'],
    ['a lost stage of another pipeline', { dealstage: '9003', pipeline: '77', hs_is_closed_won: 'false' }, 'lost'],
    ["HubSpot's own verdict", { dealstage: '4711', hs_is_closed_won: 'true' }, 'won'],
    [
      'a deleted stage that closed the deal',
      { dealstage: '4711', hs_is_closed: 'true', hs_is_closed_won: 'false' },
      'lost',
    ],
    ['a deleted stage', { dealstage: '4711' }, 'open'],
    ['no stage at all', { dealstage: null }, 'open'],
  ])('decides a deal: %s', async (_, properties, outcome) => {
    // An unknown stage may ask for the pipelines again.
    hubspot().get('/crm/v3/pipelines/deals').optionally().reply(200, pipelines);
    expect((await readOne(properties))?.outcome).toBe(outcome);
  });

  it('decides the history too, oldest first, and the present stage has the outcome of the deal', async () => {
    const history = [
      { value: '4711', timestamp: '2026-03-03T10:00:00Z', sourceType: 'CRM_UI' },
      { value: 'closedlost', timestamp: '2026-03-02T10:00:00.5Z', sourceType: 'CRM_UI' },
      { value: '', timestamp: '2026-03-01T11:00:00Z', sourceType: 'CRM_UI' },
      { value: 'appointmentscheduled', timestamp: '2026-03-01T10:00:00Z', sourceType: 'API' },
    ];
    const deal = await readOne({ dealstage: '4711', pipeline: 'default', hs_is_closed_won: 'true' }, history);
    expect(deal?.stageHistory).toEqual([
      { at: '2026-03-01T10:00:00.000Z', stageId: 'appointmentscheduled', outcome: 'open' },
      { at: '2026-03-02T10:00:00.500Z', stageId: 'closedlost', outcome: 'lost' },
      { at: '2026-03-03T10:00:00.000Z', stageId: '4711', outcome: 'won' },
    ]);
  });

  it('comes with the rest of the deal in neutral words', async () => {
    const deal = await readOne({
      dealname: 'Rollout',
      pipeline: 'default',
      dealstage: '5005',
      amount: '1500.00',
      deal_currency_code: 'EUR',
      closedate: '2026-03-31T23:59:59.000Z',
      hubspot_owner_id: '',
      hs_merged_object_ids: '5;6',
      introducer_registration_id: 'reg_1',
      createdate: '1772359200000',
    });
    expect(deal).toEqual({
      crmDealId: '7',
      name: 'Rollout',
      pipelineId: 'default',
      stageId: '5005',
      stageLabel: 'Label of 5005',
      outcome: 'won',
      amount: '1500.00',
      currency: 'EUR',
      closeDate: '2026-03-31',
      ownerId: null,
      registrationId: 'reg_1',
      partner: null,
      mergedIds: ['5', '6'],
      createdAt: '2026-03-01T10:00:00.000Z',
      modifiedAt: null,
      stageHistory: null,
      fields: {},
    });
  });

  describe('is remembered', () => {
    let reads: number;
    let nowMs: number;
    let answer: () => unknown;
    let stages: Stages;
    beforeEach(() => {
      reads = 0;
      nowMs = 0;
      answer = () => pipelines;
      stages = createStages({
        call: (_, shape) => {
          reads += 1;
          return Promise.resolve().then(() => shape.parse(answer()));
        },
        elapsedMs: () => nowMs,
      });
    });

    it('and looked up again every few minutes', async () => {
      await Promise.all([stages.book(), stages.book()]);
      await stages.book();
      expect(reads).toBe(1);
      nowMs += 300_000;
      await stages.book();
      expect(reads).toBe(2);
    });

    it('and looked up at once for a stage nobody knows, but not for every deal in it', async () => {
      await stages.bookWith(['5005']);
      nowMs += 30_000;
      await stages.bookWith(['5005', 'new']);
      await stages.bookWith(['new']);
      await stages.bookWith(['new']);
      expect(reads).toBe(2);
      nowMs += 30_000;
      await stages.bookWith(['new']);
      expect(reads).toBe(3);
    });

    it('while HubSpot is away', async () => {
      await stages.book();
      nowMs += 400_000;
      answer = () => {
        throw new CrmUnavailable({ operation: 'read pipelines', vendorMessage: 'away' });
      };
      expect((await stages.book()).find('5005')?.outcome).toBe('won');
    });
  });

  it('places a new deal in the first open stage of the default pipeline', async () => {
    const read = () => Promise.resolve(pipelines);
    const stages = createStages({ call: async (_, shape) => shape.parse(await read()), elapsedMs: () => 0 });
    expect(await stages.initial()).toEqual({ pipelineId: 'default', stageId: 'appointmentscheduled' });
  });

  it('does not matter for a configured first stage', async () => {
    const initialStage = { pipelineId: '77', stageId: '9001' };
    const call = () => Promise.reject(new TypeError('not asked'));
    expect(await createStages({ call, elapsedMs: () => 0, initialStage: () => initialStage }).initial()).toEqual(
      initialStage,
    );
  });

  it('is a matter for a person when no pipeline has an open stage', async () => {
    const closed = { results: [{ ...pipelines.results[0], stages: [] }] };
    const stages = createStages({ call: (_, shape) => Promise.resolve(shape.parse(closed)), elapsedMs: () => 0 });
    await expect(stages.initial()).rejects.toThrow(/No deal pipeline has an open stage/);
  });
});
