import { submitRegistrationBody } from '../../src/registration/registration.api.js';

const body = {
  company: { name: 'Acme' },
  contact: { firstName: 'Ann', lastName: 'Archer', email: 'ann@acme.com' },
  deal: {},
  attestation: true,
};

/** The fields a submission is refused for, and why. */
function refused(part: object): Readonly<Record<string, string>> {
  const { error } = submitRegistrationBody.safeParse({ ...body, ...part });
  return Object.fromEntries((error?.issues ?? []).map((issue) => [issue.path.join('.'), issue.message]));
}

describe('what a partner submits', () => {
  it('may name an address in its own script, which is kept as the mail servers write it', () => {
    const contact = { ...body.contact, email: 'Ann@bücher。de' };
    expect(submitRegistrationBody.parse({ ...body, contact }).contact.email).toBe('ann@xn--bcher-kva.de');
    expect(Object.keys(refused({ contact: { ...contact, email: 'ann@bücher.de/x' } }))).toEqual(['contact.email']);
  });
});
