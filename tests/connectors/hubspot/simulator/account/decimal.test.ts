import { multiplyDecimals } from '../../../../../connectors/hubspot/simulator/account/decimal.js';

describe('multiplying decimals', () => {
  it.each([
    ['1500.00', '1.1', '1650'],
    ['0.1', '0.2', '0.02'],
    ['-12.5', '0.4', '-5'],
    ['.5', '3', '1.5'],
    ['0', '1.1', '0'],
    ['99999999999999.99', '1.0001', '100009999999999.989999'],
  ])('%s × %s is %s', (a, b, product) => {
    expect(multiplyDecimals(a, b)).toBe(product);
  });
});
