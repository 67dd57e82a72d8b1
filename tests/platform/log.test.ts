import { createLog } from '../../src/platform/log.js';

class VendorFailure extends Error {
  readonly code = 'VALIDATION_ERROR';
  readonly request = { headers: { authorization: 'Bearer pat-na1-aaaa' } };
}

describe('the log', () => {
  let lines: string[];
  const log = createLog({ level: 'info', destination: { write: (line: string) => void lines.push(line) } });
  beforeEach(() => {
    lines = [];
  });

  it('writes one JSON object a line, with level, time and words', () => {
    log.info({ kind: 'push', items: 3 }, 'done');
    expect(JSON.parse(lines[0]!)).toMatchObject({
      level: 'info',
      kind: 'push',
      items: 3,
      msg: 'done',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
    });
  });

  it.each([
    [{ authorization: 'Bearer geheim' }],
    [{ req: { headers: { authorization: 'Basic geheim', cookie: 'sid=geheim' } } }],
    [{ tokens: { accessToken: 'geheim', refresh_token: 'geheim' } }],
    [{ settings: { clientSecret: 'geheim', secretKey: 'geheim', password: 'geheim' } }],
    [{ databaseUrl: 'postgres://me:geheim@db/introducer' }],
    [{ err: new Error('connect to postgres://me:geheim@db/introducer failed') }],
    [{ err: new Error('outer', { cause: new Error('Authorization: Bearer geheim') }) }],
    [{ note: 'see redis://:geheim@cache:6379' }],
  ])('never shows a secret: %j', (fields) => {
    log.warn(fields, 'careful');
    expect(lines).toHaveLength(1);
    expect(lines[0]).not.toContain('geheim');
  });

  it('tells of an error what it says, and nothing that hangs on it', () => {
    log.error({ err: new VendorFailure('no such stage', { cause: new TypeError('inner') }) }, 'push failed');
    const { err } = JSON.parse(lines[0]!) as { err: Record<string, unknown> };
    expect(err).toMatchObject({ message: 'no such stage', code: 'VALIDATION_ERROR', cause: { message: 'inner' } });
    expect(Object.keys(err).toSorted()).toEqual(['cause', 'code', 'message', 'stack', 'type']);
  });
});
