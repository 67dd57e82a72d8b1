import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { assert } from './assert.js';

/** Encrypts what must rest in the database unreadable, such as CRM tokens and private keys. */
export interface Secrets {
  /** Encrypted and authenticated text, safe to store; another one each time. */
  readonly seal: (text: string) => string;
  /** @throws SealedTextUnreadable when it was sealed with another key or altered. */
  readonly open: (sealed: string) => string;
  /** A secret of its own for each purpose, always the same one, from which neither the key nor another can be learnt. */
  readonly derive: (purpose: string) => string;
}

/** A stored secret cannot be decrypted. Usually `SECRET_KEY` is not the one it was stored with. */
export class SealedTextUnreadable extends Error {
  override readonly name = 'SealedTextUnreadable';
}

const algorithm = 'aes-256-gcm';
/** Names the scheme, so that a later one can tell old text apart. */
const scheme = 'v1';
const ivBytes = 12;
const tagBytes = 16;
const keyHex = /^[0-9a-f]{64}$/;
const derivedBytes = 32;

/** @param secretKey 32 bytes in lower-case hex: `SECRET_KEY` or the file in `DATA_DIR` */
export function createSecrets(secretKey: string): Secrets {
  assert(keyHex.test(secretKey), 'a secret key of 32 bytes in hex');
  const key = Buffer.from(secretKey, 'hex');
  return {
    seal: (text) => {
      const iv = randomBytes(ivBytes);
      const cipher = createCipheriv(algorithm, key, iv, { authTagLength: tagBytes });
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return `${scheme}.${Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url')}`;
    },
    open: (sealed) => {
      const [sealedScheme, content, ...rest] = sealed.split('.');
      if (sealedScheme !== scheme || content === undefined || rest.length > 0) {
        throw new SealedTextUnreadable('This is not a text that was sealed here.');
      }
      return decrypt(key, Buffer.from(content, 'base64url'));
    },
    derive: (purpose) => Buffer.from(hkdfSync('sha256', key, '', purpose, derivedBytes)).toString('base64url'),
  };
}

function decrypt(key: Buffer, content: Buffer): string {
  try {
    const decipher = createDecipheriv(algorithm, key, content.subarray(0, ivBytes), { authTagLength: tagBytes });
    decipher.setAuthTag(content.subarray(ivBytes, ivBytes + tagBytes));
    return decipher.update(content.subarray(ivBytes + tagBytes), undefined, 'utf8') + decipher.final('utf8');
  } catch (cause) {
    const words =
      'A stored secret cannot be decrypted: SECRET_KEY is not the one it was stored with, or it was altered.';
    throw new SealedTextUnreadable(words, { cause });
  }
}
