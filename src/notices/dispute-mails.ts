import type { MailContent } from './mail.js';

/** Says that something was written or decided about a dispute. What, stands behind the sign-in. */
export function disputeMail(dispute: {
  readonly programName: string;
  readonly partnerName: string;
  readonly to: 'partner' | 'vendor';
  readonly status: 'open' | 'answered' | 'upheld' | 'declined' | 'withdrawn';
  readonly dueOn: string | null;
  readonly url: string;
}): MailContent {
  const { programName, partnerName, to, status, dueOn, url } = dispute;
  const happened = {
    open: `${partnerName} disputes a commission, or wrote about it. It waits for your answer.`,
    answered: 'We have answered your dispute.',
    upheld: 'Your dispute was upheld.',
    declined: 'Your dispute was declined. The reasons stand beside it.',
    withdrawn: `${partnerName} withdrew its dispute. There is nothing left to do.`,
  }[status];
  const due = dueOn === null ? [] : [`An answer is due by ${dueOn}.`];
  return {
    subject: to === 'vendor' ? `A dispute of ${partnerName}` : `Your dispute with ${programName}`,
    words: [happened, ...due],
    link: { label: 'Read it', url },
    after: [],
  };
}
