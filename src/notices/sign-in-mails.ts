import type { MailContent } from './mail.js';

/** Asks somebody in. */
export function invitationMail(invitation: {
  readonly name: string;
  readonly programName: string;
  /** Null for the vendor's own people. */
  readonly partnerName: string | null;
  readonly url: string;
}): MailContent {
  const { name, programName, partnerName, url } = invitation;
  const where = partnerName === null ? `work on ${programName}` : `take part in ${programName} for ${partnerName}`;
  return {
    subject: `You are invited to ${programName}`,
    words: [`Hello ${name},`, `you are invited to ${where}. Choose a password to begin.`],
    link: { label: 'Accept the invitation', url },
    after: ['The link holds for fourteen days and for you alone. If you did not expect it, leave it be.'],
  };
}

/** Lets somebody in once, or to a new password. */
export function signInMail(link: {
  readonly kind: 'sign-in' | 'password';
  readonly name: string;
  readonly programName: string;
  readonly url: string;
}): MailContent {
  const { kind, name, programName, url } = link;
  const isSignIn = kind === 'sign-in';
  return {
    subject: isSignIn ? `Sign in to ${programName}` : `A new password for ${programName}`,
    words: [
      `Hello ${name},`,
      isSignIn ? 'here is your way in.' : 'somebody, hopefully you, wants to choose a new password.',
    ],
    link: { label: isSignIn ? 'Sign in' : 'Choose a new password', url },
    after: ['The link holds for a quarter of an hour and once. If you did not ask for it, leave it be.'],
  };
}
