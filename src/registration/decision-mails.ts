import type { MailContent } from '../notices/mail.js';

/** What partners are told about a registration that was decided on. */
export type ToldDecision =
  | 'approved'
  | 'waiting'
  | 'returned'
  | 'rejected'
  | 'extended'
  | 'extension-refused'
  | 'extension-refused-late'
  | 'ending'
  | 'expired';

/** Says what was decided. The reasons stand behind the sign-in, as everything else about it. */
export function decisionMail(told: {
  readonly decision: ToldDecision;
  readonly programName: string;
  readonly companyName: string;
  /** The last day of protection, as it is read; null where there is none. */
  readonly protectedUntil: string | null;
  readonly url: string;
}): MailContent {
  const { decision, programName, companyName, protectedUntil, url } = told;
  const until = protectedUntil ?? '';
  const words: Readonly<Record<ToldDecision, readonly string[]>> = {
    approved: [
      `Your registration of ${companyName} was approved. It is protected until ${until}, that day included.`,
      'You will see its stage as the deal moves, and what it earns once it is won.',
    ],
    waiting: [
      `Your registration of ${companyName} was accepted, and waits: another one came first.`,
      'It moves up by itself when that one ends. There is nothing you have to do.',
    ],
    returned: [
      `We have a question about your registration of ${companyName}.`,
      'It keeps its place in the queue while you answer.',
    ],
    rejected: [`Your registration of ${companyName} was not accepted. The reason stands beside it.`],
    extended: [`The protection of ${companyName} was extended. It holds until ${until}, that day included.`],
    'extension-refused': [
      `The protection of ${companyName} was not extended. It holds until ${until}, and the reason stands beside it.`,
    ],
    'extension-refused-late': [
      `The protection of ${companyName} was not extended, and ended on ${until}. The reason stands beside it.`,
    ],
    ending: [
      `The protection of ${companyName} ends on ${until}.`,
      'Until then you can ask for an extension, with a reason.',
    ],
    expired: [`The protection of ${companyName} has ended. If the deal goes on, you can register it again.`],
  };
  return {
    subject: `${subjects[decision]}: ${companyName} (${programName})`,
    words: words[decision],
    link: { label: decision === 'returned' ? 'Answer it' : 'See the registration', url },
    after: [],
  };
}

const subjects: Readonly<Record<ToldDecision, string>> = {
  approved: 'Approved',
  waiting: 'Accepted, and waiting',
  returned: 'A question for you',
  rejected: 'Not accepted',
  extended: 'Protection extended',
  'extension-refused': 'Protection not extended',
  'extension-refused-late': 'Protection not extended',
  ending: 'Protection ends soon',
  expired: 'Protection has ended',
};
