import { soapNotifications } from '../../../connectors/salesforce/simulator/outbound/soap-notifications.js';
import { createOutboundReceiver } from '../../../connectors/salesforce/signals.js';

const ours = '00D5f0000000001EAM';
const records = { Opportunity: '0065f00000UloqVAAR', Lead: '00Q5f0000000001EAA', Account: '0015f0000000001AAA' };

const message = (entity: keyof typeof records, organisation = ours): string =>
  soapNotifications({
    ...{ organisation, actionId: '04k5f0000000001AAA', sessionId: 'nobody may keep it' },
    ...{ instanceUrl: 'https://acme.my.salesforce.com', apiVersion: '67.0' },
    notifications: [
      { id: '04l5f0000000001AAA', entity, recordId: records[entity], fields: { StageName: 'Closed Won' } },
    ],
  });

const receive = (body: string, options: { path?: string; organization?: string | null } = {}) => {
  const { path = '/webhooks/salesforce/the-secret', organization = ours } = options;
  const receiver = createOutboundReceiver({ secret: 'the-secret', organization: () => organization });
  const request = { method: 'POST', originalUrl: path, headers: {}, rawBody: Buffer.from(body) };
  const delivery = receiver.receive(request, new Date());
  return { delivery, answer: receiver.answer!(delivery) };
};

describe('an Outbound Message', () => {
  it('of an opportunity is a signal about a deal, with the stage as a hint', () => {
    expect(receive(message('Opportunity')).delivery).toEqual({
      ...{ kind: 'accepted', echoes: 0, ignored: 0 },
      signals: [{ objectType: 'deal', accountId: ours, crmDealId: records.Opportunity, stageHint: 'Closed Won' }],
    });
  });

  it('of a Lead is a signal about a lead, and of anything else about nobody', () => {
    expect(receive(message('Lead')).delivery).toMatchObject({
      signals: [{ objectType: 'lead', crmLeadId: records.Lead }],
    });
    expect(receive(message('Account')).delivery).toMatchObject({ kind: 'accepted', signals: [], ignored: 1 });
  });

  it('is known by either form of the organisation id', () => {
    expect(receive(message('Lead', ours.slice(0, 15))).delivery.kind).toBe('accepted');
    expect(receive(message('Lead'), { organization: ours.slice(0, 15) }).delivery.kind).toBe('accepted');
  });

  it.each<readonly [string, string, Parameters<typeof receive>[1]]>([
    ['unknown-address', message('Lead'), { path: '/webhooks/salesforce/the-secre' }],
    ['unknown-address', message('Lead'), { path: '/webhooks/salesforce/' }],
    ['unknown-address', 'no message', { path: '/webhooks/salesforce/x?the-secret' }],
    ['wrong-account', message('Lead', '00D000000000062EAA'), {}],
    // The same letters in another case are another organisation.
    ['wrong-account', message('Lead', ours.slice(0, 15).toLowerCase()), {}],
    ['not-configured', message('Lead'), { organization: null }],
    ['malformed', 'no message', {}],
  ])('is refused as %s', (reason, body, options) => {
    const { delivery, answer } = receive(body, options);
    expect(delivery).toMatchObject({ kind: 'refused', reason });
    expect(answer.body).not.toContain('Ack');
  });

  it('is told in a SOAP fault what is wrong with it, and otherwise acknowledged', () => {
    expect(receive(message('Lead', '00D000000000062EAA')).answer.body).toContain(
      `<faultstring>OrganizationId is 00D000000000062EAA; expected that of the connected organisation, ${ours}.`,
    );
    expect(receive(message('Lead')).answer.body).toContain('<Ack>true</Ack>');
  });
});
