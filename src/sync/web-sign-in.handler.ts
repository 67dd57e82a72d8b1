import { randomBytes } from 'node:crypto';
import { CrmFailure, type CompletedSignIn, type WebSignIn } from '../../connectors/contract.js';
import { recordAudit } from '../audit/audit.store.js';
import type { OperatorActor } from '../platform/actor.js';
import { sha256 } from '../platform/hash.js';
import { newId } from '../platform/ids.js';
import type { Secrets } from '../platform/secrets.js';
import type { Transact, UnitOfWork } from '../platform/unit-of-work.js';
import { isConnected, lockConnection, signedOut, updateConnection, type ConnectionRow } from './connection.store.js';
import { knowsRecords } from './crm-link.store.js';
import { ConnectionUnknown } from './crm-lists-errors.js';
import { sealTokens } from './crm-tokens.handler.js';
import { keptTokens, revokeTokens, withoutSecrets, type KeptTokens } from './revoke-tokens.handler.js';
import {
  ConnectionFromEnvironment,
  NotConnected,
  OtherAccount,
  SignInNeedsPerson,
  SignInOfAnother,
  SignInRefused,
  SignInUnfinished,
  SignInUnknown,
} from './sign-in-errors.js';
import { forgetWebSignIns, insertWebSignIn, takeWebSignIn, type WebSignInRow } from './web-sign-in.store.js';

/** How people connect one of the connections. */
export interface ConnectableAccount {
  readonly signIn: WebSignIn;
  /** The only account that will do, where the environment names one. */
  readonly onlyAccount: string | null;
}

export interface WebSignInDependencies {
  readonly transact: Transact;
  readonly secrets: Secrets;
  /** By connection id: those that people connect. */
  readonly accounts: ReadonlyMap<string, ConnectableAccount>;
  /** What a person does about a connection that has its tokens from the environment. */
  readonly environmentRemedy: (connectionId: string) => string;
  readonly publicUrl: () => string;
  /** Wakes what waited for the connection, and tells what hangs on it. */
  readonly resumed: (uow: UnitOfWork, connectionId: string) => Promise<void>;
}

/** Where the vendor sends people back to, under the public address; to be entered with the app. */
export const callbackPath = '/connections/callback';

/** Long enough to find a colleague who may install apps, short enough for a link that lies about. */
const lifeMs = 15 * 60_000;
const stateBytes = 32;

export type WebSignInHandler = ReturnType<typeof createWebSignIn>;

/** How a person connects an account in the browser, and ends that. */
export function createWebSignIn(deps: WebSignInDependencies) {
  return {
    begin: (uow: UnitOfWork, connectionId: string, actor: OperatorActor) => begin(deps, uow, connectionId, actor),
    complete: (answer: SignInAnswer, actor: OperatorActor) => complete(deps, answer, actor),
    disconnect: (connectionId: string, actor: OperatorActor, reason: string) =>
      disconnect(deps, connectionId, actor, reason),
  };
}

/** The account of a connection that people connect. @throws ConnectionUnknown, ConnectionFromEnvironment */
async function accountOf(
  deps: WebSignInDependencies,
  uow: UnitOfWork,
  id: string,
): Promise<{ readonly row: ConnectionRow; readonly account: ConnectableAccount }> {
  const row = await lockConnection(uow.trx, id);
  if (row === undefined) throw new ConnectionUnknown(id);
  const account = deps.accounts.get(id);
  if (account === undefined) throw new ConnectionFromEnvironment(id, deps.environmentRemedy(id));
  return { row, account };
}

async function begin(deps: WebSignInDependencies, uow: UnitOfWork, connectionId: string, actor: OperatorActor) {
  const { account } = await accountOf(deps, uow, connectionId);
  if (actor.role === undefined) throw new SignInNeedsPerson();
  const state = randomBytes(stateBytes).toString('base64url');
  const redirectUri = `${deps.publicUrl()}${callbackPath}`;
  const { url, codeVerifier } = account.signIn.begin({ redirectUri, state });
  const expiresAt = new Date(uow.now.getTime() + lifeMs);
  await insertWebSignIn(uow.trx, {
    state_hash: sha256(state),
    connection_id: connectionId,
    person_id: actor.id,
    verifier_sealed: codeVerifier === null ? null : deps.secrets.seal(codeVerifier),
    redirect_uri: redirectUri,
    begun_at: uow.now,
    expires_at: expiresAt,
  });
  return { url, expiresAt };
}

/** What the vendor sent back, through the browser. */
export interface SignInAnswer {
  readonly state: string;
  /** Absent: the vendor says no. */
  readonly code?: string | undefined;
  readonly error?: string | undefined;
  readonly errorDescription?: string | undefined;
}

export interface ConnectedAccount {
  readonly connectionId: string;
  readonly accountId: string;
  /** The vendor's words where it did not revoke the tokens of the sign-in before; null where there were none, or it did. */
  readonly refusal: string | null;
}

/**
 * Ends a sign-in: its state is used up first, whatever follows, then the code is traded and what came of it is stored in one
 * transaction. Who dies in between has a code that is used and tokens that nobody keeps: the account is connected again. The tokens
 * before, or those of an account that will not do, are revoked last; should the vendor refuse that, it is said and kept.
 * @throws OtherAccount, SignInUnknown, SignInOfAnother, SignInRefused, SignInUnfinished, ConnectionFromEnvironment
 */
async function complete(
  deps: WebSignInDependencies,
  answer: SignInAnswer,
  actor: OperatorActor,
): Promise<ConnectedAccount> {
  const taken = await deps.transact(async (uow) => {
    const row = await takeWebSignIn(uow.trx, sha256(answer.state));
    return row === undefined || row.expires_at <= uow.now ? null : row;
  });
  if (taken === null) throw new SignInUnknown();
  if (taken.person_id !== actor.id) throw new SignInOfAnother();
  if (answer.code === undefined) throw new SignInRefused(refusalWords(answer));
  const account = deps.accounts.get(taken.connection_id);
  if (account === undefined) {
    throw new ConnectionFromEnvironment(taken.connection_id, deps.environmentRemedy(taken.connection_id));
  }
  const brought = await trade(deps, account, taken, answer.code);
  const { connection_id: connectionId } = taken;
  const ending = { connectionId, signIn: account.signIn, actor };
  const { accountId, tokens } = brought;
  try {
    const before = await deps.transact((uow) => store(deps, uow, { taken, account, brought, actor }));
    const isSame = before !== null && before !== 'unreadable' && before.refreshToken === tokens.refreshToken;
    const refusal = before === null || isSame ? null : await revokeTokens(deps.transact, ending, before);
    return { connectionId, accountId, refusal };
  } catch (error) {
    if (!(error instanceof OtherAccount)) throw error;
    throw error.withRefusal(await revokeTokens(deps.transact, ending, tokens));
  }
}

function refusalWords({ error, errorDescription }: SignInAnswer): string {
  return [error ?? 'it sent no code', errorDescription].filter((words) => words !== undefined).join(': ');
}

async function trade(
  deps: WebSignInDependencies,
  { signIn }: ConnectableAccount,
  { verifier_sealed: verifier, redirect_uri: redirectUri }: WebSignInRow,
  code: string,
): Promise<CompletedSignIn> {
  const codeVerifier = verifier === null ? null : deps.secrets.open(verifier);
  try {
    return await signIn.complete({ code, codeVerifier, redirectUri });
  } catch (error) {
    if (!(error instanceof CrmFailure)) throw error;
    const words = withoutSecrets(error.vendorMessage, [code, codeVerifier]);
    throw error.retryable ? new SignInUnfinished(words) : new SignInRefused(words);
  }
}

interface Brought {
  readonly taken: WebSignInRow;
  readonly account: ConnectableAccount;
  readonly brought: CompletedSignIn;
  readonly actor: OperatorActor;
}

/** @returns the tokens of the sign-in before. @throws OtherAccount */
async function store(
  { secrets, resumed }: WebSignInDependencies,
  uow: UnitOfWork,
  { taken, account, brought, actor }: Brought,
): Promise<KeptTokens> {
  const { connection_id: id } = taken;
  const { tokens, accountId } = brought;
  const row = await lockConnection(uow.trx, id);
  if (row === undefined) throw new ConnectionUnknown(id);
  if (account.onlyAccount !== null && account.onlyAccount !== accountId)
    throw new OtherAccount(accountId, account.onlyAccount);
  const isOther = row.account_id !== null && row.account_id !== accountId;
  if (isOther && (await knowsRecords(uow.trx, id))) throw new OtherAccount(accountId, row.account_id ?? '');
  await updateConnection(uow.trx, id, {
    ...signedOut,
    ...(isOther ? anotherAccount : {}),
    account_id: accountId,
    tokens_sealed: sealTokens(secrets, tokens),
    sign_in_id: newId('sgn'),
    connected_at: uow.now,
    connected_by: actor.id,
    disconnected_at: null,
    disconnected_by: null,
    disconnect_reason: null,
  });
  await forgetWebSignIns(uow.trx, id);
  const action = isConnected(row) ? 'connection.reconnect' : 'connection.connect';
  await recordAudit(uow, { actor, action, subject: { type: 'connection', id }, details: { account: accountId } });
  await resumed(uow, id);
  return keptTokens(secrets, row);
}

/** Nothing is linked as yet, so that another account may take the place of the first: it is looked at from the beginning. */
const anotherAccount = {
  sweep_cursor: null,
  swept_at: null,
  full_read_at: null,
  provisioned_at: null,
  findings: '[]',
  examined_at: null,
} as const;

/** What became of ending a connection: here it is ended whatever the vendor says. */
export interface Disconnected {
  readonly revoked: boolean;
  /** The vendor's words where it did not revoke the tokens, or ours where it could not be asked to. */
  readonly refusal: string | null;
}

/**
 * Deletes the tokens first, so that nothing is tried any more with what the vendor is then asked to revoke: a call that was refused
 * would count as a refusal of its work.
 */
async function disconnect(
  deps: WebSignInDependencies,
  connectionId: string,
  actor: OperatorActor,
  reason: string,
): Promise<Disconnected> {
  const { signIn, tokens } = await deps.transact(async (uow) => {
    const { row, account } = await accountOf(deps, uow, connectionId);
    if (!isConnected(row)) throw new NotConnected(connectionId);
    await updateConnection(uow.trx, connectionId, {
      ...signedOut,
      disconnected_at: uow.now,
      disconnected_by: actor.id,
      disconnect_reason: reason,
    });
    await forgetWebSignIns(uow.trx, connectionId);
    await recordAudit(uow, {
      actor,
      action: 'connection.disconnect',
      subject: { type: 'connection', id: connectionId },
      details: { account: row.account_id, reason },
    });
    return { signIn: account.signIn, tokens: keptTokens(deps.secrets, row) };
  });
  const refusal = tokens === null ? null : await revokeTokens(deps.transact, { connectionId, signIn, actor }, tokens);
  return { revoked: refusal === null, refusal };
}
