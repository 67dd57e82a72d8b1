import { createHomeCurrency, readAccount } from '../../../connectors/salesforce/account.js';
import { readDeals } from '../../../connectors/salesforce/read-deals.js';
import { createSchema } from '../../../connectors/salesforce/schema.js';
import { historySource } from '../../../connectors/salesforce/stage-history.js';
import { createObserved, instanceUrl } from './fake-salesforce.js';
import nock from 'nock';
import {
  answerComposites,
  answerQueries,
  answerStages,
  answerUserInfo,
  createReading,
  describeObject,
  hideObject,
  stageRows,
} from './recorded-org.js';

const dealId = '0065f00000UloqVAAR';
const otherId = '0065f00000UloqWAAR';
const wonRow = {
  attributes: { type: 'Opportunity', url: `/services/data/v67.0/sobjects/Opportunity/${dealId}` },
  Id: dealId,
  IsDeleted: false,
  Name: 'Acme\u0000 rollout',
  StageName: 'Signed',
  Amount: 12000.5,
  CloseDate: '2026-11-30',
  OwnerId: '0055f000005mc66AAA',
  IsClosed: true,
  IsWon: true,
  CreatedDate: '2026-10-01T08:00:00.000+0000',
  SystemModstamp: '2026-11-22T06:00:00.000+0000',
  LastStageChangeDate: '2026-11-22T06:00:00.000+0000',
  Introducer_Registration_Id__c: 'reg_1',
  Account: { attributes: { type: 'Account' }, Industry: 'Energy' },
  Margin__c: 0.25,
};
const registration = 'Introducer_Registration_Id__c';
function describeAll(fieldsOfDeals: Parameters<typeof describeObject>[1] = []): void {
  const account = { name: 'AccountId', type: 'reference', referenceTo: ['Account'], relationshipName: 'Account' };
  describeObject('Opportunity', ['Id', 'LastStageChangeDate', registration, account, 'Margin__c', ...fieldsOfDeals]);
  describeObject('Account', ['Id', 'Industry']);
  describeObject('OpportunityHistory', ['Id']);
  describeObject('OpportunityLineItem', ['Id', 'TotalPrice']);
  answerUserInfo('EUR');
}

describe('a deal', () => {
  it('is read with its exact amount, its own verdict, the fields plans look at and the currency of the organisation', async () => {
    describeAll();
    const asked = answerQueries({ Opportunity: [wonRow], OpportunityStage: stageRows });
    const reading = createReading();
    const mapping = await reading.mapping(['Margin__c', 'Account.Industry', 'Hidden__c', 'Account.Nothing']);
    const [found] = await readDeals(reading.call, mapping, ['0065f00000UloqV'], null);
    expect(found).toMatchObject({
      kind: 'found',
      requestedId: '0065f00000UloqV',
      deal: {
        crmDealId: dealId,
        name: 'Acme rollout',
        pipelineId: '012000000000000AAA',
        stageId: 'Signed',
        stageLabel: 'Unterschrieben',
        outcome: 'won',
        amount: '12000.5',
        currency: 'EUR',
        closeDate: '2026-11-30',
        registrationId: 'reg_1',
        createdAt: '2026-10-01T08:00:00.000Z',
        modifiedAt: '2026-11-22T06:00:00.000Z',
        stageHistory: null,
        fields: { Margin__c: '0.25', 'Account.Industry': 'Energy', Hidden__c: null, 'Account.Nothing': null },
      },
    });
    expect(asked.join()).not.toContain('Hidden__c');
    expect(asked.join()).not.toContain('CurrencyIsoCode');
  });

  it('says its own currency where an organisation has several', async () => {
    describeAll(['CurrencyIsoCode']);
    const rows = {
      Opportunity: [{ ...wonRow, CurrencyIsoCode: 'JPY' }],
      CurrencyType: [{ Id: '01L1', IsoCode: 'USD' }],
    };
    answerQueries({ ...rows, OpportunityStage: stageRows });
    const reading = createReading();
    const [found] = await readDeals(reading.call, await reading.mapping(), [dealId], null);
    expect(found).toMatchObject({ deal: { currency: 'JPY' } });
  });

  it('has the exact sum of its line items where plans look at them', async () => {
    describeAll();
    const items = ['0.1', '0.2', '90071992547409930.05', '-1'].map((price) => ({
      OpportunityId: dealId,
      TotalPrice: Number(price),
    }));
    // Written as text: a number of JavaScript could not hold the third.
    items[2] = JSON.parse(`{"OpportunityId":"${dealId}","TotalPrice":"90071992547409930.05"}`) as (typeof items)[0];
    const calls = answerComposites({ Opportunity: [wonRow], OpportunityLineItem: items });
    answerStages();
    const reading = createReading();
    const [found] = await readDeals(
      reading.call,
      await reading.mapping(['OpportunityLineItem.TotalPrice']),
      [dealId],
      null,
    );
    expect(found).toMatchObject({ deal: { fields: { 'OpportunityLineItem.TotalPrice': '90071992547409929.35' } } });
    expect(calls).toHaveLength(1);
  });

  describe('with its history', () => {
    const entries = [
      ['Prospecting', '2026-10-01T08:00:00.000+0000'],
      ['Prospecting', '2026-10-05T08:00:00.000+0000'],
      ['Closed Won', '2026-10-10T08:00:00.000+0000'],
      ['Signed', '2026-11-22T06:00:00.000+0000'],
    ].map(([StageName, CreatedDate]) => ({ OpportunityId: dealId, StageName, CreatedDate }));
    const read = async (row: object, history: Readonly<Record<string, readonly object[]>>) => {
      answerComposites({ Opportunity: [row], ...history });
      answerStages();
      const reading = createReading();
      const source = await historySource(reading.schema);
      const [found] = await readDeals(reading.call, await reading.mapping(), [dealId], source);
      return found && 'deal' in found ? found.deal.stageHistory : undefined;
    };

    it('tells each stage once, oldest first, with what it means', async () => {
      describeAll();
      expect(await read(wonRow, { OpportunityHistory: entries })).toEqual([
        { at: '2026-10-01T08:00:00.000Z', stageId: 'Prospecting', outcome: 'open' },
        { at: '2026-10-10T08:00:00.000Z', stageId: 'Closed Won', outcome: 'lost' },
        { at: '2026-11-22T06:00:00.000Z', stageId: 'Signed', outcome: 'won' },
      ]);
    });

    it('ends in the stage it stands in, also after that was renamed', async () => {
      describeAll();
      const row = { ...wonRow, StageName: 'Renamed', LastStageChangeDate: '2026-11-22T06:00:00.000+0000' };
      const history = await read(row, { OpportunityHistory: entries.slice(0, 2) });
      expect(history?.at(-1)).toEqual({ at: '2026-11-22T06:00:00.000Z', stageId: 'Renamed', outcome: 'won' });
    });

    it('comes from field history where the other cannot be seen', async () => {
      hideObject('OpportunityHistory');
      describeObject('OpportunityFieldHistory', ['Id']);
      describeAll();
      const changes = [
        {
          OpportunityId: dealId,
          OldValue: 'Prospecting',
          NewValue: 'Signed',
          CreatedDate: '2026-11-22T06:00:00.000+0000',
        },
      ];
      expect(await read(wonRow, { OpportunityFieldHistory: changes })).toEqual([
        { at: '2026-10-01T08:00:00.000Z', stageId: 'Prospecting', outcome: 'open' },
        { at: '2026-11-22T06:00:00.000Z', stageId: 'Signed', outcome: 'won' },
      ]);
    });
  });

  it('that was deleted, is unknown or is no id at all is told from one that is there', async () => {
    describeAll();
    answerQueries({ Opportunity: [{ ...wonRow, IsDeleted: true }], OpportunityStage: stageRows });
    const reading = createReading();
    const asked = [dealId, otherId, 'no-id', '00Q5f00000AbCdEEAV'];
    const readings = await readDeals(reading.call, await reading.mapping(), asked, null);
    expect(readings.map((one) => [one.requestedId, one.kind])).toEqual([
      [dealId, 'archived'],
      [otherId, 'missing'],
      ['no-id', 'missing'],
      ['00Q5f00000AbCdEEAV', 'missing'],
    ]);
  });
});

describe('many deals', () => {
  it('are a thousand in one call', async () => {
    describeAll();
    answerStages();
    const calls = answerComposites({ Opportunity: [wonRow] });
    const reading = createReading();
    const mapping = await reading.mapping();
    const ids = Array.from({ length: 1_000 }, (_, index) => `0065f0000${String(index).padStart(6, '0')}`);
    const readings = await readDeals(reading.call, mapping, ids, null);
    expect(readings).toHaveLength(1_000);
    expect(calls.map((call) => call.length)).toEqual([4]);
  });
});

describe('the organisation', () => {
  const read = async () => {
    const access = createObserved();
    return readAccount(access, createHomeCurrency(access, createSchema(access.call)));
  };

  it('says who it is and which currency it has', async () => {
    describeAll();
    answerQueries({ Organization: [{ Id: '00D5f000000AbCdEAK' }] });
    expect(await read()).toEqual({ accountId: '00D5f000000AbCdEAK', currency: 'EUR' });
  });

  const refuseSoap = (): void => {
    nock(instanceUrl)
      .post('/services/Soap/u/67.0')
      .reply(
        500,
        '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body><soapenv:Fault>' +
          '<faultcode>sf:INVALID_SESSION_ID</faultcode><faultstring>INVALID_SESSION_ID</faultstring></soapenv:Fault>' +
          '</soapenv:Body></soapenv:Envelope>',
        { 'content-type': 'text/xml' },
      );
  };

  it.each([
    ['leaves it to the program', ['Id'], null],
    ['may show it on its own record', ['Id', 'DefaultCurrencyIsoCode'], 'SEK'],
  ])('that does not tell its currency to our kind of session %s', async (_, fields, currency) => {
    describeObject('Opportunity', ['Id']);
    describeObject('Organization', fields);
    answerQueries({ Organization: [{ Id: '00D5f000000AbCdEAK', DefaultCurrencyIsoCode: 'SEK' }] });
    refuseSoap();
    expect(await read()).toEqual({ accountId: '00D5f000000AbCdEAK', currency });
  });
});
