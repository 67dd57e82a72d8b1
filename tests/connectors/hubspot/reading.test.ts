import type { CrmDeal } from '../../../connectors/contract.js';
import type { HubspotSimulator } from '../../../connectors/hubspot/simulator/start.js';
import type { CrmUnderTest } from '../crm-under-test.js';
import { stampFor } from '../push-registration.js';
import { createObserved, hubspot, pipelines } from './fake-hubspot.js';
import { startHubspotUnderTest } from './hubspot-under-test.js';

const stageId = 'appointmentscheduled';

describe('reading deals from HubSpot', () => {
  let under: CrmUnderTest & { readonly simulator: HubspotSimulator };
  beforeEach(async () => {
    under = await startHubspotUnderTest();
  });
  afterEach(() => under.close());

  it('follows a merge also where a batch read does, and then costs no further call', async () => {
    under.simulator.configure({ mergedIdsInBatchRead: 'redirect' });
    const [first, second] = [1, 2].map((n) => under.crm.addDeal({ name: `Deal ${String(n)}`, stageId }));
    const survivor = under.crm.mergeDeals(first!, second!);
    const connector = under.connect();
    await connector.stages();
    under.crm.resetCalls();
    const readings = await connector.readDeals([first!, second!], { history: true });
    expect(readings.map((reading) => 'deal' in reading && reading.deal.crmDealId)).toEqual([survivor, survivor]);
    expect(under.crm.calls()).toBe(1);
  });

  it('needs one call for the archived and one for each merged deal, and no more', async () => {
    const ids = Array.from({ length: 6 }, (_, n) => under.crm.addDeal({ name: `Deal ${String(n)}`, stageId }));
    under.crm.archiveDeal(ids[0]!);
    under.crm.archiveDeal(ids[1]!);
    under.crm.mergeDeals(ids[2]!, ids[3]!);
    const connector = under.connect();
    await connector.stages();
    under.crm.resetCalls();
    const readings = await connector.readDeals([...ids, ids[5]!], { history: false });
    expect(readings.map((reading) => reading.kind)).toEqual([
      ...['archived', 'archived', 'moved', 'moved', 'found', 'found', 'found'],
    ]);
    expect(under.crm.calls()).toBe(2 + 2);
  });

  it('brings along the fields that the program maps', async () => {
    const connector = createObserved({
      apiUrl: under.simulator.url,
      auth: { kind: 'static', accessToken: under.simulator.accessToken },
      fieldMap: () => ['dealtype', 'no_such_property'],
    }).connector;
    const id = under.simulator.person.createRecord('deals', {
      dealname: 'A',
      dealstage: stageId,
      dealtype: 'newbusiness',
    });
    const [reading] = await connector.readDeals([id], { history: false });
    expect(reading).toMatchObject({ deal: { fields: { dealtype: 'newbusiness', no_such_property: null } } });
  });

  it('pages through an import that wrote hundreds of deals in the same millisecond', async () => {
    const at = new Date(Date.now() - 10_000);
    const same = Array.from({ length: 450 }, (_, n) => ({
      at,
      properties: { dealname: `Deal ${String(n)}`, dealstage: stageId },
    }));
    const ids = under.simulator.seed('deals', same);
    const connector = under.connect();
    const seen: CrmDeal[] = [];
    let cursor: string | null = null;
    for (let more = true; more;) {
      const page = await connector.changesSince(cursor, new Date(at.getTime() - 1_000));
      seen.push(...page.deals);
      ({ cursor, more } = page);
    }
    expect(new Set(seen.map((deal) => deal.crmDealId))).toEqual(new Set(ids));
  });
});

describe('changes beyond what a search can page through', () => {
  const search = '/crm/v3/objects/deals/search';
  const at = Date.parse('2026-11-10T12:00:00Z');
  const page = (after?: string) => ({
    total: 12_000,
    results: [{ id: '7', properties: { hs_lastmodifieddate: new Date(at).toISOString() } }],
    ...(after === undefined ? {} : { paging: { next: { after } } }),
  });
  const searched: { filterGroups: { filters: { value: string }[] }[]; after?: string }[] = [];
  beforeEach(() => {
    searched.length = 0;
    hubspot().get('/crm/v3/pipelines/deals').reply(200, pipelines);
  });

  const answerWith = (body: object): void =>
    void hubspot()
      .post(search, (asked: (typeof searched)[number]) => searched.push(asked) > 0)
      .reply(200, body);

  it('are read on from the last moment seen', async () => {
    answerWith(page('9800'));
    answerWith(page('10000'));
    answerWith(page());
    const { connector } = createObserved();
    const first = await connector.changesSince(null, new Date(at));
    const second = await connector.changesSince(first.cursor, new Date(at));
    const third = await connector.changesSince(second.cursor, new Date(at));
    expect([first.more, second.more, third.more]).toEqual([true, true, false]);
    expect(searched.map(({ after, filterGroups }) => [filterGroups[0]?.filters[0]?.value, after])).toEqual([
      [String(at), undefined],
      [String(at), '9800'],
      [String(at + 1), undefined],
    ]);
  });

  it('begin anew with a cursor that cannot be read', async () => {
    answerWith(page());
    const result = await createObserved().connector.changesSince('written by an older version', new Date(at));
    expect(result.more).toBe(false);
  });
});

describe('what a search may not look into', () => {
  it('is left out, and the rest is searched', async () => {
    const searched: { filterGroups: unknown[] }[] = [];
    const refuse = { status: 'error', message: 'property website is not accessible', category: 'VALIDATION_ERROR' };
    const note = (body: (typeof searched)[number]): boolean => searched.push(body) > 0;
    hubspot()
      .get(/contacts\/jane/)
      .reply(404, { category: 'OBJECT_NOT_FOUND' });
    hubspot().post('/crm/v3/objects/contacts/search').reply(400, refuse);
    hubspot().post('/crm/v3/objects/companies/search', note).times(2).reply(400, refuse);
    hubspot().post('/crm/v3/objects/companies/search', note).reply(200, { total: 0, results: [] });
    const company = { name: 'Acme', domain: 'acme.test', country: 'DE' };
    expect(await createObserved().connector.findMatches({ company, email: 'jane@acme.test' })).toEqual([]);
    expect(searched.at(-1)?.filterGroups).toEqual([
      { filters: [{ propertyName: 'domain', operator: 'EQ', value: 'acme.test' }] },
    ]);
  });
});

describe('a batch of writes that HubSpot carries out in part', () => {
  it('is told apart deal by deal', async () => {
    hubspot()
      .post('/crm/v3/objects/deals/batch/update')
      .reply(207, {
        status: 'COMPLETE',
        results: [{ id: '1', properties: {} }],
        numErrors: 2,
        errors: [
          { status: 'error', category: 'OBJECT_NOT_FOUND', message: 'gone', context: { ids: ['2'] } },
          { status: 'error', category: 'VALIDATION_ERROR', message: 'amount is too odd', context: { ids: ['3'] } },
        ],
      });
    hubspot()
      .post('/crm/v3/objects/deals/batch/read?archived=false')
      .reply(200, { results: [{ id: '3', properties: {} }] });
    const updates = ['1', '2', '3'].map((crmId) => ({ crmId, stamp: stampFor(`reg_${crmId}`) }));
    expect(await createObserved().connector.writeBack(updates)).toEqual([
      { kind: 'written', crmId: '1' },
      { kind: 'gone', crmId: '2' },
      { kind: 'rejected', crmId: '3', detail: 'amount is too odd' },
    ]);
  });
});

describe('the account behind a token', () => {
  const details = '/account-info/v3/details';
  it('is named with its home currency', async () => {
    hubspot().get(details).reply(200, { portalId: 62515, companyCurrency: 'EUR', timeZone: 'Europe/Berlin' });
    expect(await createObserved().connector.account()).toEqual({ accountId: '62515', currency: 'EUR' });
  });

  it('stays unnamed where the token may not ask', async () => {
    hubspot().get(details).reply(403, { category: 'MISSING_SCOPES', message: 'no' });
    expect(await createObserved().connector.account()).toEqual({ accountId: null, currency: null });
  });
});
