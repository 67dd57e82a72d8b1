/** A text in every language of the hosted form, in the order of `formLanguages`. */
export type Texts = readonly [english: string, german: string];

/** The texts of the hosted form and of the mail it causes: `{name}` is a place to be filled in. */
export const formTexts = {
  'language.name': ['English', 'Deutsch'],
  'language.choose': ['Language', 'Sprache'],
  'form.title': ['Register a lead', 'Lead registrieren'],
  'form.as': ['You are registering as {partner}.', 'Sie registrieren für {partner}.'],
  'form.fieldsMarked': ['Fields marked {star} are required.', 'Felder mit {star} sind Pflicht.'],
  'form.star': ['with a star', 'Stern'],
  'form.checking': [
    'One moment: we check that no robot is sending this.',
    'Einen Moment: Wir prüfen, dass dies kein Roboter sendet.',
  ],
  'form.unscripted': [
    'Your browser runs no scripts for this page: we mail you a link to confirm what you send, so please give your address.',
    'Ihr Browser führt auf dieser Seite keine Skripte aus: Wir mailen Ihnen einen Link, mit dem Sie bestätigen, was Sie senden. Geben Sie deshalb bitte Ihre Adresse an.',
  ],
  'form.submit': ['Register lead', 'Lead registrieren'],
  'form.oneFault': ['One field needs your attention', 'Ein Feld braucht Ihre Aufmerksamkeit'],
  'form.faults': ['{count} fields need your attention', '{count} Felder brauchen Ihre Aufmerksamkeit'],
  'section.company': ['Company', 'Unternehmen'],
  'section.contact': ['Contact', 'Kontakt'],
  'section.deal': ['Deal', 'Geschäft'],
  'section.own': ['Further questions', 'Weitere Fragen'],
  'section.submitter': ['You', 'Sie selbst'],
  'field.company.name': ['Company name', 'Name des Unternehmens'],
  'field.company.domain': ['Company domain', 'Domain des Unternehmens'],
  'field.company.country': ['Country', 'Land'],
  'field.contact.firstName': ['First name', 'Vorname'],
  'field.contact.lastName': ['Last name', 'Nachname'],
  'field.contact.email': ['Work e-mail', 'Geschäftliche E-Mail'],
  'field.contact.phone': ['Phone', 'Telefon'],
  'field.deal.name': ['Deal name', 'Name des Geschäfts'],
  'field.deal.product': ['Product', 'Produkt'],
  'field.deal.amount': ['Expected amount', 'Erwarteter Betrag'],
  'field.deal.currency': ['Currency', 'Währung'],
  'field.deal.expectedCloseDate': ['Expected close date', 'Erwarteter Abschluss'],
  'field.note': ['What should we know?', 'Was sollten wir wissen?'],
  'field.submitter': ['Your own e-mail', 'Ihre eigene E-Mail'],
  'hint.domain': ['For example acme.com', 'Zum Beispiel acme.com'],
  'hint.country': ['Two letters, for example DE', 'Zwei Buchstaben, zum Beispiel DE'],
  'hint.amount': ['For example 12000.50', 'Zum Beispiel 12000.50, mit Punkt'],
  'hint.currency': ['For example EUR', 'Zum Beispiel EUR'],
  'hint.submitter': ['We mail the receipt there', 'Dorthin mailen wir den Beleg'],
  'part.amount': ['Amount', 'Betrag'],
  'part.currency': ['Currency, for example EUR', 'Währung, zum Beispiel EUR'],
  'fault.attestation': [
    'Confirm that the contact agreed to be introduced',
    'Bestätigen Sie, dass der Kontakt der Empfehlung zugestimmt hat',
  ],
  'fault.expected': ['{label}: expected {expected}', '{label}: Erwartet wird {expected}'],
  'fault.missing': ['Enter the {label}', 'Bitte ausfüllen: {label}'],
  'fault.unanswered': ['Answer “{label}”', 'Bitte beantworten: „{label}“'],
  'fault.submitter': [
    'Your own e-mail: expected an address such as ann@acme.com',
    'Ihre eigene E-Mail: Erwartet wird eine Adresse wie ann@acme.com',
  ],
  'fault.unvouched': [
    'Enter your own e-mail: your browser ran no script that tells you from a robot, so we confirm by mail',
    'Geben Sie Ihre eigene E-Mail an: Ihr Browser hat kein Skript ausgeführt, das Sie von einem Roboter unterscheidet, deshalb lassen wir per Mail bestätigen',
  ],
  'fault.network': [
    'Too many forms came from your network. Try again in an hour; what you typed stays on this page.',
    'Aus Ihrem Netz kamen zu viele Formulare. Versuchen Sie es in einer Stunde noch einmal; was Sie eingegeben haben, bleibt auf dieser Seite.',
  ],
  'mailed.title': ['Look into your mail', 'Sehen Sie in Ihre E-Mails'],
  'mailed.words': [
    'We mailed you a link. Your registration counts from the moment you follow it and confirm; until then nobody looks at it. The link holds for three days.',
    'Wir haben Ihnen einen Link gemailt. Ihre Registrierung gilt ab dem Moment, in dem Sie ihm folgen und bestätigen; bis dahin sieht sie niemand an. Der Link gilt drei Tage.',
  ],
  'confirm.tab': ['Confirm', 'Bestätigen'],
  'confirm.title': ['Confirm your registration', 'Bestätigen Sie Ihre Registrierung'],
  'confirm.sent': [
    'You sent a form of {program} in the name of {partner}.',
    'Sie haben ein Formular von {program} im Namen von {partner} gesendet.',
  ],
  'confirm.words': [
    'It counts from the moment you confirm it. If you sent no form, close this page: nothing is registered, and what was typed is forgotten.',
    'Es gilt ab dem Moment, in dem Sie es bestätigen. Haben Sie kein Formular gesendet, schließen Sie diese Seite: Dann wird nichts registriert, und was eingegeben wurde, wird vergessen.',
  ],
  'confirm.submit': ['Confirm', 'Bestätigen'],
  'changed.title': ['The form has changed', 'Das Formular hat sich geändert'],
  'changed.words': [
    'The program asks for more by now. Open the form where you found it and send it once more.',
    'Das Programm fragt inzwischen mehr. Öffnen Sie das Formular, wo Sie es gefunden haben, und senden Sie es noch einmal.',
  ],
  'notNow.title': ['Not now', 'Jetzt nicht'],
  'notNow.words': ['Try again later.', 'Versuchen Sie es später noch einmal.'],
  'expired.title': ['Link of the past', 'Abgelaufener Link'],
  'expired.words': [
    'This link holds no longer. Fill in the form again if you still want to register the lead.',
    'Dieser Link gilt nicht mehr. Füllen Sie das Formular noch einmal aus, wenn Sie den Lead noch registrieren möchten.',
  ],
  'unmailed.title': ['Unknown link', 'Unbekannter Link'],
  'unmailed.words': [
    'We mailed no such link. Open it again from the mail, or copy it whole.',
    'Einen solchen Link haben wir nicht gemailt. Öffnen Sie ihn noch einmal aus der Mail, oder kopieren Sie ihn ganz.',
  ],
  'unknown.title': ['Unknown link', 'Unbekannter Link'],
  'unknown.words': [
    'This link is not, or no longer, a partner’s registration link.',
    'Dieser Link ist kein Registrierungslink eines Partners, oder nicht mehr.',
  ],
  'refusal.limited.title': ['Too many requests', 'Zu viele Anfragen'],
  'refusal.limited.words': [
    'Too many requests came from your network. Wait {seconds} seconds, then try again.',
    'Aus Ihrem Netz kamen zu viele Anfragen. Warten Sie {seconds} Sekunden, und versuchen Sie es dann noch einmal.',
  ],
  'refusal.kept': [
    'Nothing was registered yet; what you typed is kept on this page.',
    'Noch wurde nichts registriert; was Sie eingegeben haben, bleibt auf dieser Seite.',
  ],
  'refusal.large.title': ['Too much text', 'Zu viel Text'],
  'refusal.large.words': [
    'What was sent is larger than the form takes, and nothing was registered. Go back to the form, shorten the longest text, and send it once more.',
    'Gesendet wurde mehr, als das Formular aufnimmt, und nichts wurde registriert. Gehen Sie zurück zum Formular, kürzen Sie den längsten Text, und senden Sie es noch einmal.',
  ],
  'refusal.nothing.title': ['Nothing here', 'Hier ist nichts'],
  'refusal.nothing.words': [
    'There is nothing at this address. Open the link again as you were given it, and copy it whole.',
    'Unter dieser Adresse ist nichts. Öffnen Sie den Link noch einmal, wie Sie ihn bekommen haben, und kopieren Sie ihn ganz.',
  ],
  'refusal.ours.title': ['A fault of ours', 'Ein Fehler bei uns'],
  'refusal.ours.words': [
    'Something does not work on our side just now. Try again in a minute.',
    'Bei uns funktioniert gerade etwas nicht. Versuchen Sie es in einer Minute noch einmal.',
  ],
  'refusal.other.title': ['This cannot be taken', 'Das lässt sich nicht annehmen'],
  'refusal.other.words': [
    'The request cannot be taken as it is. Open the link again as you were given it.',
    'So lässt sich die Anfrage nicht annehmen. Öffnen Sie den Link noch einmal, wie Sie ihn bekommen haben.',
  ],
  'refusal.again': ['Send again', 'Noch einmal senden'],
  'receipt.tab': ['Receipt', 'Beleg'],
  'receipt.title': ['Lead registered', 'Lead registriert'],
  'receipt.what': ['What you registered', 'Was Sie registriert haben'],
  'receipt.company': ['Company', 'Unternehmen'],
  'receipt.deal': ['Deal', 'Geschäft'],
  'receipt.product': ['Product', 'Produkt'],
  'receipt.when': ['When you registered it', 'Wann Sie es registriert haben'],
  'receipt.next': ['What happens next', 'Wie es weitergeht'],
  'receipt.yours': ['Your receipt', 'Ihr Beleg'],
  'receipt.keep': [
    'Keep this page: it proves what you registered and when. The number of your registration is {id}.',
    'Bewahren Sie diese Seite auf: Sie beweist, was Sie wann registriert haben. Die Nummer Ihrer Registrierung ist {id}.',
  ],
  'receipt.signed': [
    'We signed the receipt. Anyone can check it {here}, or with our {keys}: it covers the canonical JSON (RFC 8785) of all members but {key}, {algorithm} and {signature}.',
    'Wir haben den Beleg unterschrieben. Jeder kann ihn {here} prüfen oder mit unseren {keys}: Die Unterschrift deckt das kanonische JSON (RFC 8785) aller Teile außer {key}, {algorithm} und {signature}.',
  ],
  'receipt.here': ['here', 'hier'],
  'receipt.keys': ['public keys', 'öffentlichen Schlüsseln'],
  'receipt.another': ['Register another lead', 'Noch einen Lead registrieren'],
  'next.clear': [
    'No other partner has a claim on this company. We will look at your registration; this page will show what we decided.',
    'Kein anderer Partner hat Anspruch auf dieses Unternehmen. Wir sehen uns Ihre Registrierung an; diese Seite zeigt dann, was wir entschieden haben.',
  ],
  'next.taken': [
    'Another registration already holds this company. We keep yours in line and look at it again if the company becomes free.',
    'Eine andere Registrierung hält dieses Unternehmen bereits. Ihre bleibt in der Reihe, und wir sehen sie uns wieder an, wenn das Unternehmen frei wird.',
  ],
  'next.under_review': [
    'This company is already being looked at. We will look at your registration too; this page will show what we decided.',
    'Dieses Unternehmen wird bereits geprüft. Wir sehen uns auch Ihre Registrierung an; diese Seite zeigt dann, was wir entschieden haben.',
  ],
  'next.approved': [
    'Your registration is approved. We now work on the deal.',
    'Ihre Registrierung ist angenommen. Wir arbeiten jetzt an dem Geschäft.',
  ],
  'next.approvedUntil': [
    'Your registration is approved and protected until {day}. We now work on the deal.',
    'Ihre Registrierung ist angenommen und bis {day} geschützt. Wir arbeiten jetzt an dem Geschäft.',
  ],
  'next.waiting': [
    'Your registration is waiting: another one came first. Yours moves up when that one ends.',
    'Ihre Registrierung wartet: Eine andere war früher. Ihre rückt auf, wenn jene endet.',
  ],
  'next.returned': [
    'We have a question about your registration. It keeps its place while you answer.',
    'Wir haben eine Frage zu Ihrer Registrierung. Sie behält ihren Platz, während Sie antworten.',
  ],
  'next.rejected': [
    'We did not accept your registration. Nothing more happens.',
    'Wir haben Ihre Registrierung nicht angenommen. Mehr geschieht nicht.',
  ],
  'next.withdrawn': [
    'Your registration was withdrawn. Nothing more happens.',
    'Ihre Registrierung wurde zurückgezogen. Mehr geschieht nicht.',
  ],
  'next.expired': [
    'The protection of your registration has ended. You can register the company again.',
    'Der Schutz Ihrer Registrierung ist abgelaufen. Sie können das Unternehmen noch einmal registrieren.',
  ],
  'next.won': [
    'The deal is won. We work out your commission from it.',
    'Das Geschäft ist gewonnen. Wir berechnen daraus Ihre Provision.',
  ],
  'next.lost': ['The deal is lost. Nothing more happens.', 'Das Geschäft ist verloren. Mehr geschieht nicht.'],
  'refused.agreement-not-accepted': [
    'The partner agreement is to be accepted first. An owner of the partner does so after signing in.',
    'Zuerst ist die Partnervereinbarung anzunehmen. Das tut eine Inhaberin oder ein Inhaber des Partners nach der Anmeldung.',
  ],
  'refused.probing-limited': [
    'Too many companies that were not free were registered here within a day. Try again tomorrow.',
    'Hier wurden an einem Tag zu viele Unternehmen registriert, die nicht frei waren. Versuchen Sie es morgen noch einmal.',
  ],
  'refused.partner-inactive': [
    'This partner takes no part in the program any more.',
    'Dieser Partner nimmt am Programm nicht mehr teil.',
  ],
  'refused.confirmations-limited': [
    'This address was mailed several links within a day already. Follow one of them, or try again tomorrow.',
    'An diese Adresse gingen an einem Tag schon mehrere Links. Folgen Sie einem davon, oder versuchen Sie es morgen noch einmal.',
  ],
  'refused.held-forms-limited': [
    'Many forms come in just now that we confirm by mail. Try again in an hour; what you typed stays on this page.',
    'Gerade kommen viele Formulare, die wir per Mail bestätigen lassen. Versuchen Sie es in einer Stunde noch einmal; was Sie eingegeben haben, bleibt auf dieser Seite.',
  ],
  'refused.other': [
    'This cannot be taken as it is. Check what you typed, or ask whoever gave you the link.',
    'So lässt sich das nicht annehmen. Prüfen Sie Ihre Eingaben, oder fragen Sie, wer Ihnen den Link gab.',
  ],
  'mail.confirm.subject': [
    'Confirm what you registered with {program}',
    'Bestätigen Sie Ihre Registrierung bei {program}',
  ],
  'mail.confirm.sent': [
    'Somebody, hopefully you, registered a lead with {program} in the name of {partner} and gave this address.',
    'Jemand, hoffentlich Sie, hat bei {program} im Namen von {partner} einen Lead registriert und diese Adresse angegeben.',
  ],
  'mail.confirm.words': [
    'It counts from the moment you confirm it. Until then nobody looks at it, and it holds no company.',
    'Er gilt ab dem Moment, in dem Sie bestätigen. Bis dahin sieht ihn niemand an, und er hält kein Unternehmen.',
  ],
  'mail.confirm.link': ['Look at it and confirm', 'Ansehen und bestätigen'],
  'mail.confirm.after': [
    'The link holds for three days. If you did not expect it, leave it be, and what was typed is forgotten.',
    'Der Link gilt drei Tage. Haben Sie ihn nicht erwartet, tun Sie nichts; was eingegeben wurde, wird dann vergessen.',
  ],
  'mail.receipt.subject': ['Receipt from {program}', 'Beleg von {program}'],
  'mail.receipt.subjectOf': ['Receipt: {company}', 'Beleg: {company}'],
  'mail.receipt.what': [
    'A lead was registered with {program} on {moment}. Its number is {id}.',
    'Bei {program} wurde am {moment} ein Lead registriert. Seine Nummer ist {id}.',
  ],
  'mail.receipt.whatOf': [
    'The lead {company} was registered with {program} on {moment}. Its number is {id}.',
    'Der Lead {company} wurde am {moment} bei {program} registriert. Seine Nummer ist {id}.',
  ],
  'mail.receipt.clear': [
    'No other partner has a claim on this company.',
    'Kein anderer Partner hat Anspruch auf dieses Unternehmen.',
  ],
  'mail.receipt.taken': [
    'Another registration already holds this company; this one is kept in line.',
    'Eine andere Registrierung hält dieses Unternehmen bereits; diese bleibt in der Reihe.',
  ],
  'mail.receipt.under_review': ['This company is already being looked at.', 'Dieses Unternehmen wird bereits geprüft.'],
  'mail.receipt.decide': [
    'We decide by {day}, and nothing needs to be done until then.',
    'Wir entscheiden bis zum {day}, und bis dahin ist nichts zu tun.',
  ],
  'mail.receipt.signed': [
    'The receipt, as it was signed; what was typed stands in it as a hash alone:',
    'Der Beleg, wie er unterschrieben wurde; was eingegeben wurde, steht darin nur als Hash:',
  ],
  'mail.receipt.see': ['See the registration', 'Die Registrierung ansehen'],
  'mail.receipt.verify': ['Anybody can have the receipt checked here', 'Hier kann jeder den Beleg prüfen lassen'],
  'mail.receipt.keep': [
    'Keep this mail: it says who was first.',
    'Bewahren Sie diese Mail auf: Sie sagt, wer zuerst da war.',
  ],
  'embed.unnamed': [
    'The form cannot be shown: its tag names no partner link (data-partner-link), and the address of this page no partner.',
    'Das Formular lässt sich nicht zeigen: Sein Tag nennt keinen Partnerlink (data-partner-link) und die Adresse dieser Seite keinen Partner.',
  ],
  'embed.unlisted': [
    'The form cannot be shown on {origin}. Whoever runs the partner program adds this origin to embedOrigins of its settings.',
    'Das Formular lässt sich auf {origin} nicht zeigen. Wer das Partnerprogramm betreibt, nimmt diesen Ursprung in embedOrigins der Einstellungen auf.',
  ],
} as const satisfies Readonly<Record<string, Texts>>;
