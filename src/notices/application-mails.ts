import type { MailContent } from './mail.js';

/**
 * Says no to who asked to become a partner, in the words of whoever decided. Names that were typed into the public page stand nowhere in
 * it: the address may be somebody else's.
 */
export function applicationRejectedMail(rejected: {
  readonly programName: string;
  readonly reason: string;
}): MailContent {
  const { programName, reason } = rejected;
  return {
    subject: `Your application to ${programName}`,
    words: [
      'Hello,',
      `somebody, hopefully you, asked to take part in ${programName} and gave this address. We cannot take you in at present.`,
      reason,
    ],
    link: null,
    after: ['You are welcome to apply again when this has changed.'],
  };
}
