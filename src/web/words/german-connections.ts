import type { englishConnections } from './english-connections.js';

/** Texte darüber, wie ein CRM verbunden und gepflegt wird. */
export const germanConnections: Readonly<Record<keyof typeof englishConnections, string>> = {
  'connections.back': 'Zurück zu den Verbindungen',
  'connections.calls': 'Aufrufe des Tages',
  'connections.callsUsed': '{used} von {limit}, Stand {at}',
  'connections.callsUntold': 'Das CRM sagt es nicht',
  'connections.connect': 'Verbinden',
  'connections.connectAgain': 'Neu verbinden',
  'connections.connected': 'Verbunden: Konto {account}. Alles, was gewartet hat, geht weiter.',
  'connections.connectedUnrevoked':
    'Der frühere Zugang wird nicht mehr benutzt, aber das CRM hat ihn nicht zurückgenommen ({refusal}). Um ihn zu beenden, entfernen Sie dort die App und verbinden dann neu.',
  'connections.connectedAt': 'Verbunden',
  'connections.connectedBy': '{at}, von {by}',
  'connections.coming': 'Die Antwort des CRM wird geprüft …',
  'connections.disconnect': 'Trennen',
  'connections.disconnectHint':
    'Alles, was für dieses CRM ist, wartet, bis es wieder verbunden ist. Verknüpfungen und Verlauf bleiben. Der Zugang wird dem CRM zurückgegeben.',
  'connections.disconnectTitle': '{name} trennen',
  'connections.disconnected': 'Getrennt, und der Zugang wurde zurückgegeben.',
  'connections.disconnectedAt': 'Getrennt',
  'connections.disconnectedUnrevoked':
    'Getrennt. Das CRM hat den Zugang nicht zurückgenommen ({refusal}): Entfernen Sie die App dort.',
  'connections.environment':
    'Der Zugang steht in den Einstellungen des Dienstes, deshalb wird dort verbunden und getrennt.',
  'connections.examinedWell': 'Noch einmal nachgesehen: Nichts fehlt.',
  'connections.examinedBadly': 'Noch einmal nachgesehen: {count} Befunde stehen unten.',
  'connections.failed': 'Nicht verbunden',
  'connections.lastSignal': 'Letztes Signal',
  'connections.lookAgain': 'Noch einmal nachsehen',
  'connections.noSignal': 'Noch keines',
  'connections.notConnected': 'Nicht verbunden. Alles, was für dieses CRM ist, wartet, und nichts geht verloren.',
  'connections.problems': '{count} offene Probleme',
  'connections.provision': 'Einrichten',
  'connections.provisionedAll': 'Eingerichtet: {existing} Felder waren schon da.',
  'connections.provisionedSome': 'Eingerichtet: {created} angelegt.',
  'connections.reason': 'Grund',
  'connections.redirectUrl': 'Adresse, die bei der App einzutragen ist',
  'connections.signIn': 'Meldet sich an mit',
  'signInWay.access-token': 'Zugangstoken der Einstellungen',
  'signInWay.client-credentials': 'Der App selbst, laut Einstellungen',
  'signInWay.jwt': 'Schlüssel eines Benutzers, laut Einstellungen',
  'signInWay.none': 'Nichts: Die Einstellungen nennen sie nicht mehr',
  'signInWay.refresh-token': 'Refresh-Token der Einstellungen',
  'signInWay.web': 'Einer Person, im Browser',
};
