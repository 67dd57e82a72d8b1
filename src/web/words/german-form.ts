import type { englishForm } from './english-form.js';

export const germanForm: Readonly<Record<keyof typeof englishForm, string>> = {
  'form.amountOf': 'Betrag',
  'form.attested': 'Bestätigt',
  'form.currencyOf': 'Währung',
  'form.ownFields': 'Weitere Fragen',
};
