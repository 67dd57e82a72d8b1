import { createPrivateKey, sign, type KeyObject } from 'node:crypto';
import { CrmUnauthorised } from '../contract.js';

export interface JwtClaims {
  readonly clientId: string;
  readonly username: string;
  readonly loginUrl: string;
}

/** Salesforce accepts about three minutes; clocks differ. */
const lifeSeconds = 120;

/**
 * The signed assertion by which a JWT bearer sign-in proves who it is (RS256). `privateKey` is PEM; a line break in it may be
 * written as `\n`, as environment files need it.
 * @throws CrmUnauthorised when it is no private RSA key
 */
export function signAssertion({ clientId, username, loginUrl }: JwtClaims, privateKey: string, now: Date): string {
  const claims = {
    iss: clientId,
    sub: username,
    aud: audienceOf(loginUrl),
    exp: Math.floor(now.getTime() / 1_000) + lifeSeconds,
  };
  const unsigned = [{ alg: 'RS256', typ: 'JWT' }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  const signature = sign('RSA-SHA256', Buffer.from(unsigned), readKey(privateKey));
  return `${unsigned}.${signature.toString('base64url')}`;
}

function readKey(pem: string): KeyObject {
  const refuse = (cause?: unknown): CrmUnauthorised =>
    new CrmUnauthorised({
      operation: 'sign in with a JWT',
      vendorMessage: 'The JWT key is not a private RSA key in PEM form, so no assertion can be signed',
      cause,
    });
  let key: KeyObject;
  try {
    key = createPrivateKey(pem.replaceAll('\\n', '\n'));
  } catch (error) {
    throw refuse(error);
  }
  if (key.asymmetricKeyType !== 'rsa') throw refuse();
  return key;
}

/** Assertions are addressed to the login host of production or of sandboxes, also where one signs in under My Domain. */
function audienceOf(loginUrl: string): string {
  const { hostname, origin } = new URL(loginUrl);
  if (!hostname.endsWith('.my.salesforce.com')) return origin;
  const isSandbox = hostname.endsWith('.sandbox.my.salesforce.com') || hostname.includes('--');
  return isSandbox ? 'https://test.salesforce.com' : 'https://login.salesforce.com';
}
