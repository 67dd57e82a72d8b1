import { FilterOperatorEnum as Operator } from '@hubspot/api-client/lib/codegen/crm/deals/models/Filter.js';
import type { PublicObjectSearchRequest } from '@hubspot/api-client/lib/codegen/crm/deals/models/PublicObjectSearchRequest.js';
import { createTestClock } from '../../../../support/test-clock.js';
import { rawCall, refusalOf, useSimulatedHubspot } from '../simulated-hubspot.js';

const clock = createTestClock();
const hubspot = useSimulatedHubspot({ clock });

const search = (request: PublicObjectSearchRequest) => hubspot.client.crm.deals.searchApi.doSearch(request);
const filter = (
  propertyName: string,
  operator: Operator,
  more: { value?: string; values?: string[]; highValue?: string },
) => ({
  filterGroups: [{ filters: [{ propertyName, operator, ...more }] }],
});

async function names(request: PublicObjectSearchRequest): Promise<readonly (string | null | undefined)[]> {
  return (await search(request)).results.map(({ properties }) => properties.dealname);
}

beforeEach(() => {
  clock.set('2026-03-02T09:00:00.000Z');
  hubspot.simulator.seed('deals', [
    {
      properties: { dealname: 'Alpha route planning', dealstage: 'qualifiedtobuy', amount: '100' },
      at: '2026-03-01T00:00:00Z',
    },
    { properties: { dealname: 'Beta', dealstage: 'closedwon', amount: '20.5' }, at: '2026-03-02T00:00:00Z' },
    { properties: { dealname: 'gamma', dealstage: 'closedlost' }, at: '2026-02-01T00:00:00Z' },
  ]);
});

describe('a search', () => {
  it.each([
    ['EQ without regard to case', filter('dealname', Operator.Eq, { value: 'GAMMA' }), ['gamma']],
    ['EQ of a number by its worth', filter('amount', Operator.Eq, { value: '20.50' }), ['Beta']],
    ['NEQ', filter('dealname', Operator.Neq, { value: 'beta' }), ['gamma', 'Alpha route planning']],
    ['GT', filter('amount', Operator.Gt, { value: '20.5' }), ['Alpha route planning']],
    ['LTE', filter('amount', Operator.Lte, { value: '20.5' }), ['Beta']],
    [
      'BETWEEN',
      filter('amount', Operator.Between, { value: '20', highValue: '100' }),
      ['Alpha route planning', 'Beta'],
    ],
    ['IN, exact for options', filter('dealstage', Operator.In, { values: ['closedwon', 'CLOSEDLOST'] }), ['Beta']],
    ['IN of texts in lower case', filter('dealname', Operator.In, { values: ['beta', 'GAMMA'] }), ['Beta']],
    ['NOT_IN', filter('dealstage', Operator.NotIn, { values: ['closedwon', 'closedlost'] }), ['Alpha route planning']],
    ['HAS_PROPERTY', filter('amount', Operator.HasProperty, {}), ['Alpha route planning', 'Beta']],
    ['NOT_HAS_PROPERTY', filter('amount', Operator.NotHasProperty, {}), ['gamma']],
    ['CONTAINS_TOKEN', filter('dealname', Operator.ContainsToken, { value: 'Route' }), ['Alpha route planning']],
    ['CONTAINS_TOKEN with *', filter('dealname', Operator.ContainsToken, { value: 'plan*' }), ['Alpha route planning']],
    ['NOT_CONTAINS_TOKEN', filter('dealname', Operator.NotContainsToken, { value: 'plan*' }), ['gamma', 'Beta']],
    [
      'a moment in milliseconds',
      filter('createdate', Operator.Gte, { value: String(Date.parse('2026-03-02T00:00:00Z')) }),
      ['Beta'],
    ],
    ['derived values', filter('hs_is_closed_won', Operator.Eq, { value: 'true' }), ['Beta']],
    ['a text anywhere', { query: 'ROUTE' }, ['Alpha route planning']],
  ])('knows %s', async (_what, request, expected) => {
    expect(await names(request)).toEqual(expected);
  });

  it('joins groups by OR and filters by AND, oldest first, or as sorted', async () => {
    const won = { propertyName: 'dealstage', operator: Operator.Eq, value: 'closedwon' };
    const cheap = { propertyName: 'amount', operator: Operator.Lt, value: '50' };
    const lost = { propertyName: 'dealstage', operator: Operator.Eq, value: 'closedlost' };
    expect(await names({ filterGroups: [{ filters: [won, cheap] }, { filters: [lost] }] })).toEqual(['gamma', 'Beta']);
    expect(await names({ sorts: ['-dealname'] })).toEqual(['gamma', 'Beta', 'Alpha route planning']);
    const sorted = { sorts: [{ propertyName: 'createdate', direction: 'DESCENDING' }], limit: 1 };
    const answer = await rawCall(hubspot.simulator, 'POST', '/crm/v3/objects/deals/search', sorted);
    expect(answer.body).toMatchObject({ total: 3, paging: { next: { after: '1' } } });
  });

  it('pages by offset and refuses to go beyond ten thousand, two hundred a page, or six filters', async () => {
    const first = await search({ limit: 2 });
    const second = await search({ limit: 2, after: first.paging?.next?.after ?? '' });
    expect([first.results.length, second.results.length, second.paging]).toEqual([2, 1, undefined]);
    const many = Array.from({ length: 7 }, () => ({ propertyName: 'amount', operator: Operator.HasProperty }));
    for (const tooMuch of [
      { limit: 201 },
      { limit: 200, after: '9900' },
      { filterGroups: [{ filters: many }] },
      { query: 'x'.repeat(3000) },
      filter('no_such_property', Operator.HasProperty, {}),
    ]) {
      expect((await refusalOf(search(tooMuch))).code).toBe(400);
    }
  });

  it('finds deals by the contact they belong to', async () => {
    const [deal] = hubspot.simulator.person.records('deals');
    const contact = hubspot.simulator.person.createRecord('contacts', { email: 'ida@brightwater.example' });
    hubspot.simulator.person.associate('deals', deal?.id ?? '', { type: 'contacts', id: contact });
    expect(await names(filter('associations.contact', Operator.Eq, { value: contact }))).toEqual([
      deal?.properties.dealname,
    ]);
  });

  it('does not show archived deals', async () => {
    for (const { id } of hubspot.simulator.person.records('deals')) hubspot.simulator.person.archiveRecord('deals', id);
    expect((await search({})).total).toBe(0);
  });
});

describe('the index behind search', () => {
  it('is late by the lag that is set, while reads are not', async () => {
    hubspot.simulator.configure({ searchLagMs: 1000 });
    const [{ id } = { id: '' }] = hubspot.simulator.person.records('deals');
    hubspot.simulator.person.updateRecord('deals', id, { dealname: 'Renamed' });
    const renamed = filter('dealname', Operator.Eq, { value: 'renamed' });
    expect(await names(renamed)).toEqual([]);
    expect(await names(filter('dealname', Operator.ContainsToken, { value: 'alpha' }))).toEqual([
      'Alpha route planning',
    ]);
    expect((await hubspot.client.crm.deals.basicApi.getById(id)).properties.dealname).toBe('Renamed');
    clock.advanceMs(1000);
    expect(await names(renamed)).toEqual(['Renamed']);
  });

  it('catches up at once when told to', async () => {
    hubspot.simulator.configure({ searchLagMs: 60_000 });
    hubspot.simulator.person.createRecord('deals', { dealname: 'Late', dealstage: 'qualifiedtobuy' });
    expect((await search({})).total).toBe(3);
    hubspot.simulator.flushSearch();
    expect((await search({})).total).toBe(4);
  });
});
