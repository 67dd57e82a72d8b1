import { latestVersions } from '../../../src/web/plans/latest-versions.js';

describe('the list of plans', () => {
  it('shows each plan once, by its latest version', () => {
    const versions = [
      { plan: 'standard', number: 2 },
      { plan: 'gold', number: 1 },
      { plan: 'standard', number: 3 },
      { plan: 'standard', number: 1 },
    ];
    expect(latestVersions(versions)).toEqual([
      { plan: 'gold', number: 1 },
      { plan: 'standard', number: 3 },
    ]);
  });
});
