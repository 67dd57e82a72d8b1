import type { MissingEvidence } from './missing-commission.js';

/** The evidence in words, what weighs most first. */
export function sentencesOfMissing(evidence: MissingEvidence): readonly string[] {
  const { registeredOn, wonOn, protectedUntil, endedDaysBefore: ended, madeDaysAfterPush: made } = evidence;
  const records = evidence.otherRecords === true ? ', by its address and under another record' : '';
  return [
    evidence.ownDeal && "It is the registration's own deal.",
    !evidence.ownDeal && evidence.sameContact && `It stands on the contact that was registered${records}.`,
    !evidence.ownDeal && evidence.sameCompany && `It stands on the company that was registered${records}.`,
    `Registered on ${registeredOn}, won on ${wonOn}.`,
    evidence.unanswered === 'vendor' && 'Nobody has answered the registration.',
    evidence.unanswered === 'partner' && 'It was returned with a question that the partner has not answered.',
    protectedUntil !== null &&
      (ended === null
        ? `Protection ran until ${protectedUntil} and covers the win.`
        : `Protection had ended on ${protectedUntil}, ${String(ended)} ${ended === 1 ? 'day' : 'days'} before the win.`),
    !evidence.ownDeal &&
      made !== null &&
      made >= 0 &&
      `The deal was made ${String(made)} ${made === 1 ? 'day' : 'days'} after the registration came into the CRM.`,
    evidence.amount === 'same' && 'It has the registered amount.',
    evidence.amount === 'near' && 'It has nearly the registered amount.',
    evidence.contested && 'Another registration may be owed the same win.',
    evidence.unanswered !== undefined &&
      'Approved now it is approved after the win, for which a plan may refuse to pay.',
    evidence.approvedAfterWin &&
      evidence.unanswered === undefined &&
      'It was approved only after the win, for which a plan may refuse to pay.',
  ].filter((sentence) => sentence !== false);
}
