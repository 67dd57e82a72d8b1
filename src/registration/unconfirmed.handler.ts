import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { recordAudit } from '../audit/audit.store.js';
import type { PostMail } from '../notices/post-mail.handler.js';
import type { Reader } from '../platform/database.js';
import { newId } from '../platform/ids.js';
import type { Secrets } from '../platform/secrets.js';
import type { UnitOfWork } from '../platform/unit-of-work.js';
import { confirmationMail } from './form-mails.js';
import { contactKey, normaliseEmail } from './matching.js';
import { ConfirmationsLimited } from './registration-errors.js';
import { countMailedTo, findByLink, insertUnconfirmed, isHeld, type UnconfirmedRow } from './unconfirmed.store.js';

/** Kind of the work that forgets what nobody confirmed. Key: id of the submission. */
export const forgetUnconfirmedWork = 'forget-unconfirmed';

/** How long a mailed link holds. */
const heldMs = 3 * 24 * 60 * 60 * 1000;
/** More links than this within a day to one address would be a nuisance to whoever reads there. */
const linksADay = 3;
const dayMs = 24 * 60 * 60 * 1000;
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
}

/**
 * Keeps a form that no script vouches for, and mails the way to confirm it. Until then it is no registration: it stands in no queue and
 * holds no company. The mail repeats nothing that was typed, so that nobody has us carry words to a stranger.
 * @throws ConfirmationsLimited
 */
export async function holdSubmission(uow: UnitOfWork, deps: UnconfirmedDependencies, form: HeldForm): Promise<void> {
  const { partner, submissionToken } = form;
  if (await isHeld(uow.trx, partner.id, submissionToken)) return;
  const recipient = contactKey(normaliseEmail(form.email));
  const mailed = await countMailedTo(uow.trx, recipient, new Date(uow.now.getTime() - dayMs));
  if (mailed >= linksADay) throw new ConfirmationsLimited(linksADay);
  const id = newId('held');
  const link = randomBytes(linkBytes).toString('base64url');
  const expiresAt = new Date(uow.now.getTime() + heldMs);
  await insertUnconfirmed(uow.trx, {
    id,
    partner_id: partner.id,
    submission_token: submissionToken,
    link_hash: hashOf(link),
    recipient_key: recipient,
    sealed_values: deps.secrets.seal(JSON.stringify(form.values)),
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
  const content = confirmationMail({
    programName: form.programName,
    partnerName: partner.name,
    url: `${deps.publicUrl()}/r/confirm/${link}`,
  });
  await deps.post(uow, { topic: 'confirm-registration', to: form.email, content });
  await uow.enqueue([{ kind: forgetUnconfirmedWork, key: id, dueAt: expiresAt }]);
}

/** What a mailed link stands for, while it holds. */
export async function heldBehind(db: Reader, link: string, now: Date): Promise<UnconfirmedRow | undefined> {
  return findByLink(db, hashOf(link), now);
}

const typed = z.record(z.string(), z.string());

export function typedIn(secrets: Secrets, sealed: string): Readonly<Record<string, string>> {
  return typed.parse(JSON.parse(secrets.open(sealed)));
}

function hashOf(link: string): string {
  return createHash('sha256').update(link).digest('hex');
}
