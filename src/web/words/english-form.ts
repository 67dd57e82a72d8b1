/** The vendor's own fields in the form, and what is confirmed with it. */
export const englishForm = {
  'form.amountOf': 'Amount',
  'form.attested': 'Confirmed',
  'form.currencyOf': 'Currency',
  'form.ownFields': 'Further questions',
} as const;
