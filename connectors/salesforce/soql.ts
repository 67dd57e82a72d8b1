/** A piece of SOQL that was put together by `soql` and can therefore hold no foreign instruction. */
export class Soql {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What may stand in a query: text and lists of text (quoted), moments (UTC), other pieces of SOQL, whole numbers. */
export type SoqlValue = string | number | Date | readonly string[] | Soql;

/** A name that is none: nothing foreign may become part of a query through it. */
export class NotAFieldName extends Error {
  constructor(name: string) {
    super(`"${name.slice(0, 60)}" is not the name of a Salesforce field`);
    this.name = 'NotAFieldName';
  }
}

/** Builds SOQL from a template; every value is written as a literal of its type, so that it cannot become an instruction. */
export function soql(parts: TemplateStringsArray, ...values: readonly SoqlValue[]): Soql {
  return new Soql(
    parts.map((part, index) => part + (index < values.length ? literal(values[index] ?? '') : '')).join(''),
  );
}

function literal(value: SoqlValue): string {
  if (value instanceof Soql) return value.text;
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'number') return String(Math.trunc(value));
  if (typeof value === 'string') return quoted(value);
  // An empty list is an error in SOQL; an empty text matches no id.
  return `(${(value.length === 0 ? [''] : value).map(quoted).join(',')})`;
}

const escapes: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\b': '\\b', '\f': '\\f' };

function quoted(text: string): string {
  const safe = text
    .replaceAll('\0', '')
    .replace(/[\\'"]/g, (sign) => `\\${sign}`)
    .replace(/[\n\r\t\b\f]/g, (sign) => escapes[sign] ?? '');
  return `'${safe}'`;
}

const fieldName = /^[A-Za-z][A-Za-z0-9_]*(\.[A-Za-z][A-Za-z0-9_]*){0,5}$/;

/** Whether this could be a field, also one of a parent record: `Account.Industry`. */
export function isFieldName(name: string): boolean {
  return fieldName.test(name);
}

/** Field or object names, each once whatever its case: Salesforce refuses a query that names a field twice. @throws NotAFieldName */
export function names(all: readonly string[]): Soql {
  const once = new Map<string, string>();
  for (const name of all) {
    if (!isFieldName(name)) throw new NotAFieldName(name);
    if (!once.has(name.toLowerCase())) once.set(name.toLowerCase(), name);
  }
  return new Soql([...once.values()].join(', '));
}

/** The pattern of `LIKE` for texts that hold this one; `%` and `_` in it stand for themselves. */
export function containing(text: string): Soql {
  const inner = quoted(text)
    .slice(1, -1)
    .replace(/[%_]/g, (sign) => `\\${sign}`);
  return new Soql(`'%${inner}%'`);
}

/** About as many 18-character ids as fit a query's address of 16,384 bytes beside its fields. */
const idsPerQuery = 300;

/** Lists of at most `size`, in order. */
export function chunks<T>(all: readonly T[], size: number = idsPerQuery): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
    all.slice(index * size, (index + 1) * size),
  );
}
