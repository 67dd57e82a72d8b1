import nock from 'nock';
import { CrmRejected, CrmUnavailable } from '../../../connectors/contract.js';
import { queryMany, queryRows } from '../../../connectors/salesforce/queries.js';
import { soql } from '../../../connectors/salesforce/soql.js';
import { createObserved, data, salesforce } from './fake-salesforce.js';

const leads = { soql: soql`SELECT Id FROM Lead` };
const page = (ids: readonly string[], next?: string) => ({
  totalSize: 9,
  done: next === undefined,
  ...(next === undefined ? {} : { nextRecordsUrl: next }),
  records: ids.map((Id) => ({ attributes: { type: 'Lead' }, Id })),
});
const part = (body: unknown, httpStatusCode = 200) => ({ body, httpStatusCode, httpHeaders: {}, referenceId: 'x' });

describe('a query', () => {
  it('is read to its end, page after page', async () => {
    salesforce()
      .get(`${data}/query`)
      .query({ q: 'SELECT Id FROM Lead' })
      .reply(200, page(['1'], `${data}/query/01g-2000`));
    salesforce()
      .get(`${data}/query/01g-2000`)
      .reply(200, page(['2']));
    const rows = await queryRows(createObserved().call, 'read', leads);
    expect(rows.map((row) => row['Id'])).toEqual(['1', '2']);
  });

  it('shows deleted records only when asked', async () => {
    salesforce()
      .get(`${data}/queryAll`)
      .query(true)
      .reply(200, page(['1']));
    await queryRows(createObserved().call, 'read', { ...leads, withDeleted: true });
    expect(nock.isDone()).toBe(true);
  });

  it('goes with four others in one call, and each is read to its end', async () => {
    const asked: unknown[] = [];
    salesforce()
      .post(`${data}/composite`, (body: { compositeRequest: unknown[] }) => asked.push(...body.compositeRequest) > 0)
      .reply(200, {
        compositeResponse: [part(page(['1'])), part(page(['2'], `${data}/query/01g-2000`)), part(page([]))],
      });
    salesforce()
      .get(`${data}/query/01g-2000`)
      .reply(200, page(['3']));
    const access = createObserved();
    const [first, second, third] = await queryMany(access.call, 'read', [
      leads,
      leads,
      { ...leads, withDeleted: true },
    ]);
    expect([first, second, third].map((rows) => rows?.map((row) => row['Id']))).toEqual([['1'], ['2', '3'], []]);
    expect(asked[0]).toEqual({
      method: 'GET',
      url: `${data}/query?q=SELECT%20Id%20FROM%20Lead`,
      referenceId: 'query0',
    });
    expect(asked[2]).toMatchObject({ url: `${data}/queryAll?q=SELECT%20Id%20FROM%20Lead` });
  });

  it.each([
    [1, 0, 1],
    [5, 1, 0],
    [11, 2, 1],
  ])('%i of them are %i composite calls and %i plain ones', async (count, composites, plain) => {
    const answer = (_: unknown, body: { compositeRequest: unknown[] }) => ({
      compositeResponse: body.compositeRequest.map(() => part(page([]))),
    });
    if (composites > 0) {
      salesforce()
        .post(`${data}/composite`)
        .times(composites)
        .reply((uri, body) => [200, answer(uri, body as never)]);
    }
    if (plain > 0) salesforce().get(`${data}/query`).query(true).times(plain).reply(200, page([]));
    const queries = Array.from({ length: count }, () => leads);
    expect(await queryMany(createObserved().call, 'read', queries)).toHaveLength(count);
    expect(nock.isDone()).toBe(true);
  });

  it('that is too long for an address goes in the body', async () => {
    salesforce()
      .post(`${data}/composite`)
      .reply(200, { compositeResponse: [part(page(['1']))] });
    const ids = Array.from({ length: 600 }, () => '00Q5f00000AbCdEFGH');
    await expect(
      queryRows(createObserved().call, 'read', { soql: soql`SELECT Id FROM Lead WHERE Id IN ${ids}` }),
    ).resolves.toHaveLength(1);
  });

  it('that fails inside a composite call fails in the words of Salesforce', async () => {
    const words = "No such column 'Region__c' on entity 'Lead'";
    salesforce()
      .post(`${data}/composite`)
      .reply(200, {
        compositeResponse: [part(page([])), part([{ errorCode: 'INVALID_FIELD', message: words }], 400)],
      });
    const failure = await queryMany(createObserved().call, 'read', [leads, leads]).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(CrmRejected);
    expect(failure).toMatchObject({ vendorMessage: `INVALID_FIELD: ${words}`, httpStatus: 400 });
  });

  it('whose place was forgotten by Salesforce can be made again', async () => {
    salesforce()
      .get(`${data}/query`)
      .query(true)
      .reply(200, page(['1'], `${data}/query/01g-2000`));
    salesforce()
      .get(`${data}/query/01g-2000`)
      .reply(400, [{ errorCode: 'INVALID_QUERY_LOCATOR', message: 'invalid query locator' }]);
    await expect(queryRows(createObserved().call, 'read', leads)).rejects.toThrow(CrmUnavailable);
  });

  it('sends our session to no other host, whatever an answer says', async () => {
    salesforce()
      .get(`${data}/query`)
      .query(true)
      .reply(200, page(['1'], `https://elsewhere.test${data}/query/01g`));
    salesforce()
      .get(`${data}/query/01g`)
      .reply(200, page(['2']));
    await expect(queryRows(createObserved().call, 'read', leads)).resolves.toHaveLength(2);
  });
});
