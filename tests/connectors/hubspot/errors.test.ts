import {
  CrmGone,
  CrmRateLimited,
  CrmRejected,
  CrmUnauthorised,
  CrmUnavailable,
  type CrmFailure,
} from '../../../connectors/contract.js';
import { translate, translateTokenAnswer, UnexpectedAnswer } from '../../../connectors/hubspot/errors.js';

type Expected = abstract new (...args: never[]) => CrmFailure;

function fail(code: number, body: unknown, headers: Record<string, string> = {}): CrmFailure {
  return translate(new UnexpectedAnswer({ code, body, headers }), 'update deals');
}

// Bodies written from the facts sheet, sections 4, 14 and 15.
const limit = (message: string, policyName?: string) => ({
  status: 'error',
  message,
  errorType: 'RATE_LIMIT',
  policyName,
});
const rolling = limit('You have reached your ten_secondly_rolling limit.', 'TEN_SECONDLY_ROLLING');
const daily = limit('You have reached your daily limit.', 'DAILY');
const searching = { status: 'error', message: 'You have reached your secondly limit.', category: 'RATE_LIMITS' };
const html = '<html><body><h1>502 Bad Gateway</h1></body></html>';

describe("HubSpot's refusals in the words of the contract", () => {
  it.each<[number, unknown, Record<string, string>, Expected, number | undefined]>([
    [400, { message: 'Invalid input', category: 'VALIDATION_ERROR' }, {}, CrmRejected, undefined],
    [
      401,
      { message: 'Authentication credentials not found', category: 'INVALID_AUTHENTICATION' },
      {},
      CrmUnauthorised,
      undefined,
    ],
    [
      403,
      { message: 'This app has not been granted all required scopes', category: 'MISSING_SCOPES' },
      {},
      CrmUnauthorised,
      undefined,
    ],
    [404, { message: 'resource not found', category: 'OBJECT_NOT_FOUND' }, {}, CrmGone, undefined],
    [404, {}, {}, CrmGone, undefined],
    [404, { errors: [{ message: 'no such record' }] }, {}, CrmGone, undefined],
    [404, '', { 'x-hubspot-correlation-id': 'abc' }, CrmGone, undefined],
    [404, { path: '/crm', reason: 'no route' }, {}, CrmUnavailable, undefined],
    [409, { message: 'Contact already exists. Existing ID: 51', category: 'CONFLICT' }, {}, CrmRejected, undefined],
    [414, 'too long', {}, CrmRejected, undefined],
    [423, { message: 'locked' }, {}, CrmUnavailable, 2_000],
    [429, rolling, {}, CrmRateLimited, 10_000],
    [429, searching, {}, CrmRateLimited, 1_000],
    [429, daily, {}, CrmRateLimited, 60_000],
    [429, rolling, { 'retry-after': '3' }, CrmRateLimited, 3_000],
    [429, html, {}, CrmRateLimited, 10_000],
    [477, { message: 'migrating' }, { 'retry-after': '86400' }, CrmUnavailable, 86_400_000],
    [477, { message: 'migrating' }, { 'retry-after': '9999999' }, CrmUnavailable, 86_400_000],
    [477, {}, {}, CrmUnavailable, 60_000],
    [500, { message: 'internal error' }, {}, CrmUnavailable, undefined],
    [502, html, {}, CrmUnavailable, undefined],
    [503, '', { 'retry-after': 'soon' }, CrmUnavailable, undefined],
    [524, null, {}, CrmUnavailable, undefined],
  ])('%i becomes what it means, with the time to wait', (code, body, headers, kind, retryAfterMs) => {
    const failure = fail(code, body, headers);
    expect(failure).toBeInstanceOf(kind);
    expect(failure.httpStatus).toBe(code);
    expect(failure.vendorMessage).not.toBe('');
    expect('retryAfterMs' in failure ? failure.retryAfterMs : undefined).toBe(retryAfterMs);
  });

  it('keep the correlation id, which is what HubSpot support asks for', () => {
    expect(fail(400, { message: 'no', correlationId: 'abc-1' }).correlationId).toBe('abc-1');
    expect(fail(400, 'no', { 'x-hubspot-correlation-id': 'abc-2' }).correlationId).toBe('abc-2');
  });

  const refused = (...faults: readonly object[]) => ({
    status: 'error',
    message: `Property values were not valid: ${JSON.stringify(faults)}`,
    category: 'VALIDATION_ERROR',
  });

  it('name the property and say why, instead of showing JSON', () => {
    const fault = {
      isValid: false,
      message: 'XYZ was not one of the allowed options',
      error: 'INVALID_OPTION',
      name: 'deal_currency_code',
    };
    expect(fail(400, refused(fault)).vendorMessage).toBe('deal_currency_code: XYZ was not one of the allowed options');
  });

  it('say how to get a deleted property of ours back', () => {
    const fault = {
      message: 'Property "introducer_partner" does not exist',
      error: 'PROPERTY_DOESNT_EXIST',
      name: 'introducer_partner',
    };
    expect(fail(400, refused(fault)).vendorMessage).toBe(
      'Property "introducer_partner" does not exist. Run "introducer provision" to make introducer_partner again, then retry',
    );
  });

  it('name a property that an administrator made required', () => {
    const body = {
      status: 'error',
      message: 'Error creating DEAL. Some required properties were not set.',
      category: 'VALIDATION_ERROR',
      errors: [
        { message: 'Required property was not set', code: 'REQUIRED_PROPERTY', context: { propertyName: ['region'] } },
      ],
    };
    expect(fail(400, body).vendorMessage).toBe('region: Required property was not set');
  });

  it('name the scopes that are missing', () => {
    const body = {
      message: 'This app has not been granted all required scopes',
      category: 'MISSING_SCOPES',
      errors: [{ message: 'x', context: { requiredGranularScopes: ['crm.objects.deals.write'] } }],
    };
    expect(fail(403, body).vendorMessage).toContain('crm.objects.deals.write');
  });

  it('survive envelopes of any form', () => {
    const odd = [
      undefined,
      null,
      5,
      'text',
      [],
      { message: 5 },
      { errors: 'many' },
      { errors: [{ context: { propertyName: 'x' } }] },
    ];
    for (const body of odd) expect(fail(400, body).vendorMessage).toMatch(/\w/);
    expect(fail(400, { message: 'Property values were not valid: [{"broken"' }).vendorMessage).toContain('not valid');
  });

  it('never carry a token or a page of HTML', () => {
    const tokens = 'pat-na1-12345678-abcd-4321-dcba-1234567890ab na1-abcdef0123456789abcdef Bearer CPj-secret';
    const message = fail(401, { message: `bad token ${tokens}` }).vendorMessage;
    expect(message).toContain('bad token');
    expect(message).not.toMatch(/12345678|abcdef|secret/);
    expect(fail(502, html).vendorMessage).not.toContain('<');
    expect(fail(400, { message: 'x'.repeat(5_000) }).vendorMessage.length).toBeLessThan(1_000);
  });

  it('become unavailable when nobody answered, with the reason', () => {
    const refusedConnection = new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED 127.0.0.1:1') });
    const failure = translate(refusedConnection, 'read deals');
    expect(failure).toBeInstanceOf(CrmUnavailable);
    expect(failure.vendorMessage).toContain('ECONNREFUSED');
  });

  it.each<[number, object, Expected]>([
    [
      400,
      { error: 'invalid_grant', status: 'BAD_REFRESH_TOKEN', message: 'missing or unknown refresh token' },
      CrmUnauthorised,
    ],
    [400, { error: 'access_denied', status: 'BAD_HUB', message: 'hub is gone' }, CrmUnauthorised],
    [
      400,
      { error: 'invalid_client', status: 'BAD_CLIENT_SECRET', message: 'missing or unknown client secret' },
      CrmUnauthorised,
    ],
    [423, {}, CrmUnavailable],
    [429, rolling, CrmRateLimited],
    [477, {}, CrmUnavailable],
    [500, {}, CrmUnavailable],
  ])('of the token endpoint: %i %j', (code, body, kind) => {
    const failure = translateTokenAnswer({ code, body, headers: {} }, 'refresh the access token');
    expect(failure).toBeInstanceOf(kind);
  });
});
