import type { Json } from './json.js';

/** What a column can hold of a person. */
export type Holds =
  /** Ids, codes, numbers, hashes, settings, names of colleagues who acted: nothing a contact could be recognised by. */
  | 'nobody'
  /** Written by people, or by systems in words: may name anybody. */
  | 'words'
  /** What a thing is called. A name in it is the thing's own, unless the row is about the person. */
  | 'title'
  /** JSON, in which texts are read as titles. */
  | 'json'
  /** JSON that commission is computed from: a part of a name in it is a value like any other. */
  | 'facts'
  /** The person's own details, or what rests sealed: its stage empties it. */
  | 'themselves';

/** What a stage declares of one of its tables: each column of text or JSON, and how a row is tied to a person. */
export interface PersonalTable {
  readonly table: string;
  /** By what a row is found again. */
  readonly key: readonly string[];
  /** Columns with ids of what the row is about. */
  readonly about?: readonly string[];
  /** A column in whose text such ids can stand. */
  readonly mentions?: string;
  /** Of a row about the person: the id that other rows are about. */
  readonly leadsTo?: string;
  readonly columns: Readonly<Record<string, Holds>>;
}

/** What a person is recognised by. */
export interface Person {
  /** Lower case. */
  readonly addresses: readonly string[];
  readonly names: readonly { readonly first: string; readonly last: string }[];
  readonly phones: readonly string[];
  /** Ids of what is about the person: registrations, deals, applications, records in the CRM. */
  readonly ids: readonly string[];
  /** Hashes of an address that things are compared by, each with what takes its place once the address is to be unknown. */
  readonly keys: readonly { readonly was: string; readonly becomes: string }[];
}

/** What stands where something was erased. */
export const erasedMark = '[erased]';

/** How much of a name counts: all of it, only both parts beside each other, or nothing. */
export type Nearness = 'about' | 'both-names' | 'address-only';

const fewestPhoneDigits = 7;
const longestCountryCode = 3;
const notInWord = String.raw`(?<![\p{L}\p{N}])`;
const endOfWord = String.raw`(?![\p{L}\p{N}])`;

/** The address of somebody else with this name is theirs. */
const notInAddress = String.raw`(?![\p{L}\p{N}._%+-]*@)`;

/** Takes out of texts what names a person. */
export interface Scrubber {
  readonly text: (text: string, nearness: Nearness) => string;
  readonly json: (value: Json, nearness: Nearness) => Json;
  /** Whether the text names the person beyond doubt: by address or phone. */
  readonly names: (text: string) => boolean;
}

export function createScrubber(person: Person): Scrubber {
  const certain = patternOf([...person.addresses.map(addressPattern), ...person.phones.flatMap(phonePatterns)]);
  const both = patternOf(person.names.flatMap(bothNames));
  const parts = patternOf(person.names.flatMap(({ first, last }) => [last, first]).flatMap(onePart));
  const text = (given: string, nearness: Nearness): string => {
    const withoutAddress = replaced(given, certain);
    if (nearness === 'address-only') return withoutAddress;
    const withoutNames = replaced(withoutAddress, both);
    return nearness === 'about' ? replaced(withoutNames, parts) : withoutNames;
  };
  const json = (value: Json, nearness: Nearness): Json => {
    if (typeof value === 'string') return text(value, nearness);
    if (Array.isArray(value)) return (value as readonly Json[]).map((one) => json(one, nearness));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, json(one, nearness)]));
  };
  return { text, json, names: (given) => replaced(given, certain) !== given };
}

function patternOf(alternatives: readonly string[]): RegExp | null {
  return alternatives.length === 0 ? null : new RegExp(alternatives.join('|'), 'giu');
}

function replaced(text: string, pattern: RegExp | null): string {
  return pattern === null ? text : text.replace(pattern, erasedMark);
}

/** The whole address and not the end of a longer one; in an URL its sign may be written as `%40`. */
function addressPattern(address: string): string {
  const written = literal(address).replace('@', '(?:@|%40)');
  return String.raw`(?<![\p{L}\p{N}._+-])${written}(?![\p{L}\p{N}_-]|\.[\p{L}\p{N}])`;
}

/** The number however it is divided, with and without its country. */
function phonePatterns(phone: string): readonly string[] {
  const digits = phone.replace(/\D/g, '').replace(/^0+/, '');
  const forms = Array.from({ length: longestCountryCode + 1 }, (_, code) => digits.slice(code));
  return forms
    .filter((form, code) => form.length >= (code === 0 ? fewestPhoneDigits : fewestPhoneDigits + 1))
    .map((form) => String.raw`(?<!\d)\+?0{0,2}[\s(]*${form.split('').join(String.raw`[\s()./-]*`)}(?!\d)`);
}

/** Who is known by one name alone is found by it only in what is about the person: it may be anybody's, or a word. */
function bothNames({ first, last }: { readonly first: string; readonly last: string }): readonly string[] {
  if (first.trim() === '' || last.trim() === '') return [];
  const [one, other] = [spaced(first), spaced(last)];
  return [`${one}[\\s,]+${other}`, `${other}[\\s,]+${one}`].map((name) => `${notInWord}${name}${endOfWord}`);
}

/** A single letter is no name anybody could be recognised by. */
function onePart(part: string): readonly string[] {
  return part.trim().length < 2 ? [] : [`${notInWord}${spaced(part)}${endOfWord}${notInAddress}`];
}

function spaced(name: string): string {
  return name
    .trim()
    .split(/\s+/u)
    .map(literal)
    .join(String.raw`\s+`);
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}

/**
 * What surely stands, in any case of letters, in a text that names the person: a database is asked for it, and the rows it gives are
 * read closely. Letters beyond ASCII are left out, as databases fold them differently.
 */
export function tracesToLookFor(person: Person): {
  readonly texts: readonly string[];
  readonly digits: readonly string[];
} {
  return {
    texts: [
      ...person.addresses.flatMap((address) => [address, address.replace('@', '%40')]),
      ...person.names.map(({ first, last }) => [longestAscii(last), longestAscii(first)].sort(byLength)[0] ?? ''),
    ]
      .map((text) => text.toLowerCase())
      .filter((text) => text !== ''),
    digits: person.phones
      .map((phone) => phone.replace(/\D/g, '').slice(-fewestPhoneDigits))
      .filter((digits) => digits.length === fewestPhoneDigits),
  };
}

function longestAscii(text: string): string {
  return (text.match(/[a-z]+/gi) ?? []).sort(byLength)[0] ?? '';
}

function byLength(a: string, b: string): number {
  return b.length - a.length;
}
