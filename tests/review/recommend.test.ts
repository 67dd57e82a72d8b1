import { recommend } from '../../src/review/recommend.js';

const found = (code: string, matchedBy = 'domain') => ({ code, matchedBy });
const after = (...conflicts: readonly ReturnType<typeof found>[]) => recommend({ crmCheck: 'done', conflicts });

describe('what the evidence speaks for', () => {
  it('is approval where nothing was found', () => {
    expect(after()).toEqual({ action: 'approve', code: null, because: [] });
  });

  it('is approval where only the contact or company is known', () => {
    expect(after(found('duplicate', 'email'))).toMatchObject({ action: 'approve', because: [] });
  });

  it('is no approval before the CRM was searched', () => {
    expect(recommend({ crmCheck: 'pending', conflicts: [] })).toMatchObject({ action: 'wait' });
  });

  it('is rejection of a partner that introduces itself, whatever the CRM holds', () => {
    const own = found('self_referral');
    const recommended = recommend({ crmCheck: 'pending', conflicts: [found('open_opportunity'), own] });
    expect(recommended).toEqual({ action: 'reject', code: 'self_referral', because: [own] });
  });

  it('is rejection where the company is a customer', () => {
    expect(after(found('existing_customer'), found('already_registered'))).toMatchObject({
      action: 'reject',
      code: 'existing_customer',
    });
  });

  it('is the queue behind whoever was first', () => {
    expect(after(found('already_registered'), found('open_opportunity'))).toMatchObject({ action: 'queue' });
  });

  it('is to attach to the open deal where there is one, and to look where there are more', () => {
    expect(after(found('open_opportunity'))).toMatchObject({ action: 'attach' });
    expect(after(found('open_opportunity'), found('open_opportunity', 'email'))).toMatchObject({ action: 'look' });
  });

  it('is a look where a customer is only called the same, since two companies may share a name', () => {
    expect(after(found('existing_customer', 'name'))).toMatchObject({ action: 'look', code: null });
    expect(after(found('duplicate', 'name'))).toMatchObject({ action: 'approve' });
  });
});
