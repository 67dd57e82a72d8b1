import { chunks, containing, names, NotAFieldName, soql } from '../../../connectors/salesforce/soql.js';

describe('a query', () => {
  it('holds what people typed as text and never as an instruction', () => {
    const name = "O'Brien\\' OR Name != '";
    expect(soql`SELECT Id FROM Lead WHERE Name = ${name}`.text).toBe(
      "SELECT Id FROM Lead WHERE Name = 'O\\'Brien\\\\\\' OR Name != \\''",
    );
  });

  it('writes lists, moments and numbers as literals', () => {
    const since = new Date('2026-11-22T06:00:00Z');
    expect(soql`WHERE Id IN ${['a', "b'"]} AND SystemModstamp >= ${since} LIMIT ${20}`.text).toBe(
      "WHERE Id IN ('a','b\\'') AND SystemModstamp >= 2026-11-22T06:00:00.000Z LIMIT 20",
    );
    expect(soql`WHERE Id IN ${[]}`.text).toBe("WHERE Id IN ('')");
  });

  it('names each field once, whatever its case, and refuses what is no field', () => {
    expect(soql`SELECT ${names(['Id', 'Amount', 'amount', 'Account.Industry'])}`.text).toBe(
      'SELECT Id, Amount, Account.Industry',
    );
    expect(() => names(['Id, (SELECT Id FROM Users)'])).toThrow(NotAFieldName);
  });

  it('looks for a part in which wildcards stand for themselves', () => {
    expect(soql`WHERE Email LIKE ${containing("@50%_o'clock.test")}`.text).toBe(
      "WHERE Email LIKE '%@50\\%\\_o\\'clock.test%'",
    );
  });

  it('asks for three hundred ids at a time', () => {
    const ids = Array.from({ length: 601 }, (_, index) => String(index));
    expect(chunks(ids).map((chunk) => chunk.length)).toEqual([300, 300, 1]);
    expect(chunks(ids).flat()).toEqual(ids);
  });
});
