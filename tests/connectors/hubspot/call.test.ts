import nock from 'nock';
import { CrmRateLimited, CrmUnauthorised, CrmUnavailable } from '../../../connectors/contract.js';
import { stampFor } from '../push-registration.js';
import { createObserved, hubspot, pipelines } from './fake-hubspot.js';

const batchRead = '/crm/v3/objects/deals/batch/read?archived=false';
const update = '/crm/v3/objects/deals/batch/update';
const updates = [{ crmId: '7', stamp: stampFor('reg_1') }];

describe('a call to HubSpot', () => {
  it('says what was done, how long it took and how it ended, and nothing else', async () => {
    hubspot().get('/crm/v3/pipelines/deals').reply(200, pipelines);
    const { connector, observations } = createObserved();
    await connector.stages();
    expect(observations).toEqual([
      { operation: 'read pipelines', durationMs: expect.any(Number), outcome: 'ok', httpStatus: 200 },
    ]);
  });

  it('that reads is sent again after a brief fault, and only so often', async () => {
    hubspot().get('/crm/v3/pipelines/deals').reply(502, '<html></html>', { 'content-type': 'text/html' });
    hubspot().get('/crm/v3/pipelines/deals').replyWithError('socket hang up');
    hubspot().get('/crm/v3/pipelines/deals').reply(200, pipelines);
    const { connector, observations } = createObserved();
    await connector.stages();
    expect(observations.map((one) => one.outcome)).toEqual(['unavailable', 'unavailable', 'ok']);

    hubspot().get('/crm/v3/pipelines/deals').times(5).reply(500, {});
    await expect(createObserved().connector.stages()).rejects.toThrow(CrmUnavailable);
    expect(nock.pendingMocks()).toHaveLength(1);
  });

  it('that writes is never sent again by itself', async () => {
    hubspot().post(update).reply(500, {});
    const { connector, observations } = createObserved();
    await expect(connector.writeBack(updates)).rejects.toThrow(CrmUnavailable);
    expect(observations).toHaveLength(1);
  });

  it.each([
    ['a rate limit', 429, { policyName: 'TEN_SECONDLY_ROLLING', message: 'limit' }, CrmRateLimited],
    ['a lock', 423, {}, CrmUnavailable],
    ['a data-centre move', 477, {}, CrmUnavailable],
  ] as const)('meets %s: the caller is told, and nothing is sent again', async (_, status, body, kind) => {
    hubspot().get('/crm/v3/pipelines/deals').reply(status, body);
    const { connector, observations } = createObserved();
    await expect(connector.stages()).rejects.toThrow(kind);
    expect(observations).toHaveLength(1);
  });

  it('is given up after the timeout, and a late failure disturbs nobody', async () => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown): void => void unhandled.push(reason);
    process.on('unhandledRejection', note);
    hubspot().get('/crm/v3/pipelines/deals').delay(120).replyWithError('reset');
    const { connector, observations } = createObserved({ timeoutMs: 30 });
    await expect(connector.stages()).rejects.toThrow(/within 30 ms/);
    await new Promise((resolve) => setTimeout(resolve, 200));
    process.off('unhandledRejection', note);
    expect(unhandled).toEqual([]);
    expect(observations).toMatchObject([{ outcome: 'unavailable', httpStatus: null }]);
  });

  it.each([
    ['no JSON', '<html>welcome</html>'],
    ['another object', { hello: true }],
    ['a record without an id', { results: [{ properties: {} }] }],
    ['nothing', ''],
  ])('whose success says %s counts as unavailable: it may have happened', async (_, body) => {
    hubspot().post(update).reply(200, body);
    await expect(createObserved().connector.writeBack(updates)).rejects.toThrow(CrmUnavailable);
  });

  it('does without a content type', async () => {
    hubspot().get('/crm/v3/pipelines/deals').reply(200, JSON.stringify(pipelines), {});
    expect((await createObserved().connector.stages()).length).toBe(8);
  });

  it('takes numbers and booleans where HubSpot promises texts', async () => {
    hubspot().get('/crm/v3/pipelines/deals').reply(200, pipelines);
    hubspot()
      .post(batchRead)
      .reply(200, { results: [{ id: 7, properties: { amount: 12.5, hs_is_closed_won: true } }] });
    const [reading] = await createObserved().connector.readDeals(['7'], { history: false });
    expect(reading).toMatchObject({ kind: 'found', deal: { crmDealId: '7', amount: '12.5', outcome: 'won' } });
  });

  it('with a static token that is refused is not tried again', async () => {
    hubspot().get('/crm/v3/pipelines/deals').reply(401, { message: 'bad', category: 'INVALID_AUTHENTICATION' });
    const { connector, observations } = createObserved();
    await expect(connector.stages()).rejects.toThrow(CrmUnauthorised);
    expect(observations).toMatchObject([{ outcome: 'unauthorised', httpStatus: 401 }]);
  });

  it('of one account is not touched by another account in the same process', async () => {
    const tokens: (string | undefined)[] = [];
    nock('https://one.test')
      .get('/crm/v3/pipelines/deals')
      .reply(function () {
        tokens.push(String(this.req.headers['authorization']));
        return [200, pipelines];
      });
    nock('https://two.test')
      .get('/crm/v3/pipelines/deals')
      .reply(function () {
        tokens.push(String(this.req.headers['authorization']));
        return [200, pipelines];
      });
    const one = createObserved({ apiUrl: 'https://one.test/', auth: { kind: 'static', accessToken: 'pat-one' } });
    const two = createObserved({ apiUrl: 'https://two.test', auth: { kind: 'static', accessToken: 'pat-two' } });
    await Promise.all([one.connector.stages(), two.connector.stages()]);
    expect(tokens.toSorted()).toEqual(['Bearer pat-one', 'Bearer pat-two']);
  });
});
