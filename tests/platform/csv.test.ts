import { readCsv } from '../../src/platform/csv.js';

const rowsOf = (text: string) => {
  const reading = readCsv(text);
  return reading.kind === 'refused'
    ? reading.message
    : reading.rows.map(({ line, cells }) => [line, ...cells.values()]);
};

describe('a CSV file', () => {
  it('is read by the names in its first line', () => {
    const reading = readCsv('id,name\n1,Acme\n');
    expect(reading).toEqual({
      kind: 'table',
      columns: ['id', 'name'],
      rows: [{ line: 2, cells: new Map(Object.entries({ id: '1', name: 'Acme' })) }],
    });
  });

  it.each([
    [
      'commas, quotes and line breaks in quotes',
      'a,b\n"x, ""y""","1\n2"\n3,4',
      [
        [2, 'x, "y"', '1\n2'],
        [4, '3', '4'],
      ],
    ],
    ['a byte order mark, CRLF, space and empty lines', '\ufeffa, b\r\n\r\n 1 , "2" \r\n', [[3, '1', '2']]],
    [
      'empty cells',
      'a,b\n,\n1,',
      [
        [2, '', ''],
        [3, '1', ''],
      ],
    ],
    ['a name that objects have already', '__proto__\nx', [[2, 'x']]],
    ['no rows', 'a,b', []],
  ])('may have %s', (_what, text, rows) => {
    expect(rowsOf(text)).toEqual(rows);
  });

  it.each([
    ['', 'line 1: The file is empty; expected a first line that names the columns.'],
    ['a,,c\n', 'line 1: A column has no name.'],
    ['a,b,a\n', 'line 1: Two columns are named "a".'],
    ['a,b\n1,2\n1,2,3\n', 'line 3: It has 3 cells; expected 2, one for each column.'],
    ['a,b\n1\n', 'line 2: It has 1 cells; expected 2, one for each column.'],
    ['a,b\n1,2\n"1,2\n', 'line 3: A quotation mark stands inside a cell, or is never closed.'],
    ['a,b\n1,2"3\n', 'line 2: A quotation mark stands inside a cell, or is never closed.'],
  ])('is refused with its line: %j', (text, message) => {
    expect(rowsOf(text)).toBe(message);
  });
});
