import { z } from 'zod';
import { connect, rawCall, refusalOf, useSimulatedSalesforce } from '../simulated-salesforce.js';

const salesforce = useSimulatedSalesforce();

async function control(method: string, path: string, body?: object): Promise<Record<string, unknown>> {
  const answer = await rawCall(salesforce.simulator, method, `/_sim${path}`, body);
  expect([path, answer.status]).toEqual([path, 200]);
  return answer.body as Record<string, unknown>;
}

const lead = { LastName: 'Okafor', Company: 'Brightwater' };

describe('the controls, for a test in another process', () => {
  it('do what a person does: create, change, convert, merge, delete and bring back', async () => {
    const { id } = await control('POST', '/records/create', { entity: 'Lead', values: lead });
    await control('POST', '/records/update', { id, values: { Title: 'CFO' } });
    expect(await control('POST', '/records/read', { id })).toMatchObject({ entity: 'Lead', Title: 'CFO' });
    const { id: other } = await control('POST', '/records/create', { entity: 'Lead', values: lead });
    await control('POST', '/records/merge', { masterId: id, loserIds: [other] });
    const { opportunityId } = await control('POST', '/records/convert', { leadId: id });
    await control('POST', '/records/delete', { id: opportunityId });
    await control('POST', '/records/undelete', { id: opportunityId });
    expect(await control('POST', '/records/list', { entity: 'Opportunity' })).toHaveLength(1);
  });

  it('set up rules, fields, locks and late transactions', async () => {
    await control('POST', '/fields', { fullName: 'Lead.Size__c', metadata: { type: 'Number' } });
    await control('POST', '/rules/validation', { entity: 'Lead', errorWhen: 'Size__c = null', message: 'Size?' });
    const made = () => salesforce.connection.sobject('Lead').create({ ...lead, Size__c: 1 });
    expect(await refusalOf(salesforce.connection.sobject('Lead').create(lead))).toMatchObject({ message: 'Size?' });
    await control('POST', '/rules/clear');
    const { id } = await made();
    await control('POST', '/lock', { id });
    const update = () => salesforce.connection.sobject('Lead').update({ Id: id ?? '', Title: 'CFO' });
    expect(await refusalOf(update())).toMatchObject({ errorCode: 'UNABLE_TO_LOCK_ROW' });
    await control('POST', '/unlock', { id });
    expect(await update()).toMatchObject({ success: true });
    const { transaction } = await control('POST', '/late/begin');
    await control('POST', '/late/write', { transaction, update: { id, values: { Title: 'CEO' } } });
    await control('POST', '/late/commit', { transaction });
    expect(await control('POST', '/records/read', { id })).toMatchObject({ Title: 'CEO' });
  });

  it('switch settings, sessions, faults and the address', async () => {
    expect(await control('POST', '/settings', { queryPageSize: 3 })).toMatchObject({ queryPageSize: 3 });
    await control('POST', '/usage', { add: 41 });
    await salesforce.connection.query('SELECT Id FROM Lead');
    expect(await control('GET', '/calls')).toMatchObject({ used: 42, calls: { 'GET /query 200': 1 } });
    const { id } = await control('POST', '/faults', { kind: 'drop', path: '/nowhere' });
    expect(await control('GET', '/faults')).toEqual([expect.objectContaining({ id })]);
    await control('POST', '/oauth', { act: 'expire-sessions' });
    await refusalOf(salesforce.connection.query('SELECT Id FROM Lead'));
    const { accessToken } = await control('POST', '/oauth', { act: 'sign-in', user: 'rep' });
    const { instanceUrl } = await control('POST', '/instance/move');
    expect(instanceUrl).toBe(salesforce.simulator.instanceUrl);
    expect((await connect(salesforce.simulator, String(accessToken)).query('SELECT Id FROM Lead')).totalSize).toBe(0);
  });

  it('say what they do not understand', async () => {
    const wrong = await rawCall(salesforce.simulator, 'POST', '/_sim/settings', { pageSize: 3 });
    expect([wrong.status, wrong.text.includes('pageSize')]).toEqual([400, true]);
    expect((await rawCall(salesforce.simulator, 'GET', '/_sim/nothing')).status).toBe(404);
    const refused = await rawCall(salesforce.simulator, 'POST', '/_sim/records/create', { entity: 'Lead', values: {} });
    expect(refused.body).toEqual([expect.objectContaining({ errorCode: 'REQUIRED_FIELD_MISSING' })]);
  });
});

describe('an endpoint of its own', () => {
  it('answers under its path, has its controls, and is closed with the org', async () => {
    const closed: string[] = [];
    salesforce.simulator.mount({
      prefix: '/own/',
      handle(request, response, url) {
        response.end(`${request.method ?? ''} ${url.pathname}`);
      },
      control: (method, path, body) => ({ method, path, ...z.strictObject({ now: z.boolean() }).parse(body) }),
      close: () => void closed.push('closed'),
    });
    expect((await rawCall(salesforce.simulator, 'POST', '/own/67.0', [])).text).toBe('POST /own/67.0');
    expect(await control('POST', '/own/cut', { now: true })).toEqual({ method: 'POST', path: '/cut', now: true });
    const wrong = await rawCall(salesforce.simulator, 'POST', '/_sim/own/cut', { later: true });
    expect([wrong.status, wrong.text.includes('later')]).toEqual([400, true]);
    await salesforce.simulator.close();
    expect(closed).toEqual(['closed']);
  });
});
