import { newRecord, type RegistrationFacts } from '../../src/sync/new-record.js';

const facts: RegistrationFacts = {
  ...{ partner: 'Northwind', product: 'Suite', note: null, dealName: '', amount: '12000.00', currency: 'EUR' },
  ...{ expectedCloseDate: null, companyDomain: 'acme.com', country: 'DE', protectedUntil: '2026-06-01' },
};

describe('a new record in the CRM', () => {
  it('says nothing of its own unless the settings do', () => {
    expect(newRecord(undefined, 'lead', facts)).toEqual({ owner: null, fields: {}, allowDuplicates: false });
    expect(newRecord({ deal: { owner: '7' } }, 'lead', facts)).toMatchObject({ owner: null });
  });

  it('has its owner, its values, and what the registration says', () => {
    const settings = {
      allowDuplicates: true,
      lead: { owner: '00G1', values: { Source: 'Partner' }, facts: { Product__c: 'product', Sum__c: 'amount' } },
    } as const;
    expect(newRecord(settings, 'lead', facts)).toEqual({
      owner: '00G1',
      fields: { Source: 'Partner', Product__c: 'Suite', Sum__c: '12000.00' },
      allowDuplicates: true,
    });
  });

  it('has the value of a field where the registration says nothing for it', () => {
    const values = { Note__c: 'none', Name__c: 'unnamed', Country__c: 'unknown' };
    const fields = { Note__c: 'note', Name__c: 'dealName', Country__c: 'country' } as const;
    expect(newRecord({ deal: { values, facts: fields } }, 'deal', facts).fields).toEqual({
      ...{ Note__c: 'none', Name__c: 'unnamed', Country__c: 'DE' },
    });
  });
});
