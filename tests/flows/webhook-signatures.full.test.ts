import { signatureV1, signatureV3, webhookHeaders } from '../../connectors/hubspot/simulator/webhooks/signature.js';
import { partnerProgram } from '../support/partner-program.js';
import { rowCounts } from '../support/row-counts.js';
import { startRunningService, type RunningService } from '../support/running-service.js';

const dealReads = 'POST /crm/objects/deals/batch/read 200';
const sixMinutesMs = 360_000;

describe('a delivery that claims to come from HubSpot', () => {
  let service: RunningService;
  let target: string;
  let secret: string;

  beforeAll(async () => {
    service = await startRunningService();
    target = `${service.url}/webhooks/hubspot`;
    secret = service.hubspot.clientSecret;
  });
  afterAll(() => service.close());

  const body = (objectId = 900_001) =>
    JSON.stringify([
      {
        eventId: 1,
        portalId: service.hubspot.portalId,
        appId: service.hubspot.appId,
        subscriptionType: 'deal.propertyChange',
        propertyName: 'dealstage',
        propertyValue: 'closedwon',
        changeSource: 'CRM_UI',
        objectId,
      },
    ]);
  const now = () => service.clock.now().getTime();
  const send = async (headers: Readonly<Record<string, string>>, text: string | Uint8Array<ArrayBuffer>) =>
    fetch(target, { method: 'POST', headers, body: text });

  it('is taken when it is signed with our secret', async () => {
    const answer = await send(webhookHeaders(secret, target, body(), now()), body());
    expect(answer.status).toBe(200);
    await service.settled();
  });

  const forged: readonly (readonly [string, () => readonly [Readonly<Record<string, string>>, string]])[] = [
    ['carries no signature', () => [{ 'content-type': 'application/json' }, body()]],
    ['carries only the old signature', () => [{ 'X-HubSpot-Signature': signatureV1(secret, body()) }, body()]],
    ['was signed six minutes ago', () => [webhookHeaders(secret, target, body(), now() - sixMinutesMs), body()]],
    ['was signed six minutes ahead', () => [webhookHeaders(secret, target, body(), now() + sixMinutesMs), body()]],
    [
      'has its body written anew',
      () => [webhookHeaders(secret, target, body(), now()), JSON.stringify(JSON.parse(body()), null, 1)],
    ],
    ['names another deal than was signed', () => [webhookHeaders(secret, target, body(), now()), body(900_002)]],
    ['is signed with another secret', () => [webhookHeaders('another-secret', target, body(), now()), body()]],
    [
      'is signed for another address',
      () => [webhookHeaders(secret, 'https://elsewhere.example/webhooks/hubspot', body(), now()), body()],
    ],
    [
      'has the signature of another moment',
      () => [
        { ...webhookHeaders(secret, target, body(), now()), 'X-HubSpot-Request-Timestamp': String(now() - 5_000) },
        body(),
      ],
    ],
    [
      'has no moment at all',
      () => {
        const request = { method: 'POST', uri: target, body: body() };
        return [{ 'X-HubSpot-Signature-v3': signatureV3(secret, request, Number.NaN) }, body()];
      },
    ],
  ];

  it.each(forged)('is refused and writes nothing when it %s', async (_case, make) => {
    const before = await rowCounts(service.db);
    const [headers, text] = make();
    const answer = await send({ 'content-type': 'application/json', ...headers }, text);
    expect(answer.status).toBe(401);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(await rowCounts(service.db)).toEqual(before);
  });

  it.each([
    ['is no JSON', '{"broken'],
    ['is no list', '{"objectId":1}'],
    ['has events of another form', '[{"objectId":{"deep":[]}}]'],
    ['is empty', ''],
  ])('is refused as unreadable when its body %s', async (_case, text) => {
    const before = await rowCounts(service.db);
    const answer = await send(webhookHeaders(secret, target, text, now()), text);
    expect(answer.status).toBe(400);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(await rowCounts(service.db)).toEqual(before);
  });

  it('is refused when it is larger than any delivery', async () => {
    const text = `[${' '.repeat(2 * 1024 * 1024)}]`;
    expect((await send(webhookHeaders(secret, target, text, now()), text)).status).toBe(413);
  });

  it('costs no call to HubSpot when it only repeats what we wrote ourselves', async () => {
    const program = partnerProgram(service);
    const { crmDealId } = await program.introduce();
    service.hubspot.resetCalls();
    const told = [
      { propertyName: 'introducer_status' },
      { subscriptionType: 'deal.creation', propertyName: 'dealname' },
    ];
    const ours = { changeSource: 'INTEGRATION', sourceId: String(service.hubspot.appId), objectId: Number(crmDealId) };
    const [event] = JSON.parse(body()) as readonly object[];
    const text = JSON.stringify(told.map((one) => ({ ...event, ...ours, ...one })));
    expect((await send(webhookHeaders(secret, target, text, now()), text)).status).toBe(200);
    await service.settled();
    expect(service.hubspot.calls()).toEqual({});
  });

  it('is heard when another program changes a deal with our token', async () => {
    const program = partnerProgram(service);
    const { crmDealId, registrationId } = await program.introduce();
    service.hubspot.person.updateRecord('deals', crmDealId, { dealname: 'Renamed', amount: '12500' }, 'app');
    await service.settled();
    expect((await program.registration(registrationId)).crm).toMatchObject({ amount: '12500' });
  });

  it('costs one call to HubSpot when a rep changes three things in one go', async () => {
    const program = partnerProgram(service);
    const { crmDealId } = await program.introduce();
    service.hubspot.resetCalls();
    service.hubspot.person.updateRecord('deals', crmDealId, {
      amount: '12500',
      closedate: '2026-12-24',
      dealstage: 'qualifiedtobuy',
    });
    await service.settled();
    expect(service.hubspot.calls()[dealReads]).toBe(1);
  });
});

describe('a change of the client secret', () => {
  it('accepts deliveries signed with the old and with the new one, and old signatures where they are allowed', async () => {
    const service = await startRunningService({
      environment: {
        HUBSPOT_CLIENT_SECRET: 'the-new-secret',
        HUBSPOT_CLIENT_SECRET_PREVIOUS: 'the-old-secret',
        HUBSPOT_ACCEPT_V1: 'true',
      },
    });
    try {
      const target = `${service.url}/webhooks/hubspot`;
      const post = async (headers: Readonly<Record<string, string>>) =>
        (await fetch(target, { method: 'POST', body: '[]', headers })).status;
      const now = service.clock.now().getTime();
      expect(await post(webhookHeaders('the-new-secret', target, '[]', now))).toBe(200);
      expect(await post(webhookHeaders('the-old-secret', target, '[]', now))).toBe(200);
      expect(await post(webhookHeaders('a-third-secret', target, '[]', now))).toBe(401);
      expect(await post({ 'X-HubSpot-Signature': signatureV1('the-old-secret', '[]') })).toBe(200);
      expect(await post({ 'X-HubSpot-Signature': signatureV1('a-third-secret', '[]') })).toBe(401);
    } finally {
      await service.close();
    }
  });
});

describe('a service without a client secret', () => {
  it('refuses every delivery and says that nothing can be verified', async () => {
    const service = await startRunningService({ environment: { HUBSPOT_CLIENT_SECRET: '' } });
    try {
      const target = `${service.url}/webhooks/hubspot`;
      const headers = webhookHeaders('', target, '[]', service.clock.now().getTime());
      const answer = await fetch(target, { method: 'POST', body: '[]', headers });
      expect(answer.status).toBe(401);
      expect(await answer.json()).toMatchObject({
        type: 'urn:introducer:problem:signal-not-configured',
        detail: expect.stringContaining('No client secret is configured'),
      });
    } finally {
      await service.close();
    }
  });
});
