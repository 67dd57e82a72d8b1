import type { Right } from '../access/rights.js';

/** What a person can be mailed and can do without, under the topic of those mails. */
export const mailKinds = ['receipt', 'decision', 'dispute', 'review-reminder'] as const;
export type MailKind = (typeof mailKinds)[number];

/** What lets people in. It cannot be switched off: without it nobody would come back. */
export const necessaryMails = ['invitation', 'sign-in', 'password'] as const;

/** Who somebody is, as far as it says what they are mailed. */
export type MailReader =
  { readonly kind: 'partner' } | { readonly kind: 'operator'; readonly rights: readonly string[] };

interface Kind {
  readonly partner: boolean;
  /** What an operator must be able to do to be mailed it; null where none is. */
  readonly operator: Right | null;
  /** Why one gets it, as the mail itself says. */
  readonly why: string;
}

const kinds: Readonly<Record<MailKind, Kind>> = {
  receipt: {
    partner: true,
    operator: null,
    why: 'You get the receipt of every registration because you are one of your company’s people in the program.',
  },
  decision: {
    partner: true,
    operator: null,
    why: 'You are told what is decided about registrations because you are one of your company’s people in the program.',
  },
  dispute: {
    partner: true,
    operator: 'disputes:decide',
    why: 'You get word of disputes because you opened this one, or are one of those who settle them.',
  },
  'review-reminder': {
    partner: false,
    operator: 'registrations:decide',
    why: 'You are reminded because you are one of those who answer registrations.',
  },
};

export function isMailKind(topic: string): topic is MailKind {
  return (mailKinds as readonly string[]).includes(topic);
}

/** What somebody is mailed that they can do without. */
export function kindsFor(reader: MailReader): readonly MailKind[] {
  return mailKinds.filter((kind) => {
    const { partner, operator } = kinds[kind];
    return reader.kind === 'partner' ? partner : operator !== null && reader.rights.includes(operator);
  });
}

/** What stands under a mail of a kind: why one gets it, and where one says otherwise. */
export function footerOf(kind: MailKind, publicUrl: string): { readonly why: string; readonly url: string } {
  return { why: kinds[kind].why, url: `${publicUrl}/my-mail` };
}
