import { defaultProgram } from '../../src/program/program.js';
import { loadProgram } from '../../src/program/program.store.js';
import { startTestApi, type TestApi } from '../support/test-api.js';

interface Program {
  readonly revision: number;
  readonly [setting: string]: unknown;
}

let api: TestApi;
/** What was told of changes: whether each may bear on deals. */
const told: boolean[] = [];

beforeAll(async () => {
  api = await startTestApi({
    programChanged: (_uow, { bearsOnDeals }) => {
      told.push(bearsOnDeals);
      return Promise.resolve();
    },
  });
});
afterAll(async () => {
  await api.close();
});

const put = (change: unknown) => api.operator.send<Program>('PUT', '/api/v1/program', change);

describe('the program', () => {
  it('has sensible settings before anybody sets one', async () => {
    expect(await api.operator.get('/api/v1/program')).toEqual({ ...defaultProgram, revision: 0, updatedAt: null });
    expect(defaultProgram).toMatchObject({ timeZone: 'UTC', protectionDays: 90, reviewBusinessDays: 2 });
  });

  it('keeps what a change leaves out, and says in the audit log what changed', async () => {
    const fieldMap = { hubspot: { margin: 'deal_margin' } };
    expect((await put({ timeZone: 'Europe/Berlin', fieldMap })).body.revision).toBe(1);
    const second = await put({
      protectionDays: 60,
      newDealStages: { hubspot: { pipelineId: 'default', stageId: '1' } },
    });
    expect(second.body).toMatchObject({ timeZone: 'Europe/Berlin', fieldMap, protectionDays: 60, revision: 2 });
    expect((await loadProgram(api.db)).settings.protectionDays).toBe(60);
    const log = await api.operator.get<{ items: unknown[] }>('/api/v1/audit?action=program.change');
    expect(log.items).toMatchObject([
      { subject: { id: '2' }, details: { from: { protectionDays: 90 }, to: { protectionDays: 60 } } },
      { subject: { id: '1' }, details: { from: { timeZone: 'UTC' }, to: { timeZone: 'Europe/Berlin' } } },
    ]);
  });

  it('takes back what it showed, and makes no revision of a change that changes nothing', async () => {
    const shown = await api.operator.get<Program>('/api/v1/program');
    expect((await put(shown)).body).toEqual(shown);
    expect((await put({})).body).toEqual(shown);
  });

  it('has deals looked at again by what really changed, and by a change that names nothing', async () => {
    const toldBy = async (change: object) => {
      told.length = 0;
      expect((await put(change)).status).toBe(200);
      return [...told];
    };
    const { fieldMap } = await api.operator.get<Program>('/api/v1/program');
    const newDealStages = { hubspot: { pipelineId: 'default', stageId: '2' } };
    expect(await toldBy({ fieldMap, newDealStages })).toEqual([false]);
    expect(await toldBy({ fieldMap, newDealStages })).toEqual([]);
    expect(await toldBy({ fieldMap: { hubspot: { margin: 'other_margin' } }, newDealStages })).toEqual([true]);
    expect(await toldBy({})).toEqual([true]);
  });

  it('refuses a change that started from an older revision', async () => {
    const { revision } = await api.operator.get<Program>('/api/v1/program');
    const answers = await Promise.all([1, 2, 3].map((days) => put({ revision, reviewBusinessDays: 10 + days })));
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409, 409]);
  });

  it('refuses a route to a connection that is not there, and says which there are', async () => {
    const crmRoutes = [{ connection: 'hubspot', countries: ['DE'] }, { connection: 'pipedrive' }];
    const { status, body } = await put({ crmRoutes });
    expect(status).toBe(422);
    expect(body).toMatchObject({
      errors: [{ field: 'crmRoutes[1].connection', value: 'pipedrive', expected: 'one of hubspot, salesforce' }],
    });
    expect((await put({ crmRoutes: crmRoutes.slice(0, 1) })).status).toBe(200);
  });

  it('says what of the new records cannot be, with the value and what is expected', async () => {
    const newRecords = { hubspot: { registrationsBecome: 'lead' }, pipedrive: {} };
    const { status, body } = await put({ newRecords });
    expect([status, body['type']]).toEqual([422, 'urn:introducer:problem:new-records-unfit']);
    expect(body['errors']).toMatchObject([
      { field: 'newRecords.hubspot.registrationsBecome', value: 'lead', expected: 'deal, as this CRM has no leads' },
      { field: 'newRecords.pipedrive', expected: 'the id of a connection: one of hubspot, salesforce' },
    ]);
    const fit = {
      salesforce: { registrationsBecome: 'deal-where-company-known', lead: { owner: '00G8c000003XyZaEAK' } },
    };
    expect((await put({ newRecords: fit })).body).toMatchObject({ newRecords: fit });
    expect((await put({ newRecords: {} })).status).toBe(200);
  });

  it.each([
    [{ timeZone: 'Berlin' }, 'timeZone'],
    [{ timeZone: '+02:00' }, 'timeZone'],
    [{ protectionDays: 0 }, 'protectionDays'],
    [{ protectionDays: '90' }, 'protectionDays'],
    [{ protectionDays: 1.5 }, 'protectionDays'],
    [{ creditWhen: 'always' }, 'creditWhen'],
    [{ knownCurrencies: ['EUR', 'EURO'] }, 'knownCurrencies[1]'],
    [{ knownCurrencies: [] }, 'knownCurrencies'],
    [{ knownCurrencies: ['EUR'], defaultCurrency: 'USD' }, 'defaultCurrency'],
    [{ fieldMap: { hubspot: { margin: 'a b' } } }, 'fieldMap.hubspot.margin'],
    [{ newDealStages: { hubspot: { pipelineId: 'p' } } }, 'newDealStages.hubspot.stageId'],
    [{ newRecords: { pipedrive: {} } }, 'newRecords.pipedrive'],
    [{ newRecords: { hubspot: { registrationsBecome: 'lead' } } }, 'newRecords.hubspot.registrationsBecome'],
    [{ newRecords: { hubspot: { lead: { owner: '7' } } } }, 'newRecords.hubspot.lead'],
    [{ newRecords: { salesforce: { registrationsBecome: 'contact' } } }, 'newRecords.salesforce.registrationsBecome'],
    [
      { newRecords: { salesforce: { lead: { values: { Industry: '' } } } } },
      'newRecords.salesforce.lead.values.Industry',
    ],
    [{ newRecords: { salesforce: { lead: { facts: { A__c: 'revenue' } } } } }, 'newRecords.salesforce.lead.facts.A__c'],
    [{ newRecords: { salesforce: { leads: {} } } }, 'newRecords.salesforce.leads'],
    [{ publicName: ' ' }, 'publicName'],
    [{ protectionDay: 90 }, 'protectionDay'],
  ])('refuses %j, naming the field', async (change, field) => {
    const answer = await api.operator.send<{ errors: { field: string }[] }>('PUT', '/api/v1/program', change);
    expect([answer.status, answer.body.errors[0]?.field]).toEqual([422, field]);
  });

  it('refuses a CRM it does not know', async () => {
    expect((await put({ fieldMap: { pipedrive: { a: 'b' } } })).status).toBe(422);
  });
});
