import { resolve } from 'node:path';
import { readSettings } from '../../config/settings.js';
import { SettingsError } from '../../config/settings-error.js';
import { codeCell, readDocument, tableWith } from './markdown.js';

const rows = tableWith(readDocument('README.md'), ['variable', 'what for', 'expected', 'when absent']).map((row) => ({
  name: codeCell(row.variable) ?? row.variable,
  expected: row.expected,
  /** Null where the cell says in words what happens instead. */
  absent: codeCell(row['when absent']),
}));

/** A value that only a folder's name may have. */
const wrongValue = '\u0007';
const connected = { HUBSPOT_ACCESS_TOKEN: 'pat-na1-x', SALESFORCE_CLIENT_ID: 'c', SALESFORCE_REFRESH_TOKEN: 'r' };

describe('the settings table of the README', () => {
  it('names exactly the variables the service reads', () => {
    expect(rows.map((row) => row.name).sort()).toEqual(variablesRead().sort());
  });

  it.each(rows.filter((row) => row.name !== 'DATA_DIR'))('says what is expected of $name', ({ name, expected }) => {
    expect(expectedOf(name)).toBe(expected);
  });

  it('gives the value that holds when a variable is absent', () => {
    const documented = rows.flatMap(({ name, absent }) => (absent === null ? [] : [[name, absent] as const]));
    expect(readSettings({ ...connected, ...Object.fromEntries(documented) })).toEqual(readSettings(connected));
    expect(documented.map(([name]) => name).sort()).toEqual(variablesWithDefault().sort());
  });
});

function variablesRead(): string[] {
  const read = new Set<string>();
  const watched = new Proxy<NodeJS.ProcessEnv>({}, { get: (_env, name) => void read.add(String(name)) });
  readSettings(watched);
  return [...read];
}

function expectedOf(name: string): string {
  try {
    readSettings({ [name]: wrongValue });
  } catch (error) {
    const fault = error instanceof SettingsError ? error.faults.find(({ variable }) => variable === name) : undefined;
    if (fault !== undefined) return fault.expected;
    throw error;
  }
  throw new TypeError(`${name} takes any value`);
}

/** Settings that hold something although nothing is given, by the names of their variables. */
function variablesWithDefault(): string[] {
  const { hubspot, salesforce, dataDir, ...settings } = readSettings(connected);
  expect(dataDir).toBe(resolve('.data'));
  const held = Object.entries({ ...settings, dataDir }).filter(([, value]) => value !== null);
  const namesOf = (vendor: string, connection: object | null): string[] =>
    Object.entries(connection ?? {})
      .filter(([name, value]) => value !== null && name !== 'auth')
      .map(([name]) => `${vendor}_${variableOf(name)}`);
  return [
    ...held.map(([name]) => variableOf(name)),
    ...namesOf('HUBSPOT', hubspot),
    ...namesOf('SALESFORCE', salesforce),
  ];
}

function variableOf(property: string): string {
  return property.replace(/[A-Z0-9]+/g, (letters) => `_${letters}`).toUpperCase();
}
