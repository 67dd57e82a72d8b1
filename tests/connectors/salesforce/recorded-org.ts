import nock from 'nock';
import { createHomeCurrency } from '../../../connectors/salesforce/account.js';
import { createDealMapping, type DealMapping } from '../../../connectors/salesforce/mapping.js';
import { createSchema, type Schema } from '../../../connectors/salesforce/schema.js';
import { createStages, type Stages } from '../../../connectors/salesforce/stages.js';
import { createObserved, data, salesforce, type Observed } from './fake-salesforce.js';

/** Bodies written from the facts sheet, sections 3 and 4. */
export const stageRows = [
  ['Prospecting', 'Prospecting', true, false, false],
  ['Angebot', 'Proposal', true, false, false],
  ['Signed', 'Unterschrieben', true, true, true],
  ['Closed Won', 'Not really won', true, true, false],
  ['Old Stage', 'Old Stage', false, false, false],
].map(([ApiName, MasterLabel, IsActive, IsClosed, IsWon], SortOrder) => ({
  attributes: { type: 'OpportunityStage' },
  Id: `01J${String(SortOrder)}`,
  ApiName,
  MasterLabel,
  IsActive,
  IsClosed,
  IsWon,
  SortOrder,
}));

const answer = (records: readonly object[]) => ({ totalSize: records.length, done: true, records });

interface DescribedField {
  readonly name: string;
  readonly type?: string;
  readonly updateable?: boolean;
  readonly createable?: boolean;
  readonly referenceTo?: readonly string[];
  readonly relationshipName?: string;
  readonly [more: string]: unknown;
}

/** What our user sees of an object. */
export function describeObject(name: string, fields: readonly (string | DescribedField)[], more: object = {}): void {
  salesforce()
    .get(`${data}/sobjects/${name}/describe`)
    .optionally()
    .reply(200, {
      name,
      fields: fields.map((field) =>
        typeof field === 'string'
          ? { name: field, type: 'string', createable: true, updateable: true, length: 80, referenceTo: [] }
          : { type: 'string', createable: true, updateable: true, length: 80, referenceTo: [], ...field },
      ),
      recordTypeInfos: [],
      ...more,
    });
}

/** An object our user may not see. */
export function hideObject(name: string): void {
  salesforce()
    .get(`${data}/sobjects/${name}/describe`)
    .optionally()
    .reply(404, [{ errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' }]);
}

/** SOAP's answer to who we are, from an organisation with one currency. */
export function answerUserInfo(currency: string | null): nock.Scope {
  const code =
    currency === null
      ? '<orgDefaultCurrencyIsoCode xsi:nil="true"/>'
      : `<orgDefaultCurrencyIsoCode>${currency}</orgDefaultCurrencyIsoCode>`;
  return salesforce()
    .post('/services/Soap/u/67.0')
    .optionally()
    .reply(
      200,
      '<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" ' +
        'xmlns="urn:partner.soap.sforce.com" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Body>' +
        `<getUserInfoResponse><result>${code}<organizationId>00D5f000000AbCdEAK</organizationId></result>` +
        '</getUserInfoResponse></soapenv:Body></soapenv:Envelope>',
      { 'content-type': 'text/xml; charset=utf-8' },
    );
}

export function answerStages(rows: readonly object[] = stageRows): void {
  answerQueries({ OpportunityStage: rows });
}

/** Answers plain queries by the object they ask for, any number of times; @returns what was asked. */
export function answerQueries(rowsOf: Readonly<Record<string, readonly object[]>>): string[] {
  const asked: string[] = [];
  for (const path of ['query', 'queryAll']) {
    salesforce()
      .persist()
      .get(`${data}/${path}`)
      .query((query) => objectOf(String(query['q'])) in rowsOf)
      .reply((uri) => {
        const text = new URL(uri, 'http://x').searchParams.get('q') ?? '';
        asked.push(text);
        return [200, answer(rowsOf[objectOf(text)] ?? [])];
      });
  }
  return asked;
}

/** Answers composite calls of queries by the object each asks for; @returns what was asked, call by call. */
export function answerComposites(rowsOf: Readonly<Record<string, readonly object[]>>): string[][] {
  const calls: string[][] = [];
  salesforce()
    .persist()
    .post(`${data}/composite`)
    .reply((_, body) => {
      const { compositeRequest } = body as { compositeRequest: readonly { url: string }[] };
      const asked = compositeRequest.map(({ url }) => new URL(url, 'http://x').searchParams.get('q') ?? '');
      calls.push(asked);
      return [
        200,
        {
          compositeResponse: asked.map((text) => ({
            body: answer(rowsOf[objectOf(text)] ?? []),
            httpStatusCode: 200,
            httpHeaders: {},
            referenceId: 'x',
          })),
        },
      ];
    });
  return calls;
}

function objectOf(query: string): string {
  return /\bFROM\s+(\w+)/.exec(query)?.[1] ?? '';
}

export interface Reading extends Observed {
  readonly schema: Schema;
  readonly stages: Stages;
  mapping(fieldMap?: readonly string[]): Promise<DealMapping>;
}

/** What reading needs, put together as the connector does. */
export function createReading(): Reading {
  const access = createObserved();
  const schema = createSchema(access.call);
  const stages = createStages({ call: access.call, schema });
  const currency = createHomeCurrency(access, schema);
  return {
    ...access,
    schema,
    stages,
    mapping: (fieldMap = []) => createDealMapping({ schema, stages, currency, fieldMap }),
  };
}
