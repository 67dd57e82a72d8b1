import type { Core } from './foundations.js';
import type { PostMail } from './notices/post-mail.handler.js';
import type { UnitOfWork } from './platform/unit-of-work.js';
import type { NewWork, WorkKind } from './platform/work.js';
import { loadProgram } from './program/program.store.js';
import type { DecideRegistration } from './registration/decide-registration.handler.js';
import { createApproveByRule } from './review/approve-by-rule.handler.js';
import { createRemind, nextMorning, remindWork } from './review/remind.handler.js';
import { approveByRuleJob, remindJob } from './review/review.job.js';

/** What answers registrations without a person, and reminds people of those that wait. */
export function reviewJobs(
  { transact, publicUrl }: Core,
  { decide, post }: { readonly decide: DecideRegistration; readonly post: PostMail },
): readonly WorkKind<null>[] {
  return [
    approveByRuleJob(createApproveByRule({ transact, decide })),
    remindJob(createRemind({ transact, post, publicUrl })),
  ];
}

/** Reminding, as a service that begins puts it into the diary. */
export async function firstReminder(uow: UnitOfWork): Promise<NewWork> {
  const { timeZone } = (await loadProgram(uow.trx)).settings;
  return { kind: remindWork, key: 'all', dueAt: nextMorning(uow.now, timeZone) };
}
