import { resubmitBody, submitRegistrationBody } from '../../../src/registration/registration.api.js';
import { answerBody, leadBody, leadSections, missingFields, typedAs } from '../../../src/web/own/lead-fields.js';

const needed = {
  'company.name': 'Acme',
  'contact.firstName': 'Ann',
  'contact.lastName': 'Ash',
  'contact.email': 'ann@acme.com',
};

describe('the form of a lead', () => {
  it('has a field for everything the API takes of a lead, and no other', () => {
    const { company, contact, deal } = submitRegistrationBody.shape;
    const taken = Object.entries({ company, contact, deal: deal.unwrap() }).flatMap(([group, schema]) =>
      Object.keys(schema.shape).map((name) => `${group}.${name}`),
    );
    const offered = leadSections.flatMap(({ fields }) => fields.map(({ name }) => name));
    expect([...offered].sort()).toEqual(taken.sort());
  });

  it('asks for exactly what the API requires', () => {
    expect(missingFields({})).toEqual(Object.keys(needed));
    expect(missingFields(needed)).toEqual([]);
    expect(submitRegistrationBody.safeParse(leadBody(needed, true)).success).toBe(true);
  });

  it('sends the currency only with an amount', () => {
    const typed = { ...needed, 'deal.currency': 'EUR' };
    expect(leadBody(typed, true).deal).toEqual({});
    expect(leadBody({ ...typed, 'deal.amount': '10' }, true).deal).toEqual({ amount: '10', currency: 'EUR' });
  });
});

describe('an answer to a question', () => {
  it('begins with what was registered, and sends it back but for company and product', () => {
    const contact = { firstName: 'Ann', lastName: 'Ash', email: 'ann@acme.com', phone: null };
    const deal = { name: 'Cranes', amount: '10.00', currency: 'EUR', expectedCloseDate: null, product: 'Suite' };
    const typed = typedAs({ contact, deal, note: 'Soon' });
    const body = answerBody({ ...typed, 'deal.amount': '12' }, 'The one in Rotterdam.');
    expect(resubmitBody.parse(body)).toEqual({
      reason: 'The one in Rotterdam.',
      contact: { firstName: 'Ann', lastName: 'Ash', email: 'ann@acme.com' },
      deal: { name: 'Cranes', amount: '12', currency: 'EUR' },
      note: 'Soon',
    });
  });
});
