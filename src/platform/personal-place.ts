import type { Reader } from './database.js';
import type { Json } from './json.js';
import type { Person } from './personal-data.js';
import type { UnitOfWork } from './unit-of-work.js';

/** A place in which people stand as themselves, and not in somebody's words. */
export interface PersonalPlace {
  /** The table, under which what was erased is counted. */
  readonly table: string;
  /** What this place knows somebody with this address by. */
  readonly recognise?: (db: Reader, address: string) => Promise<Partial<Person>>;
  /** What it holds of the person, for the person to read. */
  readonly find: (db: Reader, person: Person) => Promise<readonly Json[]>;
  /** Empties it. Done again, it finds nothing. @returns how many rows were changed */
  readonly erase: (uow: UnitOfWork, person: Person) => Promise<number>;
}

/** Everything that several places know of one person. */
export function joined(address: string, parts: readonly Partial<Person>[]): Person {
  return {
    addresses: [address, ...parts.flatMap(({ addresses = [] }) => addresses)],
    names: parts.flatMap(({ names = [] }) => names),
    phones: [...new Set(parts.flatMap(({ phones = [] }) => phones))],
    ids: [...new Set(parts.flatMap(({ ids = [] }) => ids))],
    keys: parts.flatMap(({ keys = [] }) => keys),
  };
}

/** A name in one piece, with its last word as the last name. */
export function nameInParts(name: string): { readonly first: string; readonly last: string } {
  const words = name.trim().split(/\s+/u);
  return { first: words.slice(0, -1).join(' '), last: words.at(-1) ?? '' };
}
