import type { MailContent } from '../notices/mail.js';
import { dayText, formText, momentText, type FormLanguage } from './form-words.js';
import type { SignedReceipt } from './receipt.js';

/** Asks whoever sent a form, or gave the address, whether it is meant. Nothing that was typed stands in it. */
export function confirmationMail(form: {
  readonly language: FormLanguage;
  readonly programName: string;
  readonly partnerName: string;
  readonly url: string;
}): MailContent {
  const { language, programName, partnerName, url } = form;
  return {
    subject: formText(language, 'mail.confirm.subject', { program: programName }),
    words: [
      formText(language, 'mail.confirm.sent', { program: programName, partner: partnerName }),
      formText(language, 'mail.confirm.words'),
    ],
    link: { label: formText(language, 'mail.confirm.link'), url },
    after: [formText(language, 'mail.confirm.after')],
  };
}

/** The receipt of a registration, with what happens next. */
export function receiptMail(registered: {
  readonly language: FormLanguage;
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
  const { language, programName: program, receipt, companyName: company, decideBy, url, verifyUrl } = registered;
  const moment = momentText(language, receipt.submittedAt);
  const verify = { label: formText(language, 'mail.receipt.verify'), url: verifyUrl };
  const what = { program, moment, id: receipt.registrationId };
  const result = formText(language, `mail.receipt.${receipt.result}`);
  return {
    subject:
      company === null
        ? formText(language, 'mail.receipt.subject', { program })
        : formText(language, 'mail.receipt.subjectOf', { company }),
    words: [
      company === null
        ? formText(language, 'mail.receipt.what', what)
        : formText(language, 'mail.receipt.whatOf', { ...what, company }),
      `${result} ${formText(language, 'mail.receipt.decide', { day: dayText(language, decideBy) })}`,
      formText(language, 'mail.receipt.signed'),
      JSON.stringify(receipt),
    ],
    link: url === null ? verify : { label: formText(language, 'mail.receipt.see'), url },
    after: [...(url === null ? [] : [`${verify.label}: ${verify.url}`]), formText(language, 'mail.receipt.keep')],
  };
}
