import { grantOf, rights } from '../../src/access/rights.js';

const full = { kind: 'operator', id: 'key_1', name: 'Olga' } as const;
const limited = { ...full, rights: ['keys:manage', 'plans:apply'] };

describe('the rights of a key that somebody makes', () => {
  it('are all of the maker’s unless some are asked for', () => {
    expect(grantOf(full, undefined)).toEqual({ kind: 'granted', rights: null });
    expect(grantOf({ kind: 'system' }, undefined)).toEqual({ kind: 'granted', rights: null });
    expect(grantOf(limited, undefined)).toEqual({ kind: 'granted', rights: ['keys:manage', 'plans:apply'] });
  });

  it('are those asked for, once each and none where none is', () => {
    expect(grantOf(full, ['program:change', 'plans:apply', 'plans:apply'])).toEqual({
      kind: 'granted',
      rights: ['plans:apply', 'program:change'],
    });
    expect(grantOf(full, [])).toEqual({ kind: 'granted', rights: [] });
  });

  it('are never more than the maker has', () => {
    const lacking = rights.filter((right) => !limited.rights.includes(right));
    expect(grantOf(limited, rights)).toEqual({ kind: 'refused', lacking });
    expect(grantOf({ ...full, rights: [] }, ['plans:apply'])).toEqual({ kind: 'refused', lacking: ['plans:apply'] });
  });
});
