import {
  acknowledgement,
  readOutboundMessage,
  usualOutboundLimits,
} from '../../../connectors/salesforce/outbound-message.js';
import { soapNotifications } from '../../../connectors/salesforce/simulator/outbound/soap-notifications.js';
import { readStrictXml } from '../../../connectors/salesforce/strict-xml.js';

const organisation = '00D5f000000simAEAQ';
const won = '0065f00000UloqVAAR';
const lost = '0065f00000UloqWAAR';
const deal = (recordId: string, fields: object, entity = 'Opportunity'): object => ({
  id: `04l${recordId.slice(3)}`,
  entity,
  recordId,
  fields,
});
const message = (...notifications: readonly object[]): string =>
  soapNotifications({
    organisation,
    actionId: '04k5f000000simAAAQ',
    sessionId: null,
    instanceUrl: 'https://acme.my.salesforce.com',
    apiVersion: '67.0',
    notifications: notifications as Parameters<typeof soapNotifications>[0]['notifications'],
  });
const read = (xml: string, limits = usualOutboundLimits): ReturnType<typeof readOutboundMessage> =>
  readOutboundMessage(xml, limits);

describe('an Outbound Message', () => {
  it('says which deals of which org may have changed, each once', () => {
    const xml = message(
      deal(won, { StageName: 'Closed Won', Name: 'R&D <2026> "x"' }),
      deal(lost, { StageName: 'Closed Lost' }),
      deal(won, { StageName: 'Closed Won' }),
    );
    expect(read(xml)).toEqual({
      kind: 'read',
      message: {
        organisation,
        object: 'Opportunity',
        ids: [won, lost],
        stageHints: new Map([
          [won, 'Closed Won'],
          [lost, 'Closed Lost'],
        ]),
        messageId: '04l5f00000UloqVAAR',
      },
    });
  });

  it('is read whatever names its document gives to the namespaces', () => {
    const xml = message(deal(won, {})).replaceAll('soapenv:', 'S:').replaceAll('xsi:', 'i:').replaceAll('sf:', 'x:');
    expect(read(xml)).toMatchObject({ message: { object: 'Opportunity', ids: [won] } });
  });

  it.each([
    [
      'of more bytes than are read',
      message(deal(won, { Name: 'é'.repeat(600) })),
      { largestBytes: 1_500 },
      'too-large',
    ],
    [
      'with more notifications than Salesforce sends',
      message(deal(won, {}), deal(lost, {})),
      { mostNotifications: 1 },
      'malformed',
    ],
  ])('%s is refused', (_, xml, limits, reason) => {
    expect(read(xml, { ...usualOutboundLimits, ...limits })).toMatchObject({ kind: 'refused', reason });
  });

  it.each([
    ['another SOAP body', '<Envelope><Body><login/></Body></Envelope>'],
    ['no envelope', '<notifications/>'],
    ['two bodies', '<Envelope><Body/><Body/></Envelope>'],
    ['no notification', message()],
    ['no org', message(deal(won, {})).replace(organisation, '')],
    [
      'two orgs',
      message(deal(won, {})).replace('<ActionId>', `<OrganizationId>${organisation}</OrganizationId><ActionId>`),
    ],
    ['an id that is none', message(deal("0065f00000'--", {}))],
    ['no type', message(deal(won, {})).replace('xsi:type', 'kind')],
    ['deals and leads', message(deal(won, {}), deal('00Q5f00000UloqVAAR', {}, 'Lead'))],
    ['no XML', 'OrganizationId=00D'],
  ])('with %s is refused', (_, xml) => {
    expect(read(xml)).toMatchObject({ kind: 'refused', reason: 'malformed' });
  });

  it('that reaches outside itself is refused', () => {
    const xml = message(deal(won, {})).replace('?>', '?><!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]>');
    expect(read(xml)).toMatchObject({ kind: 'refused', reason: 'forbidden' });
  });

  it('is acknowledged in well-formed words', () => {
    expect(acknowledgement()).toContain('<Ack>true</Ack>');
    expect(readStrictXml(acknowledgement(), { depth: 5, elements: 10 }).kind).toBe('read');
  });
});
