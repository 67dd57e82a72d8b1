import { CrmGone, CrmRateLimited, CrmRejected, CrmUnauthorised, CrmUnavailable } from '../../../connectors/contract.js';
import { CallTimedOut, failureOfFaults, translate, UnexpectedAnswer } from '../../../connectors/salesforce/errors.js';
import { readFaults } from '../../../connectors/salesforce/vendor-words.js';

// Bodies written from the facts sheet, section 3.
const fault = (errorCode: string, message = 'words', fields?: readonly string[]) => [{ message, errorCode, fields }];
const answer = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  translate(new UnexpectedAnswer({ status, body, headers }), 'read deals');

describe("Salesforce's refusals", () => {
  it.each([
    [400, fault('FIELD_CUSTOM_VALIDATION_EXCEPTION', 'Close date is in the past'), CrmRejected],
    [400, fault('REQUIRED_FIELD_MISSING', 'Required fields are missing: [Region__c]', ['Region__c']), CrmRejected],
    [400, fault('INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST'), CrmRejected],
    [400, fault('CANNOT_UPDATE_CONVERTED_LEAD', 'cannot reference converted lead'), CrmRejected],
    [400, fault('UNABLE_TO_LOCK_ROW'), CrmUnavailable],
    [400, fault('QUERY_TIMEOUT'), CrmUnavailable],
    [401, fault('INVALID_SESSION_ID', 'Session expired or invalid'), CrmUnauthorised],
    [403, fault('REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.'), CrmRateLimited],
    [403, fault('API_DISABLED_FOR_ORG'), CrmUnauthorised],
    [404, fault('NOT_FOUND', 'The requested resource does not exist'), CrmGone],
    [404, fault('ENTITY_IS_DELETED', 'entity is deleted'), CrmGone],
    [404, '<html>no such page</html>', CrmUnavailable],
    [302, '', CrmUnavailable],
    [420, '', CrmUnavailable],
    [429, '', CrmRateLimited],
    [431, '', CrmRejected],
    [500, fault('UNKNOWN_EXCEPTION'), CrmUnavailable],
    [502, '<html></html>', CrmUnavailable],
    [503, fault('SERVER_UNAVAILABLE'), CrmUnavailable],
    [400, { error: 'invalid_grant', error_description: 'expired access/refresh token' }, CrmUnauthorised],
    [400, { error: 'invalid_grant', error_description: 'login rate exceeded' }, CrmRateLimited],
    [400, { error: 'inactive_org', error_description: 'this org is inactive' }, CrmUnauthorised],
  ] as const)('%i %j', (status, body, kind) => {
    const failure = answer(status, body);
    expect(failure).toBeInstanceOf(kind);
    expect(failure).toMatchObject({ httpStatus: status, operation: 'read deals' });
  });

  it('keep their words, the code and the fields they are about', () => {
    expect(answer(400, fault('REQUIRED_FIELD_MISSING', 'A region is needed', ['Region__c'])).vendorMessage).toBe(
      'REQUIRED_FIELD_MISSING: A region is needed [Region__c]',
    );
  });

  it('tell a limit that frees in seconds from one of the whole day', () => {
    const concurrent = 'ConcurrentRequests (Concurrent API Requests) Limit exceeded.';
    expect(answer(403, fault('REQUEST_LIMIT_EXCEEDED', concurrent))).toMatchObject({ retryAfterMs: 5_000 });
    expect(answer(403, fault('REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.'))).toMatchObject({
      retryAfterMs: 900_000,
    });
    expect(answer(503, '', { 'retry-after': '7' })).toMatchObject({ retryAfterMs: 7_000 });
  });

  it.each(['duplicateResut', 'duplicateResult'])('name the records that a duplicate rule found (%s)', (key) => {
    const body = [
      {
        errorCode: 'DUPLICATES_DETECTED',
        message: 'Use one of these records?',
        [key]: {
          allowSave: true,
          duplicateRule: 'Standard_Lead_Duplicate_Rule',
          matchResults: [{ matchRecords: [{ record: { attributes: { type: 'Lead' }, Id: '00Q5f00000AbCdEFGH' } }] }],
        },
      },
    ];
    const failure = answer(400, body);
    expect(failure).toBeInstanceOf(CrmRejected);
    expect(failure.vendorMessage).toBe(
      'DUPLICATES_DETECTED: Use one of these records? (duplicate rule Standard_Lead_Duplicate_Rule) ' +
        'Found: 00Q5f00000AbCdEFGH',
    );
  });

  it('say what to do when a field of ours is missing or hidden, also where it looks like a missing record', () => {
    const column = "No such column 'Introducer_Partner__c' on entity 'Lead'.";
    expect(answer(400, fault('INVALID_FIELD', column)).vendorMessage).toMatch(/introducer provision.*permission set/);
    const key = 'Provided external ID field does not exist or is not accessible: Introducer_Registration_Id__c';
    const failure = answer(404, fault('NOT_FOUND', key));
    expect(failure).toBeInstanceOf(CrmRejected);
    expect(failure.vendorMessage).toMatch(/introducer provision/);
  });

  it('of rows in collections and parts of composite calls mean the same', () => {
    const row = { statusCode: 'UNABLE_TO_LOCK_ROW', message: 'unable to obtain exclusive access', fields: [] };
    expect(failureOfFaults(readFaults([row]), { operation: 'write' })).toBeInstanceOf(CrmUnavailable);
    const soap =
      '<soapenv:Fault><faultcode>sf:INVALID_SESSION_ID</faultcode><faultstring>INVALID_SESSION_ID: Invalid Session' +
      '</faultstring></soapenv:Fault>';
    expect(answer(500, soap)).toBeInstanceOf(CrmUnauthorised);
  });

  it('never repeat a token', () => {
    const words = 'bad 00D5f000000abcd!AQEAQ.x_y for Bearer abc and 5Aep861.r eyJhbGciOi.eyJpc3M.sig';
    const { vendorMessage } = answer(400, fault('X', words));
    expect(vendorMessage).not.toMatch(/AQEAQ|abc and|861|eyJ/);
  });
});

describe('no answer', () => {
  it('is Salesforce being unavailable, whether nobody answered, too late, or in the middle', () => {
    expect(translate(new CallTimedOut(30), 'x').vendorMessage).toBe('No usable answer: no answer within 30 ms');
    const torn = new Error(
      'request to https://acme.my.salesforce.com/query?q=SELECT%20x failed, reason: socket hang up',
    );
    expect(translate(torn, 'x')).toBeInstanceOf(CrmUnavailable);
    expect(translate(torn, 'x').vendorMessage).toBe(
      'No usable answer: request to Salesforce failed, reason: socket hang up',
    );
  });
});
