import type { Org } from '../org/org.js';
import { OrgFault } from '../org/org-fault.js';
import type { WriteContext } from '../org/write-context.js';
import type { Session, SessionStore } from '../oauth/session-store.js';
import type { ApiUsage } from '../wire/api-usage.js';
import type { WireReply } from '../wire/reply.js';
import type { SoapCall } from './envelope.js';
import { readEnvelope, soapFault, soapReply } from './envelope.js';
import { metadataOperations } from './metadata-operations.js';
import { partnerOperations } from './partner-operations.js';
import { child, textOf } from './xml.js';

export interface SoapServer {
  readonly org: Org;
  readonly sessions: SessionStore;
  readonly usage: ApiUsage;
}

const doors = {
  u: { namespace: 'urn:partner.soap.sforce.com', operations: partnerOperations },
  m: { namespace: 'http://soap.sforce.com/2006/04/metadata', operations: metadataOperations },
} as const;

/** From this version on SOAP takes access tokens that are JWTs. */
const firstVersionForJwt = 68;

function contextFor(org: Org, { header }: SoapCall, tx: WriteContext['tx']): WriteContext {
  const duplicates = child(header, 'DuplicateRuleHeader');
  return {
    tx,
    view: org.viewOf(tx.actor.userId),
    privileged: false,
    allowDuplicates: textOf(duplicates, 'allowSave') === 'true',
    duplicateDetails: textOf(duplicates, 'includeRecordDetails') === 'true',
    autoAssign: false,
  };
}

function writer(org: Org, call: SoapCall, { userId }: Session) {
  return <T>(act: (context: WriteContext) => T): T => {
    const tx = org.begin({ userId, client: call.client, origin: 'api' });
    let outcome: T;
    try {
      outcome = act(contextFor(org, call, tx));
    } catch (error) {
      tx.rollback();
      throw error;
    }
    tx.commit();
    return outcome;
  };
}

/**
 * Answers a SOAP call; `null` for a path that is none.
 *
 * @param isAtHome whether the call came to the org's own address; elsewhere no session is known.
 */
export function answerSoap(server: SoapServer, path: string, body: unknown, isAtHome: boolean): WireReply | null {
  const [, door, version] = /^\/services\/Soap\/([um])\/(\d+\.0)(?:\/.*)?$/.exec(path) ?? [];
  if (door !== 'u' && door !== 'm') return null;
  const { namespace, operations } = doors[door];
  try {
    const call = readEnvelope(typeof body === 'string' ? body : '');
    const session = call.sessionId === null || !isAtHome ? null : server.sessions.use(call.sessionId);
    if (session === null || (session.isJwt && Number(version) < firstVersionForJwt)) {
      return soapFault(namespace, 'INVALID_SESSION_ID', 'Invalid Session ID found in SessionHeader: Illegal Session');
    }
    if (!server.usage.admit()) return soapFault(namespace, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.');
    const { name } = call.operation;
    const operation = operations[name];
    if (operation === undefined)
      return soapFault(namespace, 'UNKNOWN_EXCEPTION', `No operation available for request ${name}`);
    const { org } = server;
    const world = { org, userId: session.userId, write: writer(org, call, session) };
    return soapReply(namespace, name, operation(world, call.operation));
  } catch (error) {
    if (error instanceof OrgFault) return soapFault(namespace, error.errorCode, error.message);
    throw error;
  }
}
