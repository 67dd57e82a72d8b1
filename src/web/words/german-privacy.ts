import type { englishPrivacy } from './english-privacy.js';

/** Die Texte zum Datenschutz. */
export const germanPrivacy: Readonly<Record<keyof typeof englishPrivacy, string>> = {
  'nav.privacy': 'Datenschutz',
  'privacy.title': 'Datenschutz',
  'privacy.address': 'Adresse der Person',
  'privacy.addressHint': 'Eine E-Mail-Adresse. Sie steht in keiner Seitenadresse und in keinem Protokoll.',
  'privacy.again': 'Die Adresse noch einmal eingeben',
  'privacy.againHint': 'Was gelöscht ist, lässt sich nicht zurückholen.',
  'privacy.againExpected': 'dieselbe Adresse',
  'privacy.ask': 'Eine Person fragt an',
  'privacy.askHint':
    'Was über jemanden gespeichert ist, kommt als Datei. Das Löschen entfernt die Angaben überall; Beträge und Bücher bleiben, und Ansprüche, die noch stehen, enden.',
  'privacy.cause': 'Anlass',
  'privacy.cause.crm': 'Das CRM',
  'privacy.cause.request': 'Eine Anfrage',
  'privacy.certificate': 'Nachweis herunterladen',
  'privacy.certificates': 'Löschungen',
  'privacy.done': 'Gelöscht. Der Nachweis steht unten.',
  'privacy.erase': 'Löschen',
  'privacy.export': 'Gespeichertes herunterladen',
  'privacy.none': 'Noch wurde niemand gelöscht.',
  'privacy.nothing': 'Zu dieser Adresse ist nichts gespeichert.',
  'privacy.rows': 'Zeilen',
  'privacy.when': 'Gelöscht',
  'privacy.who': 'Durch',
};
