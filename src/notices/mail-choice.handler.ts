import type { z } from 'zod';
import { findPerson, type PersonRow } from '../access/person.store.js';
import { recordAudit } from '../audit/audit.store.js';
import type { SignedInActor } from '../platform/actor.js';
import type { Reader } from '../platform/database.js';
import type { UnitOfWork } from '../platform/unit-of-work.js';
import type { mailChoiceShape } from './mail-choice.api.js';
import { choicesOf, switchOff, switchOn } from './mail-choice.store.js';
import { kindsFor, necessaryMails, type MailKind, type MailReader } from './mail-kinds.js';
import { KeysGetNoMail, NoMailOfThisKind } from './notices-errors.js';

/** What somebody is mailed, and whether they want it. */
export async function mailChoice(db: Reader, actor: SignedInActor): Promise<z.input<typeof mailChoiceShape>> {
  const person = await personOf(db, actor);
  if (person === undefined) return { email: null, kinds: [], always: [] };
  const off = new Set((await choicesOf(db, [person.id])).map(({ kind }) => kind));
  return {
    email: person.email,
    kinds: kindsFor(readerOf(actor)).map((kind) => ({ kind, on: !off.has(kind) })),
    always: [...necessaryMails],
  };
}

/** From now on mail of these kinds is withheld, and all other is sent. @throws KeysGetNoMail, NoMailOfThisKind */
export async function chooseMail(uow: UnitOfWork, actor: SignedInActor, off: readonly MailKind[]): Promise<void> {
  const person = await personOf(uow.trx, actor);
  if (person === undefined) throw new KeysGetNoMail();
  const kinds = kindsFor(readerOf(actor));
  off.forEach((kind, index) => {
    if (!kinds.includes(kind)) throw new NoMailOfThisKind(index, kind, kinds);
  });
  const before = new Set((await choicesOf(uow.trx, [person.id])).map(({ kind }) => kind));
  const turnedOff = kinds.filter((kind) => off.includes(kind) && !before.has(kind));
  const turnedOn = kinds.filter((kind) => !off.includes(kind) && before.has(kind));
  if (turnedOff.length + turnedOn.length === 0) return;
  for (const kind of turnedOff) await switchOff(uow.trx, person.id, kind, uow.now);
  for (const kind of turnedOn) await switchOn(uow.trx, person.id, kind);
  await recordAudit(uow, {
    actor,
    action: 'mail.choose',
    subject: { type: 'person', id: person.id },
    details: { off: turnedOff, on: turnedOn },
  });
}

/** The person who acts; undefined for an API key. */
async function personOf(db: Reader, actor: SignedInActor): Promise<PersonRow | undefined> {
  const id = actor.kind === 'operator' ? actor.id : actor.person?.id;
  return id === undefined ? undefined : findPerson(db, id);
}

function readerOf(actor: SignedInActor): MailReader {
  return actor.kind === 'partner' ? { kind: 'partner' } : { kind: 'operator', rights: actor.rights ?? [] };
}
