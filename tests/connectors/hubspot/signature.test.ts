import { createHash } from 'node:crypto';
import { signV1, signV3, verifySignature, type SignatureSettings } from '../../../connectors/hubspot/signature.js';
import type { RawSignalRequest } from '../../../connectors/contract.js';

// Vectors from the facts sheet, section 13.
const v1Secret = 'yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy';
const v1Body =
  '[{"eventId":1,"subscriptionId":12345,"portalId":62515,"occurredAt":1564113600000,"subscriptionType":"contact.creation","attemptNumber":0,"objectId":123,"changeSource":"CRM","changeFlag":"NEW","appId":54321}]';
const v1Signature = '232db2615f3d666fe21a8ec971ac7b5402d33b9a925784df3ca654d05f4817de';
const v3Secret = 'f6e94c08-85d0-4608-bcc6-e1850176e7b8';
const v3Timestamp = '1632188626483';
const v3Signature = 'jf872r5vscVcxCiDRHA4rGrqe/8BPLNVkdJSHdMnGTU=';

const settings: SignatureSettings = {
  clientSecrets: [v3Secret],
  publicOrigins: ['https://www.hubspot.com'],
  acceptV1: false,
};
const now = new Date(Number(v3Timestamp) + 1_000);

function request(more: Partial<RawSignalRequest> & { readonly body?: string } = {}): RawSignalRequest {
  const { body = 'REQUEST_BODY', ...rest } = more;
  return {
    method: 'POST',
    originalUrl: '/webhook',
    headers: { 'x-hubspot-signature-v3': v3Signature, 'x-hubspot-request-timestamp': v3Timestamp },
    rawBody: Buffer.from(body),
    ...rest,
  };
}

describe('HubSpot signatures', () => {
  it.each([
    ['a body', 'POST', 'https://www.hubspot.com/webhook', 'REQUEST_BODY', v3Signature],
    ['no body', 'POST', 'https://www.hubspot.com/webhook', '', 'csXgk7UbrE9F8ZmMvbpuKBxqIvTSqU1EX9pI/SJtxSE='],
  ])('are those of the published vectors: v3 with %s', (_, method, url, body, expected) => {
    expect(signV3(v3Secret, { method, url, rawBody: Buffer.from(body), timestamp: v3Timestamp })).toBe(expected);
  });

  it('are those of the published vectors: v3 with a query', () => {
    const given = {
      method: 'GET',
      url: 'https://hubspot.com/?appId=1&portalId=2&userId=3',
      rawBody: Buffer.alloc(0),
      timestamp: '1111111111',
    };
    expect(signV3('12345678-aaaa-bbbb-cccc-ddddeeeeffff', given)).toBe('zTfXjo07jfzGouo4wvyAj3qEMUTVJ0PPYPACrluQtQI=');
  });

  it('are those of the published vectors: v1', () => {
    expect(signV1(v1Secret, Buffer.from(v1Body))).toBe(v1Signature);
  });

  it('undo exactly the escapes HubSpot lists and no other', () => {
    const sign = (url: string): string =>
      signV3(v3Secret, { method: 'GET', url, rawBody: Buffer.alloc(0), timestamp: v3Timestamp });
    expect(sign('https://a.test/x%3Ay%2fz%40w%3F%21%24%27%28%29%2A%2C%3B')).toBe(
      sign("https://a.test/x:y/z@w?!$'()*,;"),
    );
    expect(sign('https://a.test/x%20y')).not.toBe(sign('https://a.test/x y'));
    for (const kept of ['%20', '%26', '%3D', '%25']) {
      expect(sign(`https://a.test/${kept}`)).not.toBe(sign(`https://a.test/${decodeURIComponent(kept)}`));
    }
  });

  it('are accepted for a genuine delivery', () => {
    expect(verifySignature(settings, request(), now)).toEqual({ kind: 'genuine' });
  });

  it.each<[string, Partial<SignatureSettings>]>([
    ['the secret before during a change', { clientSecrets: ['new-secret', v3Secret] }],
    ['any of several public addresses', { publicOrigins: ['http://localhost:3000', 'https://www.hubspot.com/'] }],
  ])('are accepted with %s', (_, more) => {
    expect(verifySignature({ ...settings, ...more }, request(), now)).toEqual({ kind: 'genuine' });
  });

  const shift = (ms: number) => new Date(now.getTime() + ms);
  it.each<[string, string, SignatureSettings, RawSignalRequest, Date]>([
    ['without a configured secret', 'not-configured', { ...settings, clientSecrets: ['', ''] }, request(), now],
    ['without any signature', 'unsigned', settings, request({ headers: {} }), now],
    ['with another secret', 'bad-signature', { ...settings, clientSecrets: ['other'] }, request(), now],
    ['with another body', 'bad-signature', settings, request({ body: 'REQUEST_BODy' }), now],
    ['with another path', 'bad-signature', settings, request({ originalUrl: '/webhook/' }), now],
    ['for another address', 'bad-signature', { ...settings, publicOrigins: ['https://evil.test'] }, request(), now],
    ['with another method', 'bad-signature', settings, request({ method: 'PUT' }), now],
    ['older than five minutes', 'stale', settings, request(), shift(299_001)],
    ['from more than five minutes ahead', 'stale', settings, request(), shift(-301_001)],
    [
      'whose time is not a number',
      'stale',
      settings,
      request({ headers: { 'x-hubspot-signature-v3': v3Signature, 'x-hubspot-request-timestamp': 'NaN' } }),
      now,
    ],
    ['without a time', 'stale', settings, request({ headers: { 'x-hubspot-signature-v3': v3Signature } }), now],
    [
      'with an empty signature',
      'unsigned',
      settings,
      request({ headers: { 'x-hubspot-signature-v3': '', 'x-hubspot-request-timestamp': v3Timestamp } }),
      now,
    ],
  ])('refuse a delivery %s', (_, reason, given, delivery, at) => {
    expect(verifySignature(given, delivery, at)).toMatchObject({ kind: 'refused', reason });
  });

  it('accept exactly five minutes', () => {
    expect(verifySignature(settings, request(), new Date(Number(v3Timestamp) + 300_000))).toEqual({ kind: 'genuine' });
  });

  describe('of version 1', () => {
    const v1Settings: SignatureSettings = { clientSecrets: [v1Secret], publicOrigins: [], acceptV1: true };
    const delivery = (headers: RawSignalRequest['headers']) => request({ body: v1Body, headers });
    const v1Headers = { 'x-hubspot-signature': v1Signature, 'x-hubspot-signature-version': 'v1' };

    it('count only where they are switched on', () => {
      expect(verifySignature(v1Settings, delivery(v1Headers), now)).toEqual({ kind: 'genuine' });
      expect(verifySignature({ ...v1Settings, acceptV1: false }, delivery(v1Headers), now)).toMatchObject({
        reason: 'unsigned',
      });
    });

    it('do not save a delivery whose v3 signature is wrong', () => {
      const headers = { ...v1Headers, 'x-hubspot-signature-v3': 'wrong', 'x-hubspot-request-timestamp': v3Timestamp };
      expect(verifySignature(v1Settings, delivery(headers), now)).toMatchObject({ reason: 'bad-signature' });
    });

    it('are not taken for version 2, which covers other bytes', () => {
      const v2 = createHash('sha256').update(`${v1Secret}POSThttps://x.test/webhook${v1Body}`).digest('hex');
      const headers = { 'x-hubspot-signature': v2, 'x-hubspot-signature-version': 'v2' };
      expect(verifySignature(v1Settings, delivery(headers), now)).toMatchObject({ reason: 'unsigned' });
    });
  });
});
