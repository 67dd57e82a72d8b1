import { CrmFailure, type OAuthTokens, type WebSignIn } from '../../connectors/contract.js';
import { recordAudit } from '../audit/audit.store.js';
import type { OperatorActor } from '../platform/actor.js';
import { SealedTextUnreadable, type Secrets } from '../platform/secrets.js';
import type { Transact } from '../platform/unit-of-work.js';
import type { ConnectionRow } from './connection.store.js';
import { openTokens } from './crm-tokens.handler.js';

/** Null: none. Unreadable ones hold nobody up who connects again, or disconnects: nothing works with them here. */
export type KeptTokens = OAuthTokens | 'unreadable' | null;

/** What the row keeps of its sign-in. */
export function keptTokens(secrets: Secrets, row: ConnectionRow): KeptTokens {
  if (row.tokens_sealed === null || row.sign_in_id === null) return null;
  try {
    return openTokens(secrets, row.tokens_sealed);
  } catch (error) {
    if (error instanceof SealedTextUnreadable) return 'unreadable';
    throw error;
  }
}

/** A sign-in that is over. */
interface Ending {
  readonly connectionId: string;
  readonly signIn: WebSignIn;
  readonly actor: OperatorActor;
}

/**
 * Tells the vendor that these tokens are to work no longer; a refusal leaves an audit row.
 * @returns the vendor's words where it does not revoke them, which are kept; they are not used any more either way
 */
export async function revokeTokens(
  transact: Transact,
  { connectionId, signIn, actor }: Ending,
  tokens: Exclude<KeptTokens, null>,
): Promise<string | null> {
  const refusal = tokens === 'unreadable' ? unreadableWords : await refusalToRevoke(signIn, tokens);
  if (refusal === null) return null;
  const subject = { type: 'connection', id: connectionId };
  await transact((uow) =>
    recordAudit(uow, { actor, action: 'connection.revoke-refused', subject, details: { refusal } }),
  );
  return refusal;
}

const unreadableWords = 'it could not be asked to: what was kept here of its tokens is unreadable';

async function refusalToRevoke(signIn: WebSignIn, tokens: OAuthTokens): Promise<string | null> {
  try {
    await signIn.revoke(tokens);
    return null;
  } catch (error) {
    if (!(error instanceof CrmFailure)) throw error;
    return withoutSecrets(error.vendorMessage, [tokens.refreshToken, tokens.accessToken]);
  }
}

/** Words of a vendor, who may repeat what it was asked about, without that. */
export function withoutSecrets(words: string, secrets: readonly (string | null)[]): string {
  return secrets.reduce<string>((text, secret) => (secret === null ? text : text.replaceAll(secret, '***')), words);
}
