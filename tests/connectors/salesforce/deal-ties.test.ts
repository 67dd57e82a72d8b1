import { dealsAround, tiesOfDeals, tiesOfDealsSize } from '../../../connectors/salesforce/deal-ties.js';
import {
  answerComposites,
  answerQueries,
  answerStages,
  answerUserInfo,
  createReading,
  describeObject,
  stageRows,
} from './recorded-org.js';

const dealId = '0065f00000UloqVAAR';
const otherId = '0065f00000UloqWAAR';
const contactId = '0035f00000AbCdEAAV';
const accountId = '0015f00000AbCdEAAV';
const role = { Id: '00K1', OpportunityId: dealId, ContactId: contactId };
const deal = (Id: string, AccountId: string | null, CreatedDate: string) => ({
  Id,
  AccountId,
  CreatedDate,
  Name: Id,
  StageName: 'Prospecting',
});

describe('whom deals are about', () => {
  it('is their account and the contacts that have a role in them, each once, in one call', async () => {
    const calls = answerComposites({
      Opportunity: [
        { Id: dealId, AccountId: accountId },
        { Id: otherId, AccountId: null },
      ],
      OpportunityContactRole: [role, { ...role, Id: '00K2' }],
    });
    const { call } = createReading();
    expect(await tiesOfDeals(call, [dealId, otherId, 'no-id'])).toEqual([
      { crmDealId: dealId, contactIds: [contactId], companyIds: [accountId] },
      { crmDealId: otherId, contactIds: [], companyIds: [] },
    ]);
    const ids = Array.from({ length: tiesOfDealsSize }, (_, index) => `0065f0000${String(index).padStart(6, '0')}`);
    await tiesOfDeals(call, ids);
    expect(calls.map((queries) => queries.length)).toEqual([2, 4]);
  });
});

describe('the deals of a customer', () => {
  const around = async (records: { contactIds: readonly string[]; companyIds: readonly string[] }) => {
    describeObject('Opportunity', ['Id']);
    answerUserInfo('EUR');
    answerStages(stageRows);
    const reading = createReading();
    return dealsAround(reading.call, await reading.mapping(), records);
  };

  it('are those of its account and of its contacts, newest first, with what ties them', async () => {
    const calls = answerComposites({
      Opportunity: [
        deal(dealId, '0015f00000AbCdFAAV', '2026-10-01T08:00:00.000+0000'),
        deal(otherId, accountId, '2026-10-02T08:00:00.000+0000'),
      ],
      OpportunityContactRole: [role],
    });
    const found = await around({ contactIds: [contactId], companyIds: [accountId] });
    expect(found.map((one) => [one.deal.crmDealId, one.contactIds, one.companyIds])).toEqual([
      [otherId, [], [accountId]],
      [dealId, [contactId], []],
    ]);
    expect(calls.map((queries) => queries.length)).toEqual([3]);
  });

  it('are not everybody’s that has no account, where only a contact is known, and none where nothing is', async () => {
    const calls = answerComposites({ Opportunity: [], OpportunityContactRole: [] });
    expect(await around({ contactIds: [contactId], companyIds: ['999999999'] })).toEqual([]);
    expect(calls.flat().join()).not.toContain('AccountId IN');
    expect(await around({ contactIds: [], companyIds: [] })).toEqual([]);
    expect(calls).toHaveLength(1);
  });

  it('are asked for by the account alone where no contact is known', async () => {
    const asked = answerQueries({ Opportunity: [deal(otherId, accountId, '2026-10-02T08:00:00.000+0000')] });
    const found = await around({ contactIds: [], companyIds: [accountId] });
    expect(found).toMatchObject([{ deal: { crmDealId: otherId }, contactIds: [], companyIds: [accountId] }]);
    expect(asked.join()).not.toContain('ContactRole');
  });
});
