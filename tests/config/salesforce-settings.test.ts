import { generateKeyPairSync, type KeyPairKeyObjectResult } from 'node:crypto';
import { readSettings } from '../../config/settings.js';
import { SettingsError } from '../../config/settings-error.js';

const pemOf = ({ privateKey }: KeyPairKeyObjectResult): string =>
  privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const key = pemOf(generateKeyPairSync('rsa', { modulusLength: 2048 }));
const myDomain = 'https://acme.my.salesforce.com';

function faultsOf(env: NodeJS.ProcessEnv): SettingsError['faults'] {
  try {
    readSettings(env);
  } catch (error) {
    if (error instanceof SettingsError) return error.faults;
    throw error;
  }
  return [];
}

describe('settings of Salesforce', () => {
  it('sign in with a refresh token, with or without a secret of the app', () => {
    const env = { SALESFORCE_CLIENT_ID: 'c', SALESFORCE_REFRESH_TOKEN: 'r' };
    expect(readSettings(env).salesforce).toEqual({
      loginUrl: 'https://login.salesforce.com',
      instanceUrl: null,
      auth: { kind: 'refresh-token', clientId: 'c', clientSecret: null, refreshToken: 'r' },
      orgId: null,
      changeChannel: '/data/ChangeEvents',
      reservedCallsPercent: 20,
    });
    expect(readSettings({ ...env, SALESFORCE_CLIENT_SECRET: 's' }).salesforce?.auth).toMatchObject({
      clientSecret: 's',
    });
  });

  it('listen to every selected object, to a channel of ones own, or not at all', () => {
    const channelOf = (SALESFORCE_CHANGE_CHANNEL: string) =>
      readSettings({ SALESFORCE_CLIENT_ID: 'c', SALESFORCE_REFRESH_TOKEN: 'r', SALESFORCE_CHANGE_CHANNEL }).salesforce
        ?.changeChannel;
    expect(channelOf('/data/Introducer__chn')).toBe('/data/Introducer__chn');
    expect(channelOf('none')).toBeNull();
  });

  it('sign in as a user by a key, whose lines may be written with \\n', () => {
    const env = { SALESFORCE_CLIENT_ID: 'c', SALESFORCE_USERNAME: 'ops@acme.test' };
    const given = readSettings({ ...env, SALESFORCE_JWT_KEY: key.replaceAll('\n', '\\n') }).salesforce;
    expect(given?.auth).toEqual({ kind: 'jwt', clientId: 'c', username: 'ops@acme.test', privateKey: key });
  });

  it("sign in as the app itself, only at the organisation's own address", () => {
    const env = { SALESFORCE_CLIENT_ID: 'c', SALESFORCE_CLIENT_SECRET: 's' };
    expect(faultsOf(env)).toMatchObject([{ variable: 'SALESFORCE_LOGIN_URL' }]);
    expect(faultsOf({ ...env, SALESFORCE_LOGIN_URL: 'https://test.salesforce.com' })).toMatchObject([
      { variable: 'SALESFORCE_LOGIN_URL', fault: 'is "https://test.salesforce.com"' },
    ]);
    expect(readSettings({ ...env, SALESFORCE_LOGIN_URL: `${myDomain}/` }).salesforce).toMatchObject({
      loginUrl: myDomain,
      auth: { kind: 'client-credentials', clientId: 'c', clientSecret: 's' },
    });
  });

  it('leave it to a person in the browser, with a secret and without, where they say so', () => {
    const env = { SALESFORCE_SIGN_IN: 'web', SALESFORCE_CLIENT_ID: 'c' };
    expect(readSettings(env).salesforce?.auth).toEqual({ kind: 'web', clientId: 'c', clientSecret: null });
    const given = readSettings({ ...env, SALESFORCE_CLIENT_SECRET: 's' }).salesforce;
    expect(given?.auth).toEqual({ kind: 'web', clientId: 'c', clientSecret: 's' });
  });

  it.each([
    [{ SALESFORCE_SIGN_IN: 'web' }, 'SALESFORCE_CLIENT_ID', 'is missing'],
    [{ SALESFORCE_SIGN_IN: 'yes' }, 'SALESFORCE_SIGN_IN', 'is "yes"'],
    [
      { SALESFORCE_SIGN_IN: 'web', SALESFORCE_CLIENT_ID: 'c', SALESFORCE_REFRESH_TOKEN: 'r' },
      'SALESFORCE_REFRESH_TOKEN',
      'is given beside SALESFORCE_SIGN_IN=web',
    ],
    [{ SALESFORCE_REFRESH_TOKEN: 'r' }, 'SALESFORCE_CLIENT_ID', 'is missing'],
    [{ SALESFORCE_CLIENT_ID: 'c' }, 'SALESFORCE_CLIENT_SECRET', 'is missing'],
    [{ SALESFORCE_CLIENT_ID: 'c', SALESFORCE_JWT_KEY: key }, 'SALESFORCE_USERNAME', 'is missing'],
    [{ SALESFORCE_CLIENT_ID: 'c', SALESFORCE_USERNAME: 'u' }, 'SALESFORCE_JWT_KEY', 'is missing'],
    [
      { SALESFORCE_CLIENT_ID: 'c', SALESFORCE_USERNAME: 'u', SALESFORCE_JWT_KEY: key, SALESFORCE_REFRESH_TOKEN: 'r' },
      'SALESFORCE_REFRESH_TOKEN',
      'is given beside SALESFORCE_JWT_KEY',
    ],
    [{ SALESFORCE_ORG_ID: '001000000000001' }, 'SALESFORCE_ORG_ID', 'is "001000000000001"'],
    [{ SALESFORCE_INSTANCE_URL: 'acme' }, 'SALESFORCE_INSTANCE_URL', 'is "acme"'],
    [{ SALESFORCE_CHANGE_CHANNEL: '/event/X__e' }, 'SALESFORCE_CHANGE_CHANNEL', 'is "/event/X__e"'],
    [{ SALESFORCE_CHANGE_CHANNEL: 'off' }, 'SALESFORCE_CHANGE_CHANNEL', 'is "off"'],
  ])('refuse %j', (env, variable, fault) => {
    expect(faultsOf(env)).toMatchObject([{ variable, fault }]);
  });

  it.each([
    ['a key of another kind', pemOf(generateKeyPairSync('ed25519'))],
    ['what is no key', 'hunter2'],
  ])('refuse %s without showing it', (_, text) => {
    const env = { SALESFORCE_CLIENT_ID: 'c', SALESFORCE_USERNAME: 'u', SALESFORCE_JWT_KEY: text };
    const [fault, ...others] = faultsOf(env);
    expect(others).toEqual([]);
    expect(fault).toMatchObject({ variable: 'SALESFORCE_JWT_KEY' });
    expect(JSON.stringify(fault)).not.toContain(text.slice(0, 40));
  });
});
