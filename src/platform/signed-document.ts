import { z } from 'zod';
import { verifySignature, type PublicKey, type Signature } from './signing.js';

const signature = z.object({ keyId: z.string(), algorithm: z.literal('Ed25519'), value: z.string() });
/** The explanation of a line holds its signature as one member, … */
const withMember = z.looseObject({ signature });
/** … a receipt its parts beside the statement's own. */
const flat = z.looseObject({ keyId: z.string(), algorithm: z.literal('Ed25519'), signature: z.string() });

export type Verdict =
  /** Said here, exactly as it stands there. */
  | { readonly kind: 'genuine'; readonly keyId: string }
  /** It names a key of ours, and something in it is not what was signed. */
  | { readonly kind: 'altered'; readonly keyId: string }
  /** Signed elsewhere, or by nobody. */
  | { readonly kind: 'unknown-key'; readonly keyId: string }
  | { readonly kind: 'not-signed' };

/** Whether a receipt or an explanation is what was signed with one of these keys. */
export function judgeDocument(document: unknown, keys: readonly Pick<PublicKey, 'keyId' | 'publicKey'>[]): Verdict {
  const signed = takeApart(document);
  if (signed === null) return { kind: 'not-signed' };
  const { keyId } = signed.signature;
  const key = keys.find((one) => one.keyId === keyId);
  if (key === undefined) return { kind: 'unknown-key', keyId };
  return { kind: verifySignature(signed.statement, signed.signature, key) ? 'genuine' : 'altered', keyId };
}

function takeApart(document: unknown): { readonly statement: object; readonly signature: Signature } | null {
  const member = withMember.safeParse(document);
  if (member.success) {
    const { signature: given, ...statement } = member.data;
    return { statement, signature: given };
  }
  const parts = flat.safeParse(document);
  if (!parts.success) return null;
  const { keyId, algorithm, signature: value, ...statement } = parts.data;
  return { statement, signature: { keyId, algorithm, value } };
}
