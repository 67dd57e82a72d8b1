import fc from 'fast-check';
import { Decimal, NotDecimal, parseExactJson, writeExactJson } from '../../../connectors/salesforce/exact-json.js';

describe('amounts in JSON', () => {
  it.each([
    ['12000.50', '12000.5'],
    ['123456789012345678.99', '123456789012345678.99'],
    ['3.5E8', '350000000'],
    ['1.0E7', '10000000'],
    ['1.25e-3', '0.00125'],
    ['-0.10', '-0.1'],
    ['100', '100'],
    ['0', '0'],
    ['0.0', '0'],
  ])('%s is read as %s, digit by digit', (number, text) => {
    expect(parseExactJson(`{"Amount":${number},"of":[${number}]}`)).toEqual({ Amount: text, of: [text] });
  });

  it('leave texts alone that look like numbers, quotes and backslashes included', () => {
    const value = { Name: '1.0E7 "of" \\ 3.50', nested: [{ '2.50': true, none: null }] };
    expect(parseExactJson(JSON.stringify(value))).toEqual(value);
  });

  it('is no reason to fail for a page that is no JSON', () => {
    expect(parseExactJson('<html>7.50</html>')).toBeUndefined();
  });

  it('say the same as a double wherever a double is exact', () => {
    fc.assert(
      fc.property(fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true })), (number) => {
        const text = parseExactJson(`[${JSON.stringify(number)}]`);
        expect(Number((text as string[])[0])).toBe(number === 0 ? 0 : number);
      }),
    );
  });

  it('are written with exactly their digits, and other values as ever', () => {
    const body = { Amount: new Decimal('90071992547409930.10'), Name: 'A "b"', gone: undefined, none: null, on: true };
    expect(writeExactJson(body)).toBe('{"Amount":90071992547409930.10,"Name":"A \\"b\\"","none":null,"on":true}');
  });

  it('are refused when they are no numbers, before they could become part of a request', () => {
    expect(() => new Decimal('1,000')).toThrow(NotDecimal);
    expect(() => new Decimal('1,"IsWon":true')).toThrow(NotDecimal);
  });
});
