import { paymentFile } from '../../src/crediting/payment-file.js';
import { readCsvRows } from '../../src/platform/http/csv-form.js';

const header = 'externalId,dealId,registrationId,kind,amount,currency,tax,receivedOn,service_from,service_to,refundOf';
const read = (...rows: readonly string[]) => readCsvRows([header, ...rows].join('\n'), paymentFile);

describe('a file of payments', () => {
  it('has the fields of the API as its columns, and leaves empty what is not known', () => {
    expect(
      read(
        'INV-1,deal_1,,payment,119.00,EUR,19.00,2026-03-06,2026-03-01,2026-03-31,',
        'R-1,,reg_1,refund,5,JPY,,2026-03-07,,,INV-1',
      ),
    ).toEqual({
      kind: 'rows',
      rows: [
        {
          place: 'line 2: ',
          value: {
            externalId: 'INV-1',
            dealId: 'deal_1',
            registrationId: null,
            kind: 'payment',
            amount: '119.00',
            currency: 'EUR',
            tax: '19.00',
            receivedOn: '2026-03-06',
            servicePeriod: { from: '2026-03-01', to: '2026-03-31' },
            refundOf: null,
          },
        },
        expect.objectContaining({
          place: 'line 3: ',
          value: expect.objectContaining({ registrationId: 'reg_1', tax: null }),
        }),
      ],
    });
  });

  it('is refused as a whole, with every wrong line and column', () => {
    expect(
      read(
        'INV-1,deal_1,,payment,119.00,EUR,,2026-03-06,,,',
        'INV-2,deal_1,,payment,119.001,EUR,,2026-02-30,,,',
        'INV-3,deal_1,,gift,1,EUR,,2026-03-06,2026-03-31,2026-03-01,',
        'INV-4,,,payment,1,EUR,2,2026-03-06,2026-03-31,,',
      ),
    ).toEqual({
      kind: 'refused',
      messages: [
        'line 3: receivedOn is "2026-02-30"; expected a day, YYYY-MM-DD.',
        'line 3: amount is "119.001"; expected an amount with at most 2 decimals, as EUR has.',
        'line 4: kind is "gift"; expected one of payment, refund.',
        'line 4: service_to is "2026-03-01"; expected a day that is not before from.',
        'line 5: service_to is missing; expected a text.',
      ],
    });
    expect(readCsvRows('externalId,amout\n', paymentFile)).toEqual({
      kind: 'refused',
      messages: [`line 1: amout is no column of this file; expected ${paymentFile.columns.join(', ')}.`],
    });
  });
});
