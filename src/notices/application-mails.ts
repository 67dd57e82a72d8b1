import type { MailContent } from './mail.js';

/** Says no to who asked to become a partner, in the words of whoever decided. */
export function applicationRejectedMail(rejected: {
  readonly name: string;
  readonly company: string;
  readonly programName: string;
  readonly reason: string;
}): MailContent {
  const { name, company, programName, reason } = rejected;
  return {
    subject: `Your application to ${programName}`,
    words: [
      `Hello ${name},`,
      `thank you for asking whether ${company} could take part in ${programName}. We cannot take you in at present.`,
      reason,
    ],
    link: null,
    after: ['You are welcome to apply again when this has changed.'],
  };
}
