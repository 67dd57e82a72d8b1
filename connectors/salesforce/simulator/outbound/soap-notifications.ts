/** One record that an Outbound Message tells of. */
export interface OutboundNotification {
  /** 18 characters, `04l…`; stays the same when it is sent again. */
  readonly id: string;
  readonly entity: string;
  readonly recordId: string;
  /** The fields the administrator picked, with the values they have when the message is written. */
  readonly fields: Readonly<Record<string, unknown>>;
}

export interface OutboundEnvelope {
  readonly organisation: string;
  readonly actionId: string;
  /** Given only where the administrator chose to send it. */
  readonly sessionId: string | null;
  readonly instanceUrl: string;
  readonly apiVersion: string;
  readonly notifications: readonly OutboundNotification[];
}

/** The message as Salesforce puts it on the wire, all on one address and under one action. */
export function soapNotifications(envelope: OutboundEnvelope): string {
  const { organisation, actionId, sessionId, instanceUrl, apiVersion, notifications } = envelope;
  const session = sessionId === null ? '<SessionId xsi:nil="true"/>' : `<SessionId>${escaped(sessionId)}</SessionId>`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">',
    ' <soapenv:Body>',
    '  <notifications xmlns="http://soap.sforce.com/2005/09/outbound">',
    `   <OrganizationId>${organisation}</OrganizationId>`,
    `   <ActionId>${actionId}</ActionId>`,
    `   ${session}`,
    `   <EnterpriseUrl>${instanceUrl}/services/Soap/c/${apiVersion}/${organisation.slice(0, 15)}</EnterpriseUrl>`,
    `   <PartnerUrl>${instanceUrl}/services/Soap/u/${apiVersion}/${organisation.slice(0, 15)}</PartnerUrl>`,
    ...notifications.map(notification),
    '  </notifications>',
    ' </soapenv:Body>',
    '</soapenv:Envelope>',
  ].join('\n');
}

/** Empty fields are left out. */
function notification({ id, entity, recordId, fields }: OutboundNotification): string {
  const filled = Object.entries(fields).filter(([name, value]) => name !== 'Id' && (value ?? null) !== null);
  return [
    '   <Notification>',
    `    <Id>${id}</Id>`,
    `    <sObject xsi:type="sf:${entity}" xmlns:sf="urn:sobject.enterprise.soap.sforce.com">`,
    `     <sf:Id>${recordId}</sf:Id>`,
    ...filled.map(([name, value]) => `     <sf:${name}>${escaped(String(value))}</sf:${name}>`),
    '    </sObject>',
    '   </Notification>',
  ].join('\n');
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => escapes[character] ?? character);
}
