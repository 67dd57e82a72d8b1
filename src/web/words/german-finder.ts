import type { englishFinder } from './english-finder.js';

export const germanFinder: Readonly<Record<keyof typeof englishFinder, string>> = {
  'links.unlink': 'Von diesem Deal lösen',
  'links.unlinkHint':
    'Was für den Deal gutgeschrieben wurde, wird zurückgenommen. Die Registrierung kann wieder einen Deal bekommen.',
  'links.unlinked': '{at}, {by}: von {from} gelöst.',
  'missing.contested': 'Der Abschluss kann auch einer anderen Registrierung zustehen',
  'missing.dismiss': 'Steht niemandem zu',
  'missing.ended': 'Der Schutz endete am {until}, {days} Tage vor dem Abschluss',
  'missing.lateApproval': 'Erst nach dem Abschluss genehmigt; ein Plan kann das ablehnen',
  'missing.link': 'Zuordnen und gutschreiben',
  'missing.linkHint': 'War der Schutz abgelaufen, wird er bis zum Abschluss anerkannt.',
  'missing.none': 'Jeder Abschluss, der vermittelt aussieht, ist gutgeschrieben.',
  'missing.ownDeal': 'Der eigene Deal der Registrierung',
  'missing.protected': 'Der Schutz lief bis {until} und deckt den Abschluss',
  'missing.reasonHint': 'Nötig, um zu sagen, dass er niemandem zusteht.',
  'missing.state': 'Welche',
  'missing.title': 'Fehlende Provisionen',
  'missing.when': 'Registriert am {registered}, gewonnen am {won}',
  'missingStatus.all': 'Alle',
  'missingStatus.dismissed': 'Verworfen',
  'missingStatus.linked': 'Zugeordnet',
  'missingStatus.obsolete': 'Nicht mehr so',
  'missingStatus.open': 'Offen',
  'nav.missing': 'Fehlende Provisionen',
};
