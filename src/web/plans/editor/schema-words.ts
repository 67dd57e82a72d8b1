import type { Place } from './place.js';

/** As much of a JSON Schema as plans have. */
export interface Schema {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly required?: readonly string[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
}

export interface Word {
  readonly text: string;
  readonly isRequired: boolean;
  /** The value that holds where it is left out. */
  readonly isDefault: boolean;
}

const entry = '[]';

/** What a schema allows at a place: names of fields that are not there yet, or values. */
export function wordsAt(root: Schema, { path, wants, beside }: Place): readonly Word[] {
  const here = path.reduce<readonly Schema[]>(
    (schemas, step) => schemas.flatMap((schema) => stepInto(root, schema, step)),
    formsOf(root, root),
  );
  const words = here.flatMap(wants === 'name' ? namesOf : valuesOf).filter(({ text }) => !beside.includes(text));
  return [...new Map(words.map((word) => [word.text, word])).values()];
}

/** The forms something may take, each without alternatives of its own. */
function formsOf(root: Schema, schema: Schema): readonly Schema[] {
  const name = schema.$ref?.replace('#/$defs/', '');
  const meant = name === undefined ? schema : schema.$ref === '#' ? root : (root.$defs?.[name] ?? {});
  const { anyOf = [], oneOf = [], allOf = [], ...own } = meant;
  const parts = [...anyOf, ...oneOf, ...allOf].flatMap((part) => formsOf(root, part));
  return [own, ...parts];
}

function stepInto(root: Schema, schema: Schema, step: string): readonly Schema[] {
  const { properties, additionalProperties, items } = schema;
  const next =
    step === entry
      ? items
      : (properties?.[step] ?? (isSchema(additionalProperties) ? additionalProperties : undefined));
  return next === undefined ? [] : formsOf(root, next);
}

function isSchema(schema: boolean | Schema | undefined): schema is Schema {
  return typeof schema === 'object';
}

function namesOf({ properties = {}, required = [] }: Schema): readonly Word[] {
  return Object.keys(properties).map((text) => ({ text, isRequired: required.includes(text), isDefault: false }));
}

function valuesOf(schema: Schema): readonly Word[] {
  const values = schema.type === 'boolean' ? [true, false] : (schema.enum ?? ('const' in schema ? [schema.const] : []));
  return values.map((value) => ({
    text: String(value),
    isRequired: false,
    isDefault: value === schema.default,
  }));
}
