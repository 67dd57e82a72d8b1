import { randomBytes, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { recordAudit } from '../audit/audit.store.js';
import { mailsToStrangersADay, strangerLimit } from '../notices/mail-limit.handler.js';
import type { PostMail } from '../notices/post-mail.handler.js';
import type { Reader } from '../platform/database.js';
import { sha256 } from '../platform/hash.js';
import { newId } from '../platform/ids.js';
import type { Secrets } from '../platform/secrets.js';
import type { UnitOfWork } from '../platform/unit-of-work.js';
import type { FormLanguage } from './form-words.js';
import { confirmationMail } from './form-mails.js';
import { contactKey } from './matching.js';
import { ConfirmationsLimited, HeldFormsLimited } from './registration-errors.js';
import {
  correctHeld,
  countHeldSince,
  findByLink,
  heldOfPage,
  insertUnconfirmed,
  lockHeldForms,
  type UnconfirmedRow,
} from './unconfirmed.store.js';

/** Kind of the work that forgets what nobody confirmed. Key: id of the submission. */
export const forgetUnconfirmedWork = 'forget-unconfirmed';

const topic = 'confirm-registration';
/** How long a mailed link holds. */
const heldMs = 3 * 24 * 60 * 60 * 1000;
const hourMs = 60 * 60 * 1000;
/** Over all addresses and partners, as a robot has many of both: people who run no scripts send far fewer. */
const heldAnHour = 100;
const linkBytes = 24;

export interface UnconfirmedDependencies {
  readonly secrets: Secrets;
  readonly post: PostMail;
  readonly publicUrl: () => string;
}

export interface HeldForm {
  readonly partner: { readonly id: string; readonly name: string };
  readonly programName: string;
  readonly submissionToken: string;
  readonly email: string;
  readonly values: Readonly<Record<string, string>>;
  /** In which it was filled in. */
  readonly language: FormLanguage;
}

/**
 * Keeps a form that no script vouches for, and mails the way to confirm it. Until then it is no registration: it stands in no queue and
 * holds no company. The mail repeats nothing that was typed, so that nobody has us carry words to a stranger. Sent again with the same
 * address, what was typed last counts, behind the link that was mailed.
 * @returns the token under which it is registered already; null while it waits
 * @throws ConfirmationsLimited, HeldFormsLimited
 */
export async function holdSubmission(
  uow: UnitOfWork,
  deps: UnconfirmedDependencies,
  form: HeldForm,
): Promise<string | null> {
  const { partner, submissionToken: pageToken } = form;
  const recipient = contactKey(form.email);
  const sealed = deps.secrets.seal(JSON.stringify(form.values));
  const ofPage = await heldOfPage(uow.trx, partner.id, pageToken);
  const before = ofPage.find((row) => row.recipient_key === recipient);
  if (before !== undefined) {
    if (before.confirmed_at !== null) return before.submission_token;
    await correctHeld(uow.trx, before.id, sealed);
    return null;
  }
  await refuseTooMany(uow, form.email);
  const id = newId('held');
  const expiresAt = new Date(uow.now.getTime() + heldMs);
  const link = newLink(expiresAt);
  await insertUnconfirmed(uow.trx, {
    id,
    partner_id: partner.id,
    page_token: pageToken,
    submission_token: ofPage.length === 0 ? pageToken : randomUUID(),
    link_hash: sha256(link),
    recipient_key: recipient,
    sealed_values: sealed,
    created_at: uow.now,
    expires_at: expiresAt,
    confirmed_at: null,
  });
  await recordAudit(uow, {
    actor: { kind: 'partner', partnerId: partner.id, keyId: null },
    action: 'submission.held',
    subject: { type: 'submission', id },
    details: {},
  });
  const { language } = form;
  const content = confirmationMail({
    language,
    programName: form.programName,
    partnerName: partner.name,
    url: `${deps.publicUrl()}/r/confirm/${link}${language === 'en' ? '' : `?lang=${language}`}`,
  });
  await deps.post(uow, { topic, to: form.email, personId: null, toStranger: true, content });
  await uow.enqueue([{ kind: forgetUnconfirmedWork, key: id, dueAt: expiresAt }]);
  return null;
}

/** @throws ConfirmationsLimited, HeldFormsLimited */
async function refuseTooMany(uow: UnitOfWork, email: string): Promise<void> {
  await lockHeldForms(uow.trx);
  const held = await countHeldSince(uow.trx, new Date(uow.now.getTime() - hourMs));
  if (held >= heldAnHour) throw new HeldFormsLimited();
  const limit = await strangerLimit(uow, topic, email);
  if (limit === 'mailbox') throw new ConfirmationsLimited(mailsToStrangersADay);
  if (limit === 'all-together') throw new HeldFormsLimited();
}

/** It says itself until when it holds: nothing need be kept of those that ended. */
function newLink(expiresAt: Date): string {
  return `${expiresAt.getTime().toString(36)}-${randomBytes(linkBytes).toString('base64url')}`;
}

export type Behind =
  { readonly kind: 'held'; readonly row: UnconfirmedRow } | { readonly kind: 'expired' } | { readonly kind: 'unknown' };

/** What a mailed link stands for. */
export async function heldBehind(db: Reader, link: string, now: Date): Promise<Behind> {
  const row = await findByLink(db, sha256(link), now);
  if (row !== undefined) return { kind: 'held', row };
  const until = /^([0-9a-z]{8,9})-[\w-]{32}$/.exec(link)?.[1];
  const isPast = until !== undefined && parseInt(until, 36) <= now.getTime();
  return { kind: isPast ? 'expired' : 'unknown' };
}

const typed = z.record(z.string(), z.string());

export function typedIn(secrets: Secrets, sealed: string): Readonly<Record<string, string>> {
  return typed.parse(JSON.parse(secrets.open(sealed)));
}
