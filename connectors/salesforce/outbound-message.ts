import type { XmlElement } from './strict-xml.js';
import { readStrictXml, withoutPrefix } from './strict-xml.js';

/** What an Outbound Message says: records that may have changed. Its values are not believed, the records are read again. */
export interface OutboundMessage {
  /** The sending org's id, 15 or 18 characters as Salesforce wrote it. To be compared before anything else is done. */
  readonly organisation: string;
  /** The object's API name, such as `Opportunity`; a message is about one. */
  readonly object: string;
  /** The records, each once. */
  readonly ids: readonly string[];
  /** Record id → the stage the message says it is in, where it carries one. */
  readonly stageHints: ReadonlyMap<string, string>;
  /** The id of the first notification: for logs. It stays the same when Salesforce sends again. */
  readonly messageId: string;
}

export type OutboundMessageReading =
  | { readonly kind: 'read'; readonly message: OutboundMessage }
  | {
      readonly kind: 'refused';
      /** `forbidden`: markup that no honest message has, such as a document type or an entity. */
      readonly reason: 'too-large' | 'malformed' | 'forbidden';
      readonly detail: string;
    };

export interface OutboundMessageLimits {
  /** Of the whole message, in bytes of UTF-8. */
  readonly largestBytes: number;
  /** Salesforce sends 100 at most. */
  readonly mostNotifications: number;
}

export const usualOutboundLimits: OutboundMessageLimits = { largestBytes: 2_000_000, mostNotifications: 100 };

/** Envelope, body, notifications, notification, record, field; with room for a compound field. */
const deepest = 10;
/** A message carries the fields an administrator picked. */
const mostElementsEach = 1_000;
const id = /^[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?$/;
const longestStage = 255;

/** Reads an Outbound Message. The session id it may carry is not looked at. */
export function readOutboundMessage(xml: string, limits: OutboundMessageLimits): OutboundMessageReading {
  if (Buffer.byteLength(xml) > limits.largestBytes) {
    return { kind: 'refused', reason: 'too-large', detail: `more than ${limits.largestBytes} bytes` };
  }
  const elements = mostElementsEach * (limits.mostNotifications + 1);
  const reading = readStrictXml(xml, { depth: deepest, elements });
  if (reading.kind === 'refused') return reading;
  const message = messageIn(reading.root, limits.mostNotifications);
  return typeof message === 'string' ? malformed(message) : { kind: 'read', message };
}

/** @returns what is missing, when something is */
function messageIn(envelope: XmlElement, mostNotifications: number): OutboundMessage | string {
  const body = envelope.name === 'Envelope' ? only(envelope, 'Body') : null;
  const sent = body === null ? null : only(body, 'notifications');
  if (sent === null) return 'no envelope with notifications';
  const organisation = textOf(sent, 'OrganizationId');
  if (!id.test(organisation)) return 'no organisation id';
  const notifications = sent.children.filter(({ name }) => name === 'Notification');
  if (notifications.length === 0) return 'no notification';
  if (notifications.length > mostNotifications) return `more than ${mostNotifications} notifications`;
  const stageHints = new Map<string, string>();
  const ids = new Set<string>();
  const objects = new Set<string>();
  for (const notification of notifications) {
    const record = only(notification, 'sObject');
    const object = record === null ? '' : typeOf(record);
    const recordId = record === null ? '' : textOf(record, 'Id');
    if (record === null || !/^\w{1,80}$/.test(object) || !id.test(recordId)) return 'a notification without a record';
    objects.add(object);
    ids.add(recordId);
    const stage = textOf(record, 'StageName');
    if (stage !== '' && stage.length <= longestStage) stageHints.set(recordId, stage);
  }
  const [object = '', ...others] = objects;
  if (others.length > 0) return 'records of several objects';
  const messageId = textOf(notifications[0] ?? sent, 'Id');
  return { organisation, object, ids: [...ids], stageHints, messageId };
}

/** The only child of this name; `null` when there is none or more than one. */
function only(parent: XmlElement, name: string): XmlElement | null {
  const [first = null, ...others] = parent.children.filter((child) => child.name === name);
  return others.length === 0 ? first : null;
}

function textOf(parent: XmlElement, name: string): string {
  return only(parent, name)?.text.trim() ?? '';
}

/** The record's own type, `xsi:type="sf:Opportunity"`; the prefix is whatever the document bound to it. */
function typeOf({ attributes }: XmlElement): string {
  const [, type = ''] = Object.entries(attributes).find(([name]) => /^\w+:type$/.test(name)) ?? [];
  return withoutPrefix(type);
}

function malformed(detail: string): OutboundMessageReading {
  return { kind: 'refused', reason: 'malformed', detail };
}

/** What Salesforce must get back, with status 200 and `text/xml`, or it sends the message again for 24 hours. */
export function acknowledgement(): string {
  return (
    '<?xml version="1.0" encoding="UTF-8"?>' +
    '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body>' +
    '<notificationsResponse xmlns="http://soap.sforce.com/2005/09/outbound"><Ack>true</Ack></notificationsResponse>' +
    '</soapenv:Body></soapenv:Envelope>'
  );
}
