import { fullId, isIdOf } from '../../../connectors/salesforce/ids.js';

describe('record ids', () => {
  it('get the documented suffix in their short form', () => {
    expect(fullId('a00D0000008pQR5')).toBe('a00D0000008pQR5IAM');
    expect(fullId('0065f00000UloqV')).toBe('0065f00000UloqVAAR');
  });

  it('keep it, and get it right where it was typed in small letters', () => {
    expect(fullId('0065f00000UloqVAAR')).toBe('0065f00000UloqVAAR');
    expect(fullId('0065f00000UloqVaar')).toBe('0065f00000UloqVAAR');
  });

  it.each(['', '12', "0065f00000Uloq'", '0065f00000UloqVAA'])('are told from what is none: %p', (text) => {
    expect(fullId(text)).toBeNull();
  });

  it('say what kind of record they name', () => {
    expect(isIdOf('Lead', '00Q5f00000AbCdEFGH')).toBe(true);
    expect(isIdOf('Opportunity', '00Q5f00000AbCdEFGH')).toBe(false);
  });
});
