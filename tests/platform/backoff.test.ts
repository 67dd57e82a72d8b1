import { backoffMs } from '../../src/platform/backoff.js';

describe('waiting after failures', () => {
  it('doubles from half a second to a minute', () => {
    const longest = [1, 2, 3, 4, 5, 6, 7, 8, 9, 1_000_000].map((failures) => backoffMs(failures, 1));
    expect(longest).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000]);
  });

  it('draws half of the time, so that not all come back at once', () => {
    expect([0, 0.5, 1].map((random) => backoffMs(3, random))).toEqual([1_000, 1_500, 2_000]);
  });
});
