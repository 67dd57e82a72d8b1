import { resolve } from 'node:path';
import { readSettings } from '../../config/settings.js';
import { SettingsError } from '../../config/settings-error.js';

const secretKey = 'aB'.repeat(32);
const split = { DATABASE_URL: 'postgres://u:p@db:5432/x', REDIS_URL: 'redis://r:6379', SECRET_KEY: secretKey };

function refusal(env: NodeJS.ProcessEnv): SettingsError {
  try {
    readSettings(env);
  } catch (error) {
    if (error instanceof SettingsError) return error;
    throw error;
  }
  throw new TypeError('the settings were accepted');
}

describe('settings', () => {
  it('needs nothing at all: an empty environment runs everything in one process on embedded defaults', () => {
    expect(readSettings({})).toEqual({
      port: 3000,
      publicUrl: null,
      dataDir: resolve('.data'),
      databaseUrl: null,
      redisUrl: null,
      role: 'all',
      secretKey: null,
      adminApiKey: null,
      hubspot: null,
      salesforce: null,
      smtpUrl: null,
      mailFrom: null,
      identityProvider: null,
      sweepIntervalSeconds: 300,
      logLevel: 'info',
    });
  });

  it('takes an empty or blank variable for an absent one', () => {
    expect(readSettings({ PORT: '', DATABASE_URL: '  ', ROLE: '' })).toEqual(readSettings({}));
  });

  it('cannot be changed once read', () => {
    const settings = readSettings({ HUBSPOT_ACCESS_TOKEN: 'pat-1' });
    expect(
      Object.isFrozen(settings) && Object.isFrozen(settings.hubspot) && Object.isFrozen(settings.hubspot?.auth),
    ).toBe(true);
  });

  it.each([
    [{ PORT: '0' }, { port: 0 }],
    [{ PORT: ' 8080 ' }, { port: 8080 }],
    [{ PUBLIC_URL: 'https://Partners.example.com/' }, { publicUrl: 'https://partners.example.com' }],
    [{ PUBLIC_URL: 'http://localhost:3000/in/' }, { publicUrl: 'http://localhost:3000/in' }],
    [{ DATA_DIR: 'x/../y' }, { dataDir: resolve('y') }],
    [
      { ...split, ROLE: 'web' },
      { role: 'web', secretKey: secretKey.toLowerCase() },
    ],
    [
      { LOG_LEVEL: 'silent', SWEEP_INTERVAL_SECONDS: '1' },
      { logLevel: 'silent', sweepIntervalSeconds: 1 },
    ],
    [{ ADMIN_API_KEY: 'sixteen-visible!' }, { adminApiKey: 'sixteen-visible!' }],
    [{ HUBSPOT_CLIENT_SECRET: 'only-a-secret' }, { hubspot: null }],
  ])('reads %j', (env, expected) => {
    expect(readSettings(env)).toMatchObject(expected);
  });

  it('reads a HubSpot connection by access token, by refresh token, or that a person makes', () => {
    const privateApp = {
      HUBSPOT_ACCESS_TOKEN: 'pat-1',
      HUBSPOT_CLIENT_SECRET: 's2',
      HUBSPOT_CLIENT_SECRET_PREVIOUS: 's1',
    };
    expect(
      readSettings({ ...privateApp, HUBSPOT_API_URL: 'http://127.0.0.1:9/', HUBSPOT_ACCEPT_V1: '1' }).hubspot,
    ).toEqual({
      apiUrl: 'http://127.0.0.1:9',
      appUrl: 'https://app.hubspot.com',
      auth: { kind: 'access-token', accessToken: 'pat-1' },
      clientSecret: 's2',
      clientSecretPrevious: 's1',
      acceptV1: true,
    });
    const app = { HUBSPOT_CLIENT_ID: 'c', HUBSPOT_CLIENT_SECRET: 's' };
    expect(readSettings(app).hubspot?.auth).toEqual({ kind: 'web', clientId: 'c', clientSecret: 's' });
    const oauth = { HUBSPOT_REFRESH_TOKEN: 'r', ...app };
    expect(readSettings(oauth).hubspot).toMatchObject({
      apiUrl: 'https://api.hubapi.com',
      auth: { kind: 'refresh-token', refreshToken: 'r', clientId: 'c', clientSecret: 's' },
      acceptV1: false,
    });
  });

  it.each([
    ['PORT', '70000'],
    ['PORT', '-1'],
    ['PORT', '3e3'],
    ['PORT', '3000.5'],
    ['PUBLIC_URL', 'partners.example.com'],
    ['PUBLIC_URL', 'ftp://partners.example.com'],
    ['PUBLIC_URL', 'https://partners.example.com/?a=b'],
    ['ROLE', 'ALL'],
    ['LOG_LEVEL', 'verbose'],
    ['SWEEP_INTERVAL_SECONDS', '0'],
    ['HUBSPOT_API_URL', 'api.hubapi.com'],
    ['HUBSPOT_ACCEPT_V1', 'yes'],
  ])('refuses %s=%s, showing the value and what is expected', (variable, value) => {
    const { faults, message } = refusal({ [variable]: value });
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatchObject({ variable, fault: `is ${JSON.stringify(value)}` });
    expect(faults[0]?.expected).not.toBe('');
    expect(message).toContain(`${variable} is ${JSON.stringify(value)}; expected `);
  });

  it.each([
    ['SECRET_KEY', 'zz-not-hex-hunter2'],
    ['SECRET_KEY', 'ab'.repeat(31)],
    ['ADMIN_API_KEY', 'short-hunter2'],
    ['ADMIN_API_KEY', 'sixteen but with spaces hunter2'],
    ['DATABASE_URL', 'mysql://root:hunter2@db/x'],
    ['REDIS_URL', 'hunter2'],
    ['HUBSPOT_ACCESS_TOKEN', 'pat hunter2'],
    ['HUBSPOT_CLIENT_SECRET', 'sécret-hunter2'],
  ])('refuses a wrong %s without showing it', (variable, value) => {
    const error = refusal({ [variable]: value });
    expect(error.faults[0]?.variable).toBe(variable);
    expect(error.message).not.toContain(value);
    expect(error.message).not.toContain('hunter2');
  });

  it('hides the password of an address that should have none', () => {
    for (const password of ['hunter2', 'p@ss/hunter2']) {
      expect(refusal({ PUBLIC_URL: `https://me:${password}@example.com` }).message).not.toContain('hunter2');
    }
  });

  it.each([
    ['a worker without servers', { ROLE: 'worker', SECRET_KEY: secretKey }, ['DATABASE_URL', 'REDIS_URL']],
    ['web without Redis', { ROLE: 'web', DATABASE_URL: split.DATABASE_URL, SECRET_KEY: secretKey }, ['REDIS_URL']],
    ['a database server without a secret key', { DATABASE_URL: split.DATABASE_URL }, ['SECRET_KEY']],
    ['a refresh token alone', { HUBSPOT_REFRESH_TOKEN: 'r' }, ['HUBSPOT_CLIENT_ID', 'HUBSPOT_CLIENT_SECRET']],
    [
      'both kinds of token',
      { HUBSPOT_ACCESS_TOKEN: 'a', HUBSPOT_REFRESH_TOKEN: 'r', HUBSPOT_CLIENT_ID: 'c', HUBSPOT_CLIENT_SECRET: 's' },
      ['HUBSPOT_ACCESS_TOKEN'],
    ],
    ['a previous secret without a current one', { HUBSPOT_CLIENT_SECRET_PREVIOUS: 'p' }, ['HUBSPOT_CLIENT_SECRET']],
  ])('refuses %s', (_what, env, variables) => {
    expect(refusal(env).faults.map((fault) => fault.variable)).toEqual(variables);
  });

  it('lists every fault at once, those between variables too', () => {
    const { faults } = refusal({ PORT: 'x', ROLE: 'web', LOG_LEVEL: 'loud', SECRET_KEY: 'q' });
    expect(faults.map((fault) => fault.variable).sort()).toEqual([
      'DATABASE_URL',
      'LOG_LEVEL',
      'PORT',
      'REDIS_URL',
      'SECRET_KEY',
    ]);
  });
});
