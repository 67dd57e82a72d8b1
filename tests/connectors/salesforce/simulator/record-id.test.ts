import { createRecordIds, fullId } from '../../../../connectors/salesforce/simulator/record-id.js';

describe('a record id', () => {
  it.each([
    ['a00D0000008pQR5', 'a00D0000008pQR5IAM'],
    ['a00D0000008pQR5IAM', 'a00D0000008pQR5IAM'],
    ['too-short', null],
    ['a00D0000008pQR5I', null],
  ])('%s is %s in full', (given, full) => {
    expect(fullId(given)).toBe(full);
  });

  it('is never given twice, and grows', () => {
    const next = createRecordIds();
    const ids = Array.from({ length: 500 }, () => next('006'));
    expect(new Set(ids).size).toBe(500);
    expect([...ids].sort()).toEqual(ids);
    expect(ids.every((id) => id.startsWith('006') && fullId(id) === id)).toBe(true);
  });
});
