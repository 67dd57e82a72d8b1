import type { MailContent } from '../notices/mail.js';

export interface Reminded {
  readonly registrationId: string;
  readonly partner: string;
  readonly due: string;
}

/** More than anybody reads in a mail; the page shows them all. */
const mostListed = 20;

/** Says which registrations wait for an answer. The companies they are about stay out of it: mail is not for secrets. */
export function reminderMail(reminder: {
  readonly name: string;
  readonly programName: string;
  readonly waiting: readonly Reminded[];
  readonly url: string;
}): MailContent {
  const { name, programName, waiting, url } = reminder;
  const count = waiting.length === 1 ? 'One registration waits' : `${String(waiting.length)} registrations wait`;
  const more = waiting.length - mostListed;
  return {
    subject: `${programName}: ${count} for an answer`,
    words: [
      `Hello ${name},`,
      `${count} for an answer:`,
      ...waiting
        .slice(0, mostListed)
        .map(({ registrationId, partner, due }) => `${partner}, due on ${due} (${registrationId})`),
      ...(more > 0 ? [`and ${String(more)} more.`] : []),
    ],
    link: { label: 'Open the review queue', url },
    after: [],
  };
}
