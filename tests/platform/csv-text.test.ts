import { csvText } from '../../src/platform/csv-text.js';

const cell = (value: string | null): string => csvText(['a'], [{ a: value }]).slice('a\r\n'.length, -'\r\n'.length);

describe('a table as CSV', () => {
  it('has a line of names, then a line for each row, all of the same width', () => {
    expect(
      csvText(
        ['row', 'amount'],
        [
          { row: 'opening', amount: null },
          { amount: '1.00', row: 'closing' },
        ],
      ),
    ).toBe('row,amount\r\nopening,\r\nclosing,1.00\r\n');
    expect(csvText(['row', 'amount'], [])).toBe('row,amount\r\n');
  });

  it.each([
    ['a,b', '"a,b"'],
    ['say "no"', '"say ""no"""'],
    ['two\nlines', '"two\nlines"'],
    [' spaced ', '" spaced "'],
    ['Zürich', 'Zürich'],
    [null, ''],
  ])('quotes %j as %s', (value, expected) => {
    expect(cell(value)).toBe(expected);
  });

  it.each(['=1+1', '+1+1', '-1+1', '@SUM(A1)', '＝1+1', '＋1', '－1', '＠A1', '-12,5', '+49 30', '--1', '-'])(
    'leaves no spreadsheet anything to run: %s',
    (value) => {
      expect(cell(value).replaceAll('"', '')).toBe(`'${value}`);
    },
  );

  it.each(['\t=1+1', '\r=1', '\n=1', ' =1+1', '\u00a0@A1', '\ttext'])('is not fooled by white space: %j', (value) => {
    expect(cell(value).replaceAll('"', '')).toBe(`'${value}`);
  });

  it.each(['-12.50', '0', '1234567.89', '-0.001'])('leaves the number %s as it is', (value) => {
    expect(cell(value)).toBe(value);
  });
});
