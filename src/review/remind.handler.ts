import { listPeople } from '../access/person.store.js';
import type { PostMail } from '../notices/post-mail.handler.js';
import { findPartners } from '../partners/partner.store.js';
import type { Transact, UnitOfWork } from '../platform/unit-of-work.js';
import { addDays, dayIn, startOfDayIn } from '../program/calendar.js';
import type { ProgramSettings } from '../program/program.api.js';
import { loadProgram } from '../program/program.store.js';
import { storeReminders, waitingForAnswer, type Waiting } from '../registration/review.store.js';
import { answerBy } from './ageing.js';
import { inOrder, rungsReached, toldOf, type Colleague } from './ladder.js';
import { reminderMail, type Reminded } from './review-mails.js';

/** Kind of the standing work that reminds of unanswered registrations. One row, with any key. */
export const remindWork = 'remind-of-reviews';

const mostColleagues = 1_000;
const morningHour = 7;
const msPerHour = 3_600_000;

/**
 * Tells whoever the ladder names of registrations that reached another rung: one mail a person, however many there are. What was told
 * is noted with the mails, so nobody is told twice.
 * @returns when to look again: the next morning of the program
 */
export function createRemind(deps: {
  readonly transact: Transact;
  readonly post: PostMail;
  readonly publicUrl: () => string;
}): () => Promise<Date> {
  return () =>
    deps.transact(async (uow) => {
      const { settings } = await loadProgram(uow.trx);
      const told = await dueReminders(uow, settings);
      for (const [colleague, waiting] of told) {
        const content = reminderMail({
          name: colleague.name,
          programName: settings.publicName,
          waiting: await reminded(uow, settings, waiting),
          url: `${deps.publicUrl()}/reviews`,
        });
        await deps.post(uow, { topic: 'review-reminder', to: colleague.email, personId: colleague.id, content });
      }
      return nextMorning(uow.now, settings.timeZone);
    });
}

/** When what waits is looked at again. */
export function nextMorning(now: Date, timeZone: string): Date {
  const today = dayIn(now, timeZone);
  const mornings = [today, addDays(today, 1)].map(
    (day) => new Date(startOfDayIn(day, timeZone).getTime() + morningHour * msPerHour),
  );
  return mornings.find((morning) => morning > now) ?? new Date(now.getTime() + msPerHour);
}

async function dueReminders(
  uow: UnitOfWork,
  settings: ProgramSettings,
): Promise<ReadonlyMap<Colleague, readonly Waiting[]>> {
  const ladder = inOrder(settings.reviewLadder);
  const people = await listPeople(uow.trx, { kind: 'operator' }, mostColleagues);
  const colleagues = people.filter(({ ended_at: ended }) => ended === null);
  const told = new Map<Colleague, Waiting[]>();
  const reminders: Parameters<typeof storeReminders>[1][number][] = [];
  for (const waiting of await waitingForAnswer(uow.trx)) {
    const reached = rungsReached(ladder, waiting, settings, uow.now);
    const last = reached.at(-1);
    if (last === undefined) continue;
    reminders.push({ registration_id: waiting.id, since: waiting.since, told_up_to: last.workingDays });
    const whom = reached.flatMap(({ tell }) => toldOf(tell, waiting.assigneeId, colleagues));
    for (const colleague of new Set(whom)) {
      const ofTheirs = told.get(colleague);
      if (ofTheirs === undefined) told.set(colleague, [waiting]);
      else ofTheirs.push(waiting);
    }
  }
  await storeReminders(uow.trx, reminders);
  return told;
}

async function reminded(
  uow: UnitOfWork,
  settings: ProgramSettings,
  waiting: readonly Waiting[],
): Promise<readonly Reminded[]> {
  const partners = await findPartners(uow.trx, [...new Set(waiting.map(({ partnerId }) => partnerId))]);
  const names = new Map(partners.map(({ id, name }) => [id, name]));
  return waiting.map(({ id, partnerId, since }) => ({
    registrationId: id,
    partner: names.get(partnerId) ?? partnerId,
    due: answerBy(since, settings),
  }));
}
