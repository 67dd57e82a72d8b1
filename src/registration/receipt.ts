import { canonicalJson } from '../platform/canonical-json.js';
import { sha256 } from '../platform/hash.js';
import type { FieldAnswer } from './form-values.js';
import type { Availability } from './registration.js';

/** What the partner typed, exactly what the receipt's hash covers. */
export type ReceiptContent = {
  readonly company: { readonly name: string; readonly domain: string | null; readonly country: string | null };
  readonly contact: {
    readonly firstName: string;
    readonly lastName: string;
    readonly email: string;
    readonly phone: string | null;
  };
  readonly deal: {
    readonly name: string | null;
    readonly amount: string | null;
    readonly currency: string | null;
    readonly expectedCloseDate: string | null;
    readonly product: string | null;
  };
  readonly note: string | null;
  /** What was confirmed, in the words that were shown. */
  readonly attestation: string;
  /** Answers to the vendor's own fields by name; left out where there are none, so that hashes of forms without stay as they were. */
  readonly fields?: Readonly<Record<string, FieldAnswer>>;
};

/** The statement that is signed: it settles who was first without repeating anybody's personal data. */
export type ReceiptStatement = {
  readonly registrationId: string;
  readonly partnerId: string;
  readonly submittedAt: string;
  readonly contentHash: string;
  readonly result: Availability;
};

/** The statement with its Ed25519 signature over the statement's canonical JSON; `keyId` names the published key. */
export type SignedReceipt = ReceiptStatement & {
  readonly keyId: string;
  readonly algorithm: 'Ed25519';
  readonly signature: string;
};

/** `sha256:` and the hex digest over the canonical JSON (RFC 8785) of what was submitted. */
export function contentHash(content: ReceiptContent): string {
  return `sha256:${sha256(canonicalJson(content))}`;
}
