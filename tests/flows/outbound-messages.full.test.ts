import { outboundPath } from '../../src/compose-connections.js';
import type { SalesforceSimulator } from '../../connectors/salesforce/simulator/start.js';
import { soapNotifications } from '../../connectors/salesforce/simulator/outbound/soap-notifications.js';
import { doctor } from '../../src/doctor.js';
import { eventually } from '../support/eventually.js';
import { rowCounts } from '../support/row-counts.js';
import { startRunningService, type RunningService } from '../support/running-service.js';
import { salesforceProgram, type Converted, type SalesforceProgram } from '../support/salesforce-program.js';

describe('an Outbound Message', () => {
  let service: RunningService;
  let salesforce: SalesforceSimulator;
  let program: SalesforceProgram;
  let address: string;
  let converted: readonly Converted[];

  beforeAll(async () => {
    service = await startRunningService({ salesforce: {}, environment: { SALESFORCE_CHANGE_CHANNEL: 'none' } });
    salesforce = service.salesforce!;
    address = `${service.url}${outboundPath(service.internals.foundations.secrets)}`;
    // What the administrator sets up: an action of a flow that runs whenever a lead or an opportunity is saved.
    salesforce.outbound.configure({
      messages: [
        { entity: 'Lead', fields: ['Status'], targetUrl: address },
        { entity: 'Opportunity', fields: ['StageName'], targetUrl: address },
      ],
      ...{ duplicateShare: 0.5, shuffle: true, retryBaseMs: 20 },
    });
    program = await salesforceProgram(service, salesforce);
    converted = await program.pushAllConverted(1);
  });
  afterAll(() => service.close());

  const message = (organisation = salesforce.org.id, recordId = converted[0]!.opportunityId) =>
    soapNotifications({
      ...{ organisation, actionId: '04k5f0000000001AAA', sessionId: null },
      ...{ instanceUrl: salesforce.instanceUrl, apiVersion: '67.0' },
      notifications: [
        { id: '04l5f0000000001AAA', entity: 'Opportunity', recordId, fields: { StageName: 'Closed Won' } },
      ],
    });
  const post = (body: string | Uint8Array<ArrayBuffer>, to = address): Promise<Response> =>
    fetch(to, { method: 'POST', headers: { 'Content-Type': 'text/xml; charset=utf-8' }, body });
  const allSent = () => eventually('Salesforce has sent all it had', () => salesforce.outbound.waiting() === 0, 20_000);
  const sweptAt = async () => {
    const { items } = await service.operator.get<{ items: readonly { id: string; sweptAt: string }[] }>(
      '/api/v1/connections',
    );
    return items.find(({ id }) => id === 'salesforce')?.sweptAt;
  };

  it('leads to a credited win without any sweep, however often it comes', async () => {
    // Until the organisation is known, just after the first start, nothing is acknowledged.
    await allSent();
    const before = await sweptAt();
    const sent = salesforce.outbound.attempts().length;
    const won = converted[0]!;
    program.win(won);
    await program.credited(won.registrationId);
    await allSent();
    await service.settled();
    expect(await program.bookOf(won.registrationId)).toEqual(['commission 1200.00 USD']);
    expect(await sweptAt()).toBe(before);
    const outcomes = salesforce.outbound
      .attempts()
      .slice(sent)
      .map(({ outcome }) => outcome);
    expect([outcomes.length > 0, new Set(outcomes)]).toEqual([true, new Set(['acknowledged'])]);
  });

  it('is acknowledged once its records are sure to be read', async () => {
    const answer = await post(message());
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/xml; charset=utf-8']);
    expect(await answer.text()).toMatch(/<Ack>true<\/Ack>/);
    const short = await post(message(salesforce.org.id.slice(0, 15), converted[0]!.opportunityId.slice(0, 15)));
    expect(await short.text()).toMatch(/<Ack>true<\/Ack>/);
    await service.settled();
  });

  it('is refused, and changes nothing, when it is of another organisation', async () => {
    const before = await rowCounts(service.db);
    const answer = await post(message('00D000000000062EAA'));
    expect(answer.status).toBe(403);
    const text = await answer.text();
    expect(text).toContain('<faultstring>OrganizationId is 00D000000000062EAA; expected');
    expect(text).not.toContain('Ack');
    expect(await rowCounts(service.db)).toEqual(before);
  });

  it('finds nothing at an address that is wrong in a single character, just as anywhere else', async () => {
    const before = await rowCounts(service.db);
    const last = address.at(-1) === 'A' ? 'B' : 'A';
    const nowhere = await post(message(), `${service.url}/webhooks/elsewhere/x`);
    for (const wrong of [`${address.slice(0, -1)}${last}`, address.slice(0, -1), `${address}A`, `${address}/x`]) {
      const answer = await post(message(), wrong);
      expect([answer.status, await answer.json()]).toEqual([
        nowhere.status,
        expect.objectContaining({ type: 'urn:introducer:problem:no-such-route' }),
      ]);
      const names = (one: Response) => [...one.headers.keys()].sort();
      expect(names(answer)).toEqual(names(nowhere));
    }
    expect(nowhere.status).toBe(404);
    expect(await rowCounts(service.db)).toEqual(before);
  });

  it.each<readonly [string, () => string | Uint8Array<ArrayBuffer>]>([
    ['is nothing at all', () => ''],
    ['is no XML', () => '{"OrganizationId": "00D"}'],
    ['is cut off', () => message().slice(0, -30)],
    ['names an entity', () => message().replace('?>', '?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>')],
    ['names no record', () => message().replace(/<sf:Id>.*?<\/sf:Id>/, '')],
    ['is no text', () => new Uint8Array([0xff, 0xfe, 0x00, 0x3c])],
  ])('is refused in words, and changes nothing, when it %s', async (_what, body) => {
    const before = await rowCounts(service.db);
    const answer = await post(body());
    expect([answer.status, answer.headers.get('content-type')]).toEqual([400, 'text/xml; charset=utf-8']);
    expect(await answer.text()).toMatch(/<faultstring>No Outbound Message: .+<\/faultstring>/);
    expect(await rowCounts(service.db)).toEqual(before);
  });

  it('is refused when it is larger than any that Salesforce sends', async () => {
    const answer = await post(`${message()}${' '.repeat(2_000_001)}`);
    expect(answer.status).toBe(413);
  });

  it('goes to an address that only the doctor tells', async () => {
    const { foundations, composition } = service.internals;
    const words = (await doctor(foundations, composition)).map((finding) => finding.words).join('\n');
    expect(words).toContain(outboundPath(foundations.secrets));
    expect(outboundPath(foundations.secrets)).toMatch(/^\/webhooks\/salesforce\/[\w-]{43}$/);
  });
});
