import { OrgFault } from '../org/org-fault.js';
import type { WireReply } from '../wire/reply.js';
import type { XmlElement } from './xml.js';
import { child, escapeXml, parseXml, textOf } from './xml.js';

export interface SoapCall {
  readonly operation: XmlElement;
  readonly sessionId: string | null;
  /** `CallOptions`: what the caller names itself. */
  readonly client: string | null;
  readonly header: XmlElement | undefined;
}

const xmlType = 'text/xml;charset=UTF-8';

/** Reads an envelope. @throws OrgFault 500 for what is none. */
export function readEnvelope(document: string): SoapCall {
  const envelope = parseXml(document);
  const header = child(envelope, 'Header');
  const [operation] = child(envelope, 'Body')?.children ?? [];
  if (envelope.name !== 'Envelope' || operation === undefined) {
    throw new OrgFault(500, 'UNKNOWN_EXCEPTION', 'The request is no SOAP envelope with a body.');
  }
  return {
    operation,
    sessionId: textOf(child(header, 'SessionHeader'), 'sessionId') ?? null,
    client: textOf(child(header, 'CallOptions'), 'client') ?? null,
    header,
  };
}

function envelope(namespace: string, body: string): string {
  return (
    `<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"` +
    ` xmlns="${namespace}" xmlns:sf="urn:fault.partner.soap.sforce.com"` +
    ` xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Body>${body}</soapenv:Body></soapenv:Envelope>`
  );
}

/** @param result XML of the answer's inner part. */
export function soapReply(namespace: string, operation: string, result: string): WireReply {
  const body = envelope(namespace, `<${operation}Response>${result}</${operation}Response>`);
  return { status: 200, body, contentType: xmlType };
}

/** A fault: always HTTP 500, with the code where clients look for it. */
export function soapFault(namespace: string, code: string, message: string): WireReply {
  const text = escapeXml(`${code}: ${message}`);
  const detail = `<sf:UnexpectedErrorFault><sf:exceptionCode>${code}</sf:exceptionCode><sf:exceptionMessage>${escapeXml(message)}</sf:exceptionMessage></sf:UnexpectedErrorFault>`;
  const fault = `<soapenv:Fault><faultcode>sf:${code}</faultcode><faultstring>${text}</faultstring><detail>${detail}</detail></soapenv:Fault>`;
  return { status: 500, body: envelope(namespace, fault), contentType: xmlType };
}
