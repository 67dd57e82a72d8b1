import { fieldFaults } from '../../src/platform/http/field-faults.js';
import { submitRegistrationBody } from '../../src/registration/registration.api.js';

const body = {
  company: { name: 'Acme' },
  contact: { firstName: 'Ann', lastName: 'Archer', email: 'ann@acme.com' },
  deal: {},
  attestation: true,
};

/** The fields a submission is refused for, and why. */
function refused(part: object): readonly string[] {
  const input = { ...body, ...part };
  const { error } = submitRegistrationBody.safeParse(input);
  return fieldFaults(error?.issues ?? [], input).map((fault) => fault.message);
}

describe('what a partner submits', () => {
  it('may name an address in its own script, which is kept as the mail servers write it', () => {
    const contact = { ...body.contact, email: 'Ann@bücher。de' };
    expect(submitRegistrationBody.parse({ ...body, contact }).contact.email).toBe('ann@xn--bcher-kva.de');
    expect(refused({ contact: { ...contact, email: 'ann@bücher.de/x' } })).toEqual([
      'contact.email must be an e-mail address such as ann@acme.com.',
    ]);
  });

  it.each(['0000-01-01', '0000-02-29', '2026-02-29', '2026-13-01', '10000-01-01', '31.12.2026', 20261231])(
    'is expected to close on a day that exists, not on %j',
    (expectedCloseDate) => {
      expect(refused({ deal: { expectedCloseDate } })).toEqual([
        expect.stringMatching(/^deal\.expectedCloseDate(: Not a calendar day\.| must be a text\.)$/),
      ]);
    },
  );

  it.each(['12.000,50', '-1', '1e3', -1, 1e15, {}, true])('has an amount that can be read, not %j', (amount) => {
    expect(refused({ deal: { amount, currency: 'EUR' } })).toEqual([
      'deal.amount must be a decimal number without sign or separators, such as 12000.50.',
    ]);
  });

  it.each([
    ['1.5', 'JPY', 0],
    ['1.001', 'EUR', 2],
    ['1.0001', 'KWD', 3],
  ])('has no part of the smallest unit of its currency: %s %s', (amount, currency, decimals) => {
    expect(refused({ deal: { amount, currency } })).toEqual([
      `deal.amount must be an amount with at most ${decimals} decimals, as ${currency} has.`,
    ]);
  });

  it.each([
    ['1500.00', 'JPY'],
    ['1.50', 'EUR'],
    ['1.0010', 'KWD'],
  ])('may be written with more zeros than its currency has: %s %s', (amount, currency) => {
    expect(refused({ deal: { amount, currency } })).toEqual([]);
  });
});
