import { maySeePartner, partnerScope } from '../../src/access/visibility.js';

const operator = { kind: 'operator', id: 'key_1', name: 'Olga' } as const;
const partner = { kind: 'partner', partnerId: 'par_1', keyId: 'key_2' } as const;

describe('what a caller may see', () => {
  it('is everything for an operator and its own for a partner', () => {
    expect([maySeePartner(operator, 'par_2'), maySeePartner(partner, 'par_1')]).toEqual([true, true]);
    expect(maySeePartner(partner, 'par_2')).toBe(false);
  });

  it('narrows a list to whom was asked for, and to nothing where that is somebody else', () => {
    expect(partnerScope(operator, undefined)).toEqual({ kind: 'all' });
    expect(partnerScope(operator, 'par_2')).toEqual({ kind: 'one', partnerId: 'par_2' });
    expect(partnerScope(partner, undefined)).toEqual({ kind: 'one', partnerId: 'par_1' });
    expect(partnerScope(partner, 'par_1')).toEqual({ kind: 'one', partnerId: 'par_1' });
    expect(partnerScope(partner, 'par_2')).toEqual({ kind: 'none' });
  });
});
