import { parseQuery } from '../../../../../connectors/salesforce/simulator/soql/parse-query.js';
import { findRows } from '../../../../../connectors/salesforce/simulator/soql/run-query.js';
import { createPerson } from '../../../../../connectors/salesforce/simulator/control/person.js';
import { createOrg } from '../../../../../connectors/salesforce/simulator/org/org.js';
import { OrgFault } from '../../../../../connectors/salesforce/simulator/org/org-fault.js';
import { seedOrg } from '../../../../../connectors/salesforce/simulator/org/seed-org.js';
import { defaultSettings } from '../../../../../connectors/salesforce/simulator/settings.js';

const now = new Date('2026-11-22T10:00:00Z');
const org = createOrg({ ...defaultSettings(), multiCurrency: true }, { now: () => now });
const person = createPerson(org, seedOrg(org, 'Test'));
person.makeField('Opportunity.Key__c', {
  type: 'Text',
  length: 20,
  externalId: true,
  unique: true,
  caseSensitive: true,
});

const accountId = person.create('Account', { Name: "O'Hara & Sons" });
const rows = [
  { Name: 'Alpha', Amount: 100, CloseDate: '2026-11-22', AccountId: accountId, Key__c: 'Reg-1' },
  { Name: 'beta', Amount: 250.5, CloseDate: '2026-11-21', Key__c: 'reg-1' },
  { Name: '50%_off', Amount: null, CloseDate: '2026-10-01' },
  { Name: 'Delta', Amount: 0, CloseDate: '2027-01-15', StageName: 'Closed Won' },
] as const;
const ids = rows.map((row) => person.create('Opportunity', { StageName: 'Prospecting', ...row }));

function namesWhere(rest: string, select = 'Name'): readonly unknown[] {
  const world = { view: org.complete, records: org.records, now: now.getTime(), withDeleted: false };
  return findRows(world, parseQuery(`SELECT ${select} FROM Opportunity ${rest}`)).rows.map(({ values }) => values.Name);
}

function refusal(rest: string): string {
  try {
    namesWhere(rest);
  } catch (error) {
    if (error instanceof OrgFault) return error.errorCode;
    throw error;
  }
  return 'none';
}

describe('a condition of a query', () => {
  it.each([
    ['texts in any case', "WHERE Name = 'BETA'", ['beta']],
    ['an external id in its own case', "WHERE Key__c = 'reg-1'", ['beta']],
    ['several external ids', "WHERE Key__c IN ('Reg-1', 'reg-1')", ['Alpha', 'beta']],
    [
      'ids of 15 and of 18 characters',
      `WHERE Id IN ('${String(ids[0]).slice(0, 15)}', '${ids[3]}')`,
      ['Alpha', 'Delta'],
    ],
    ['patterns', "WHERE Name LIKE '%a'", ['Alpha', 'beta', 'Delta']],
    ['patterns with signs that stand for themselves', String.raw`WHERE Name LIKE '50\%\__f%'`, ['50%_off']],
    ['escaped quotes', String.raw`WHERE Account.Name = 'O\'Hara & Sons'`, ['Alpha']],
    ['nothing', 'WHERE Amount = null', ['50%_off']],
    ['anything but, which nothing is too', 'WHERE Amount != 100', ['beta', '50%_off', 'Delta']],
    ['more than, which nothing is not', 'WHERE Amount >= 0', ['Alpha', 'beta', 'Delta']],
    ['an amount with its currency', 'WHERE Amount > USD200', ['beta']],
    ['truth', 'WHERE IsWon = true', ['Delta']],
    ['days', 'WHERE CloseDate < 2026-11-22', ['beta', '50%_off']],
    ['today and yesterday', 'WHERE CloseDate = TODAY OR CloseDate = YESTERDAY', ['Alpha', 'beta']],
    ['the last days', 'WHERE CloseDate = LAST_N_DAYS:30', ['Alpha', 'beta']],
    ['moments', 'WHERE SystemModstamp >= 2026-11-22T11:00:00+01:00', ['Alpha', 'beta', '50%_off', 'Delta']],
    ['moments that have not come', 'WHERE SystemModstamp < 2026-11-22T10:00:00Z', []],
    ['moments up to', 'WHERE SystemModstamp <= 2026-11-22T10:00:00Z', ['Alpha', 'beta', '50%_off', 'Delta']],
    ['moments that are over', 'WHERE SystemModstamp > 2026-11-22T10:00:00.000Z', []],
    ['none of a list', "WHERE Name NOT IN ('Alpha', 'Beta')", ['50%_off', 'Delta']],
    ['not', "WHERE NOT (Name = 'Alpha')", ['beta', '50%_off', 'Delta']],
    ['both ways in parentheses', "WHERE Amount > 0 AND (Name = 'Alpha' OR Name = 'Delta')", ['Alpha']],
    ['what another query finds', "WHERE AccountId IN (SELECT Id FROM Account WHERE Name LIKE 'O%')", ['Alpha']],
  ])('understands %s', (_what, rest, expected) => {
    expect(namesWhere(rest)).toEqual(expected);
  });

  it('sorts, with nothing first unless it is to be last, and cuts', () => {
    expect(namesWhere('ORDER BY Amount')).toEqual(['50%_off', 'Delta', 'Alpha', 'beta']);
    expect(namesWhere('ORDER BY Amount DESC NULLS LAST')).toEqual(['beta', 'Alpha', 'Delta', '50%_off']);
    expect(namesWhere('ORDER BY Name LIMIT 2 OFFSET 1')).toEqual(['Alpha', 'beta']);
    expect(namesWhere('ORDER BY SystemModstamp, Id LIMIT 3')).toEqual(['Alpha', 'beta', '50%_off']);
  });

  it('knows the object by its alias and its own name', () => {
    expect(namesWhere("o WHERE o.Name = 'Alpha' AND Opportunity.Amount = 100")).toEqual(['Alpha']);
  });

  it.each([
    ['AND beside OR without parentheses', "WHERE Name = 'a' AND Amount = 1 OR Amount = 2", 'MALFORMED_QUERY'],
    ['a text that does not end', "WHERE Name = 'a", 'MALFORMED_QUERY'],
    ['an escape that is none', String.raw`WHERE Name = 'a\x'`, 'MALFORMED_QUERY'],
    ['a moment in quotes', "WHERE SystemModstamp > '2026-11-22T10:00:00Z'", 'INVALID_FIELD'],
    ['a text for a number', "WHERE Amount = '1'", 'INVALID_FIELD'],
    ['a field that is not there', "WHERE Nothing__c = 'a'", 'INVALID_FIELD'],
    ['a long text', "WHERE Description = 'a'", 'INVALID_FIELD'],
    ['an id that is none', "WHERE Id = 'abc'", 'INVALID_QUERY_FILTER_OPERATOR'],
    ['more after the end', 'LIMIT 1 LIMIT 2', 'MALFORMED_QUERY'],
    ['a far offset', 'OFFSET 2001', 'MALFORMED_QUERY'],
    ['groups, which it does not know', 'GROUP BY Name', 'MALFORMED_QUERY'],
  ])('refuses %s', (_what, rest, errorCode) => {
    expect(refusal(rest)).toBe(errorCode);
  });
});
