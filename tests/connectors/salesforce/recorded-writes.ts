import {
  createSalesforceConnector,
  type SalesforceConnectorOptions,
} from '../../../connectors/salesforce/connector.js';
import type { CrmConnector } from '../../../connectors/contract.js';
import { createMemoryStore, data, loginUrl, salesforce } from './fake-salesforce.js';

export const stampNames = [
  'Introducer_Registration_Id__c',
  'Introducer_Partner__c',
  'Introducer_Status__c',
  'Introducer_Protected_Until__c',
  'Introducer_Commission__c',
  'Introducer_Commission_Currency__c',
  'Introducer_Commission_Status__c',
];

export function createConnector(options: Partial<SalesforceConnectorOptions> = {}): CrmConnector {
  return createSalesforceConnector({
    loginUrl,
    grant: { kind: 'refresh-token', clientId: 'client', clientSecret: 'secret', refreshToken: '5Aep-configured' },
    tokens: createMemoryStore().store,
    now: () => new Date('2026-11-10T12:00:00Z'),
    ...options,
  });
}

export interface Written {
  readonly method: string;
  /** Behind the version. */
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, unknown>>;
}

/**
 * Takes every write of records. `answerTo` may answer one in its own way; else it is done, and a collection's rows all are.
 * @returns what was written, in order
 */
export function takeWrites(answerTo: (written: Written) => [number, unknown] | undefined = () => undefined): Written[] {
  const writes: Written[] = [];
  const isWrite = (uri: string): boolean => uri.startsWith(`${data}/sobjects/`) || uri === `${data}/composite/sobjects`;
  for (const method of ['post', 'patch'] as const) {
    const scope = salesforce().persist();
    const writing = method === 'post' ? scope.post(isWrite) : scope.patch(isWrite);
    writing.reply(function reply(uri, sent) {
      const body = (typeof sent === 'string' ? {} : sent) as Record<string, unknown>;
      const written = { method, path: uri.slice(data.length), body, headers: this.req.headers };
      writes.push(written);
      return answerTo(written) ?? done(written);
    });
  }
  return writes;
}

function done({ method, path, body }: Written): [number, unknown] {
  if (path === '/composite/sobjects') {
    const records = body['records'] as readonly { id?: string }[];
    return [200, records.map(({ id = '0PS1' }) => ({ id, success: true, errors: [] }))];
  }
  const object = path.split('/')[2] ?? '';
  if (method === 'patch' && path.split('/').length === 4) return [204, ''];
  return [201, { id: madeIds[object] ?? `${object}-1`, success: true, errors: [], created: true }];
}

export const madeIds: Readonly<Record<string, string>> = {
  Lead: '00Q5f00000AbCdEEAV',
  Contact: '0035f00000AbCdEAAV',
  Account: '0015f00000AbCdEAAV',
  Opportunity: '0065f00000UloqVAAR',
};
