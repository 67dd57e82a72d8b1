import { faultsByField, isNotSignedIn, problemFrom } from '../../../src/web/api/problem.js';

describe('a refusal of the service', () => {
  it('is told in its own words, with the first fault of each field', () => {
    const fault = (field: string, expected: string) => ({ field, expected, message: `${field} must be ${expected}.` });
    const problem = problemFrom(422, {
      type: 'urn:introducer:problem:invalid-request',
      detail: 'company.name is missing. (and 2 more)',
      errors: [fault('company.name', 'text'), fault('company.name', 'short'), fault('deal.amount', 'a number'), null],
      requestId: 'req_1',
    });
    expect(problem).toMatchObject({ status: 422, code: 'invalid-request', requestId: 'req_1' });
    expect(problem.message).toBe('company.name is missing. (and 2 more)');
    expect(faultsByField(problem)).toEqual({ 'company.name': 'text', 'deal.amount': 'a number' });
  });

  it.each([
    [{ code: 'INVALID_EMAIL_OR_PASSWORD', message: 'Invalid email or password' }, 'Invalid email or password'],
    [null, 'HTTP 502'],
    ['<html>Bad gateway</html>', 'HTTP 502'],
  ])('that is no problem document (%j) still says something', (body, words) => {
    expect(problemFrom(502, body).message).toBe(words);
  });

  it('means that nobody is signed in only when it says so', () => {
    expect(isNotSignedIn(problemFrom(401, null))).toBe(true);
    expect(isNotSignedIn(problemFrom(403, null))).toBe(false);
    expect(isNotSignedIn(new TypeError('of ours'))).toBe(false);
  });
});
