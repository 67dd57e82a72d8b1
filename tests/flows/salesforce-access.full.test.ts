import { setTimeout as pause } from 'node:timers/promises';
import { eventually } from '../support/eventually.js';
import { startSweptSalesforce, type SweptSalesforce } from '../support/swept-salesforce.js';

const quarterMs = 15 * 60_000;

describe('the way to Salesforce', () => {
  let road: SweptSalesforce;

  beforeAll(async () => {
    road = await startSweptSalesforce({ settings: { oauth: { rotateRefreshTokens: true } } });
  });
  afterEach(() => {
    road.salesforce.clearFaults();
    road.salesforce.configure({ oauth: { expireAfterCalls: null } });
  });
  afterAll(() => road.service.close());

  /** The first call after a quarter of an hour only looks; what else waits comes a quarter later. */
  const quartersPass = async (quarters: number): Promise<void> => {
    const { composition, foundations } = road.service.internals;
    for (let passed = 0; passed < quarters; passed += 1) {
      road.service.clock.advanceMs(quarterMs);
      for (const job of composition.jobs) foundations.queue.wake(job.kind);
      await pause(500);
    }
    await road.service.settled();
  };
  const winsAndIsCredited = async (lead: Awaited<ReturnType<SweptSalesforce['pushLead']>>): Promise<void> => {
    const converted = await road.convert(lead);
    road.win(converted.opportunityId);
    await road.look();
    expect(await road.bookOf(lead)).toEqual(['commission 1200.00 USD']);
    expect(road.valuesOf(converted.opportunityId)).toMatchObject({ Introducer_Commission__c: 1_200 });
    expect(await road.problems(lead.registrationId)).toEqual([]);
    await eventually('no problem is left', async () => (await road.problems('salesforce')).length === 0);
  };

  it('is opened anew as often as sessions end in the middle of the work, each time with the next refresh token', async () => {
    road.salesforce.configure({ oauth: { expireAfterCalls: 6 } });
    await winsAndIsCredited(await road.pushLead());
  });

  it('leads to the new address once the organisation has moved', async () => {
    const lead = await road.pushLead();
    await road.salesforce.moveInstance();
    await winsAndIsCredited(lead);
  });

  it('is shut when the day’s calls are used up, and work waits for it instead of being set aside', async () => {
    const lead = await road.pushLead();
    const { perDay } = road.salesforce.settings.limits;
    road.salesforce.usage.add(perDay - road.salesforce.usage.used());
    const waiting = await road.introduce();
    expect(road.leadsOf(waiting)).toEqual([]);
    expect(await road.problems(waiting.registrationId)).toEqual([]);
    road.salesforce.usage.reset();
    await quartersPass(4);
    expect(road.leadsOf(waiting)).toHaveLength(1);
    await winsAndIsCredited(lead);
  });

  it('says whose consent is missing when it was revoked, and goes on once it is back', async () => {
    const lead = await road.pushLead();
    const refusal = { errorCode: 'invalid_grant', message: 'expired access/refresh token', status: 400 };
    road.salesforce.addFault({ kind: 'error', path: '*/oauth2/token', ...refusal });
    road.salesforce.sessions.expireAll();
    await road.look();
    const [problem] = await road.problems('salesforce');
    expect(problem?.detail).toContain('expired access/refresh token');
    road.salesforce.clearFaults();
    await winsAndIsCredited(lead);
  });
});
