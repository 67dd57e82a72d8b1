import { generateKeyPairSync, sign } from 'node:crypto';
import { canonicalJson } from '../../src/platform/canonical-json.js';
import { judgeDocument } from '../../src/platform/signed-document.js';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const keys = [{ keyId: 'sig_1', publicKey: publicKey.export({ format: 'der', type: 'spki' }).toString('base64url') }];
const statement = { registrationId: 'reg_1', submittedAt: '2026-03-02T09:00:00.000Z', result: 'clear' };
const value = sign(null, Buffer.from(canonicalJson(statement)), privateKey).toString('base64url');
const receipt = { ...statement, keyId: 'sig_1', algorithm: 'Ed25519', signature: value };
const explanation = { ...statement, signature: { keyId: 'sig_1', algorithm: 'Ed25519', value } };

describe('a signed document', () => {
  it.each([
    ['a receipt', receipt],
    ['the working of a line', explanation],
    ['one whose members come in another order', Object.fromEntries(Object.entries(receipt).reverse())],
  ])('is genuine as it was signed: %s', (_what, document) => {
    expect(judgeDocument(document, keys)).toEqual({ kind: 'genuine', keyId: 'sig_1' });
  });

  it.each([
    ['a time that was set back', { ...receipt, submittedAt: '2026-03-01T09:00:00.000Z' }],
    ['a result that was mended', { ...explanation, result: 'taken' }],
    ['something added', { ...receipt, note: 'and first of all' }],
    ['something left out', { keyId: 'sig_1', algorithm: 'Ed25519', signature: value, registrationId: 'reg_1' }],
    ['another signature', { ...receipt, signature: `${value.startsWith('A') ? 'B' : 'A'}${value.slice(1)}` }],
    ['a signature that is no such thing', { ...receipt, signature: 'x' }],
  ])('is altered by %s', (_what, document) => {
    expect(judgeDocument(document, keys)).toEqual({ kind: 'altered', keyId: 'sig_1' });
  });

  it('of a key that was never ours is nobody’s here', () => {
    expect(judgeDocument({ ...receipt, keyId: 'sig_2' }, keys)).toEqual({ kind: 'unknown-key', keyId: 'sig_2' });
  });

  it.each([
    [null],
    ['text'],
    [[receipt]],
    [statement],
    [{ ...receipt, algorithm: 'none' }],
    [{ ...receipt, signature: 7 }],
  ])('is not signed at all: %j', (document) => {
    expect(judgeDocument(document, keys)).toEqual({ kind: 'not-signed' });
  });
});
