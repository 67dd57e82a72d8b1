import { changeOfPartner } from '../../../src/web/partners/partner-change.js';

const opened = { name: 'Acme', email: 'team@acme.com', status: 'active' } as const;

describe('a change of a partner, as its form sends it', () => {
  it('says only what was changed in the form, so that what a colleague changed meanwhile stays', () => {
    expect(changeOfPartner(opened, { ...opened, status: 'inactive' })).toEqual({ status: 'inactive' });
    expect(changeOfPartner(opened, { ...opened, name: 'Acme Ltd', email: '' })).toEqual({
      name: 'Acme Ltd',
      email: '',
    });
  });

  it('says nothing where nothing was changed', () => {
    expect(changeOfPartner(opened, opened)).toEqual({});
  });
});
