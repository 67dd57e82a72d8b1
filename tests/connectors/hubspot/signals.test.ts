import type { CrmSignal, SignalDelivery } from '../../../connectors/contract.js';
import { createHubspotSignalReceiver } from '../../../connectors/hubspot/signals.js';
import { signV3 } from '../../../connectors/hubspot/signature.js';

const secret = 'client-secret';
const origin = 'https://partners.test';
const originalUrl = '/webhooks/hubspot';
const now = new Date('2026-11-10T12:00:00Z');
const receiver = createHubspotSignalReceiver({ clientSecrets: [secret], publicOrigins: [origin], acceptV1: false });

function deliverText(text: string): SignalDelivery {
  const rawBody = Buffer.from(text);
  const timestamp = String(now.getTime());
  const signature = signV3(secret, { method: 'POST', url: origin + originalUrl, rawBody, timestamp });
  const headers = { 'x-hubspot-signature-v3': signature, 'x-hubspot-request-timestamp': timestamp };
  return receiver.receive({ method: 'POST', originalUrl, headers, rawBody }, now);
}

// Fields as in the facts sheet, section 13.
const base = { eventId: 1, subscriptionId: 2, portalId: 62515, appId: 54321, occurredAt: 1, attemptNumber: 0 };
const deliver = (...events: readonly object[]): SignalDelivery =>
  deliverText(JSON.stringify(events.map((event) => ({ ...base, ...event }))));
const stageChange = {
  subscriptionType: 'deal.propertyChange',
  objectId: 31_000_000_007,
  propertyName: 'dealstage',
  propertyValue: 'closedwon',
  changeSource: 'CRM_UI',
  sourceId: 'userId:7',
};

function signalsOf(delivery: SignalDelivery): readonly CrmSignal[] {
  return delivery.kind === 'accepted' ? delivery.signals : [];
}

const dealIdOf = (signal: CrmSignal): string => (signal.objectType === 'deal' ? signal.crmDealId : '');

describe('deliveries from HubSpot', () => {
  it('hint at the deal, and at the stage it is said to have moved to', () => {
    expect(deliver(stageChange)).toEqual({
      kind: 'accepted',
      signals: [{ objectType: 'deal', accountId: '62515', crmDealId: '31000000007', stageHint: 'closedwon' }],
      echoes: 0,
      ignored: 0,
    });
  });

  it.each([
    ['deal.creation', {}],
    ['deal.deletion', {}],
    ['deal.restore', {}],
    ['deal.propertyChange', { propertyName: 'amount', propertyValue: '5' }],
    ['object.propertyChange', { objectTypeId: '0-3', propertyName: 'amount', propertyValue: '5' }],
    ['object.creation', { objectTypeId: '0-3' }],
  ])('of kind %s hint at the deal without a stage', (subscriptionType, more) => {
    const signals = signalsOf(deliver({ subscriptionType, objectId: 7, ...more }));
    expect(signals).toEqual([{ objectType: 'deal', accountId: '62515', crmDealId: '7', stageHint: null }]);
  });

  it('of a merge hint at every deal that took part', () => {
    const signals = signalsOf(
      deliver({
        subscriptionType: 'deal.merge',
        objectId: 9,
        primaryObjectId: 7,
        mergedObjectIds: [8, 7],
        newObjectId: 9,
      }),
    );
    expect(signals.map(dealIdOf).toSorted()).toEqual(['7', '8', '9']);
  });

  it.each([
    { subscriptionType: 'deal.associationChange', fromObjectId: 7, toObjectId: 8 },
    { subscriptionType: 'object.associationChange', fromObjectTypeId: '0-3', fromObjectId: 7, toObjectId: 8 },
  ])('of a tie hint at the deal that was tied to somebody: $subscriptionType', (event) => {
    expect(signalsOf(deliver(event)).map(dealIdOf)).toEqual(['7']);
  });

  it('that repeat each other hint once', () => {
    expect(signalsOf(deliver(stageChange, stageChange, { ...stageChange, attemptNumber: 3 }))).toHaveLength(1);
  });

  it('of several accounts stay apart', () => {
    const signals = signalsOf(deliver(stageChange, { ...stageChange, portalId: 2 }));
    expect(signals.map((signal) => signal.accountId)).toEqual(['62515', '2']);
  });

  it.each([
    [
      'a deal that our own app has made',
      { subscriptionType: 'deal.creation', changeSource: 'INTEGRATION', sourceId: '54321', propertyName: undefined },
    ],
    [
      'a tie that our own app has made',
      { subscriptionType: 'deal.associationChange', changeSource: 'INTEGRATION', sourceId: '54321' },
    ],
    ['on a property only we write', { propertyName: 'introducer_status', propertyValue: 'approved' }],
  ])('that echo our own writing cost nothing: %s', (_, more) => {
    expect(deliver({ ...stageChange, ...more })).toEqual({ kind: 'accepted', signals: [], echoes: 1, ignored: 0 });
  });

  it.each([
    ['a stage move', stageChange],
    ['another amount', { subscriptionType: 'deal.propertyChange', objectId: 7, propertyName: 'amount' }],
    ['a deletion', { subscriptionType: 'deal.deletion', objectId: 7 }],
    ['a restoration', { subscriptionType: 'deal.restore', objectId: 7 }],
    ['a merge', { subscriptionType: 'deal.merge', objectId: 7 }],
  ])('of %s are no echo, even if our own app made it: another program may use its token', (_, event) => {
    expect(signalsOf(deliver({ ...event, changeSource: 'INTEGRATION', sourceId: '54321' }))).toHaveLength(1);
  });

  it('with one event that cannot be read still tell of the others', () => {
    const good = JSON.stringify({ ...base, ...stageChange });
    const delivery = deliverText(`[null, "x", 1, {"objectId":{}}, ${good}]`);
    expect(delivery).toMatchObject({ kind: 'accepted', ignored: 4, signals: [{ crmDealId: '31000000007' }] });
  });

  it('may name the kind of an event as older documentation does', () => {
    expect(
      signalsOf(deliver({ ...stageChange, subscriptionType: undefined, eventType: 'deal.creation' })),
    ).toHaveLength(1);
  });

  it('made by another app are no echo', () => {
    expect(signalsOf(deliver({ ...stageChange, changeSource: 'INTEGRATION', sourceId: '99' }))).toHaveLength(1);
    expect(signalsOf(deliver({ ...stageChange, changeSource: 'INTEGRATION', sourceId: undefined }))).toHaveLength(1);
  });

  it.each([
    { subscriptionType: 'contact.propertyChange', objectId: 7 },
    { subscriptionType: 'object.propertyChange', objectTypeId: '0-1', objectId: 7 },
    { subscriptionType: 'object.associationChange', fromObjectTypeId: '0-1', fromObjectId: 7, toObjectId: 8 },
    { subscriptionType: 'contact.deletion', objectId: 7 },
    { subscriptionType: 'contact.privacyDeletion' },
    { subscriptionType: 'conversation.creation', objectId: 7 },
    { subscriptionType: 'deal.creation' },
    { subscriptionType: 'deal' },
  ])('about what we do not watch are ignored: $subscriptionType', (event) => {
    expect(deliver(event)).toEqual({ kind: 'accepted', signals: [], echoes: 0, ignored: 1 });
  });

  it.each([
    { subscriptionType: 'contact.privacyDeletion', objectId: 7 },
    { eventType: 'contact.privacyDeletion', objectId: 7 },
    { subscriptionType: 'object.privacyDeletion', objectTypeId: '0-1', objectId: 7 },
  ])('about a contact that was deleted for privacy name it, whoever deleted it: %j', (event) => {
    expect(deliver({ ...event, changeSource: 'INTEGRATION' })).toMatchObject({
      signals: [{ objectType: 'erased-contact', crmContactId: '7' }],
      ignored: 0,
    });
  });

  it('keep ids exact that are longer than a number can hold', () => {
    const text = `[{"subscriptionType":"deal.creation","objectId":90071992547409931234,"portalId":1,"x":"1234567890123456789 \\"y"}]`;
    expect(signalsOf(deliverText(text))).toEqual([
      { objectType: 'deal', accountId: '1', crmDealId: '90071992547409931234', stageHint: null },
    ]);
  });

  it.each([
    ['longer than any id', '"objectId":123456789012345678901'],
    ['longer than any id, as text', '"objectId":"123456789012345678901"'],
    ['negative', '"objectId":-1234567890123456789'],
    ['no id but digits with a sign', '"objectId":"+7"'],
  ])('with a deal id that is %s cost only that event', (_, wrong) => {
    const event = (id: string) => `{"subscriptionType":"deal.creation","portalId":1,${id}}`;
    const delivery = deliverText(`[${event(wrong)},${event('"objectId":12345678901234567890')}]`);
    expect(delivery).toMatchObject({ signals: [{ crmDealId: '12345678901234567890' }], ignored: 1 });
  });

  it.each([
    ['quotes that nothing closes', `1234567890123456"${'\\"'.repeat(60_000)}`],
    ['one text full of quotes', `[1234567890123456,"${'\\"'.repeat(60_000)}"]`],
    ['one endless number', '1'.repeat(120_000)],
    ['a number with a hundred thousand signs', `${'-'.repeat(120_000)}1234567890123456`],
    ['points and digits', `${'1.'.repeat(60_000)}1234567890123456`],
  ])('that are hostile are refused at once: %s', (_, text) => {
    const startedAt = performance.now();
    expect(deliverText(text)).toMatchObject({ kind: 'refused', reason: 'malformed' });
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });

  it('with a number that begins with zero are no JSON, however long it is', () => {
    const text = '[{"subscriptionType":"deal.creation","objectId":01234567890123456}]';
    expect(deliverText(text)).toMatchObject({ kind: 'refused', reason: 'malformed' });
  });

  it('hint at the deal alone when the stage could not be stored', () => {
    expect(signalsOf(deliver({ ...stageChange, propertyValue: 'won\u0000' }))).toMatchObject([{ stageHint: null }]);
  });

  it('may carry fields nobody has heard of, and others of an unexpected form', () => {
    const odd = {
      ...stageChange,
      brandNew: { deep: [1] },
      sourceId: 54321,
      mergedObjectIds: 'none',
      propertyValue: 12,
    };
    expect(signalsOf(deliver(odd))).toEqual([
      { objectType: 'deal', accountId: '62515', crmDealId: '31000000007', stageHint: null },
    ]);
  });

  it('may be empty', () => {
    expect(deliver()).toEqual({ kind: 'accepted', signals: [], echoes: 0, ignored: 0 });
  });

  it.each([
    ['text', 'hello'],
    ['an object', '{}'],
    ['null', 'null'],
    ['a list of numbers', '[1,2]'],
    ['an event without a kind', '[{"objectId":1}]'],
    ['half a list', '[{"subscriptionType":"deal.creation"'],
    ['thousands of events', JSON.stringify(Array.from({ length: 1_001 }, () => stageChange))],
    ['brackets a thousand deep', '['.repeat(1_000) + ']'.repeat(1_000)],
  ])('that are %s are refused as malformed', (_, text) => {
    expect(deliverText(text)).toMatchObject({ kind: 'refused', reason: 'malformed' });
  });

  it('are looked at only when their signature holds', () => {
    const request = { method: 'POST', originalUrl, headers: {}, rawBody: Buffer.from('not json') };
    expect(receiver.receive(request, now)).toMatchObject({ kind: 'refused', reason: 'unsigned' });
  });
});
