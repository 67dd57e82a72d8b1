import type { englishMail } from './english-mail.js';

/** Was die E-Mails an Menschen betrifft. */
export const germanMail: Readonly<Record<keyof typeof englishMail, string>> = {
  'mailKind.decision': 'Entscheidungen',
  'mailKind.decision.words':
    'Dass eine Registrierung freigegeben, mit einer Frage zurückgegeben oder nicht angenommen wurde, und dass ihr Schutz endet oder verlängert wurde.',
  'mailKind.dispute': 'Beanstandungen',
  'mailKind.dispute.words': 'Dass zu einer Beanstandung etwas geschrieben oder entschieden wurde.',
  'mailKind.receipt': 'Belege',
  'mailKind.receipt.words':
    'Der unterschriebene Beleg zu jedem Lead, den Ihr Unternehmen registriert. Er steht auch bei der Registrierung.',
  'mailKind.review-reminder': 'Erinnerungen an Registrierungen',
  'mailKind.review-reminder.words':
    'Registrierungen, die auf eine Antwort warten, sobald sie eine Stufe erreichen. Unter „Zu prüfen“ stehen sie ohnehin.',
  'myMail.always': 'Was immer kommt',
  'myMail.alwaysWords': 'Ohne diese käme niemand herein, deshalb lassen sie sich nicht abbestellen:',
  'myMail.noPerson':
    'Sie kommen mit einem API-Schlüssel, der keine E-Mails bekommt. Wer sich anmeldet, wählt hier, was ankommt.',
  'myMail.none': 'Es gibt keine E-Mails an Sie, auf die Sie verzichten könnten.',
  'myMail.save': 'Speichern',
  'myMail.saved': 'Gespeichert. Es gilt ab jetzt.',
  'myMail.title': 'Meine E-Mails',
  'myMail.to': 'E-Mails an Sie gehen an {email}.',
  'myMail.which': 'Was möchten Sie bekommen?',
  'nav.waiting': '{count} offen',
  'nav.myMail': 'Meine E-Mails',
  'necessaryMail.invitation': 'Einladungen',
  'necessaryMail.password': 'verlangte Links zu einem neuen Passwort',
  'necessaryMail.sign-in': 'verlangte Links zum Anmelden',
};
