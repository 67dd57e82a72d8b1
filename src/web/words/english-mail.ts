/** The texts about the mail people get. */
export const englishMail = {
  'mailKind.decision': 'Decisions',
  'mailKind.decision.words':
    'That a registration was approved, returned with a question or not accepted, and that its protection ends or was extended.',
  'mailKind.dispute': 'Disputes',
  'mailKind.dispute.words': 'That something was written or decided about a dispute.',
  'mailKind.receipt': 'Receipts',
  'mailKind.receipt.words':
    'The signed receipt of every lead your company registers. It is kept with the registration, too.',
  'mailKind.review-reminder': 'Reminders of registrations',
  'mailKind.review-reminder.words':
    'Registrations that wait for an answer, as they reach a step of the ladder. You see them in the review queue in any case.',
  'myMail.always': 'What always comes',
  'myMail.alwaysWords': 'Without these nobody would come in, so they cannot be switched off:',
  'myMail.noPerson':
    'You came with an API key, which gets no mail. People who sign in choose here what they are mailed.',
  'myMail.none': 'There is no mail for you that you could do without.',
  'myMail.save': 'Save',
  'myMail.saved': 'Saved. It holds from now on.',
  'myMail.title': 'My mail',
  'myMail.to': 'Mail to you goes to {email}.',
  'myMail.which': 'What would you like to get?',
  'nav.waiting': '{count} waiting',
  'nav.myMail': 'My mail',
  'necessaryMail.invitation': 'invitations',
  'necessaryMail.password': 'links to a new password that were asked for',
  'necessaryMail.sign-in': 'links to sign in that were asked for',
} as const;
