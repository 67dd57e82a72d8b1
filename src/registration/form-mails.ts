import type { MailContent } from '../notices/mail.js';
import type { SignedReceipt } from './receipt.js';

/** Asks whoever sent a form, or gave the address, whether it is meant. Nothing that was typed stands in it. */
export function confirmationMail(form: {
  readonly programName: string;
  readonly partnerName: string;
  readonly url: string;
}): MailContent {
  const { programName, partnerName, url } = form;
  return {
    subject: `Confirm what you registered with ${programName}`,
    words: [
      `Somebody, hopefully you, registered a lead with ${programName} in the name of ${partnerName} and gave this address.`,
      'It counts from the moment you confirm it. Until then nobody looks at it, and it holds no company.',
    ],
    link: { label: 'Look at it and confirm', url },
    after: ['The link holds for three days. If you did not expect it, leave it be, and what was typed is forgotten.'],
  };
}

/** The receipt of a registration, with what happens next. */
export function receiptMail(registered: {
  readonly programName: string;
  readonly receipt: SignedReceipt;
  /** Null for who may be anybody: whoever typed it may have had somebody else in mind. */
  readonly companyName: string | null;
  readonly decideBy: string;
  /** Null for who has no account. */
  readonly url: string | null;
  /** Where anybody has the receipt checked. */
  readonly verifyUrl: string;
}): MailContent {
  const { programName, receipt, companyName, decideBy, url, verifyUrl } = registered;
  const at = `${receipt.submittedAt.slice(0, 10)} at ${receipt.submittedAt.slice(11, 19)} UTC`;
  const verify = { label: 'Anybody can have the receipt checked here', url: verifyUrl };
  const what = companyName === null ? 'A lead' : `The lead ${companyName}`;
  return {
    subject: companyName === null ? `Receipt from ${programName}` : `Receipt: ${companyName}`,
    words: [
      `${what} was registered with ${programName} on ${at}. Its number is ${receipt.registrationId}.`,
      `${results[receipt.result]} We decide by ${decideBy}, and nothing needs to be done until then.`,
      `The receipt, as it was signed; what was typed stands in it as a hash alone:`,
      JSON.stringify(receipt),
    ],
    link: url === null ? verify : { label: 'See the registration', url },
    after: [...(url === null ? [] : [`${verify.label}: ${verify.url}`]), 'Keep this mail: it says who was first.'],
  };
}

const results = {
  clear: 'No other partner has a claim on this company.',
  taken: 'Another registration already holds this company; this one is kept in line.',
  under_review: 'This company is already being looked at.',
} as const satisfies Readonly<Record<SignedReceipt['result'], string>>;
