import { createHash, timingSafeEqual } from 'node:crypto';
import type { RawSignalRequest, SignalAnswer, SignalDelivery, SignalReceiver } from '../contract.js';
import { signalsAbout } from './hints.js';
import { fullId } from './ids.js';
import { acknowledgement, readOutboundMessage, usualOutboundLimits, type OutboundMessage } from './outbound-message.js';

export interface OutboundReceiverOptions {
  /** The last part of the address, which only the organisation knows. */
  readonly secret: string;
  /** The connected organisation's id, 15 or 18 characters; `null` while nobody knows it yet. */
  readonly organization: () => string | null;
}

/** The largest Outbound Message that is taken, in bytes. */
export const largestOutboundMessage = usualOutboundLimits.largestBytes;

/**
 * Reads Outbound Messages. They bear no signature, so that their address is the secret, and the organisation that they name must be
 * ours as well (STREAMING.md, "Outbound Messages are not signed"). What they say of a record is not believed, it is read again.
 */
export function createOutboundReceiver({ secret, organization }: OutboundReceiverOptions): SignalReceiver {
  const expected = digest(secret);
  return {
    kind: 'salesforce',
    receive(request) {
      if (!timingSafeEqual(digest(lastSegment(request)), expected)) {
        return { kind: 'refused', reason: 'unknown-address', detail: 'There is nothing under this address.' };
      }
      const reading = readOutboundMessage(request.rawBody.toString('utf8'), usualOutboundLimits);
      if (reading.kind === 'refused') {
        return { kind: 'refused', reason: 'malformed', detail: `No Outbound Message: ${reading.detail}.` };
      }
      return deliveryOf(reading.message, organization());
    },
    answer: (delivery) => ({ contentType: 'text/xml; charset=utf-8', body: bodyFor(delivery) }),
  };
}

function deliveryOf(message: OutboundMessage, ours: string | null): SignalDelivery {
  if (ours === null) {
    const detail = 'It is not known yet which organisation is connected. Salesforce sends again by itself.';
    return { kind: 'refused', reason: 'not-configured', detail };
  }
  const { organisation, object, ids, stageHints } = message;
  if (fullId(organisation) !== fullId(ours)) {
    const detail = `OrganizationId is ${organisation}; expected that of the connected organisation, ${ours}.`;
    return { kind: 'refused', reason: 'wrong-account', detail };
  }
  const signals = signalsAbout(object, ids, { accountId: ours, stageHintOf: (id) => stageHints.get(id) ?? null });
  return { kind: 'accepted', signals, echoes: 0, ignored: ids.length - signals.length };
}

/** Of equal length whatever was sent, as the comparison wants it. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function lastSegment({ originalUrl }: RawSignalRequest): string {
  const [path = ''] = originalUrl.split('?');
  return path.slice(path.lastIndexOf('/') + 1);
}

function bodyFor(delivery: SignalDelivery): SignalAnswer['body'] {
  return delivery.kind === 'accepted' ? acknowledgement() : fault(delivery.detail);
}

/** Its words stand in Salesforce's list of messages that could not be delivered. */
function fault(detail: string): string {
  return (
    '<?xml version="1.0" encoding="UTF-8"?>' +
    '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body><soapenv:Fault>' +
    `<faultcode>soapenv:Client</faultcode><faultstring>${escaped(detail)}</faultstring>` +
    '</soapenv:Fault></soapenv:Body></soapenv:Envelope>'
  );
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

function escaped(text: string): string {
  return text.replace(/[&<>]/g, (character) => escapes[character] ?? character);
}
