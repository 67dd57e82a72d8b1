import { z } from 'zod';
import { placeOf, type FieldPath } from './field-path.js';

/** The fields that a kind of document has, by where they stand. */
export interface KnownFields {
  /** Names that something at this place may have, whatever form it takes there. */
  at(path: FieldPath): readonly string[];
  /** Places inside the one that is named, or right around it, where a field may stand, such as `rules[].pay.revshare`. */
  placesOf(name: string, near: FieldPath): readonly string[];
}

type Schema = Partial<Readonly<Record<string, unknown>>>;

const deepest = 8;

/** Finds them in the schema, when the first is asked for: only who meets a wrong document needs them. */
export function knownFields(schema: z.ZodType): KnownFields {
  let root: Schema | null = null;
  const tree = (): Schema => {
    root ??= z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'inline' });
    return root;
  };
  return {
    at: (path) => {
      const start: readonly Schema[] = formsOf(tree(), tree());
      const found = path.reduce((forms, part) => forms.flatMap((form) => inside(form, part, tree())), start);
      return [...new Set(found.flatMap((form) => Object.keys(propertiesOf(form))))];
    },
    placesOf: (name, near) => {
      const around = placeOf(near);
      const owner = placeOf(near.slice(0, -1));
      return [...new Set(placesIn(tree(), name, ''))].filter(
        (place) =>
          place !== '' && (place === owner || place.startsWith(`${around}.`) || place.startsWith(`${around}[`)),
      );
    },
  };
}

/** A schema by itself, or each of the forms it says a value may take. */
function formsOf(schema: Schema, root: Schema): readonly Schema[] {
  const { $ref: reference } = schema;
  if (typeof reference === 'string') {
    const name = reference.replace('#/$defs/', '');
    return formsOf(reference === '#' ? root : ((root['$defs'] as Schema | undefined)?.[name] ?? {}), root);
  }
  return [schema, ...alternativesOf(schema).flatMap((one) => formsOf(one, root))];
}

function alternativesOf(schema: Schema): readonly Schema[] {
  return ['anyOf', 'oneOf', 'allOf'].flatMap((key) => (schema[key] ?? []) as readonly Schema[]);
}

function propertiesOf(schema: Schema): Readonly<Record<string, Schema>> {
  return (schema['properties'] ?? {}) as Readonly<Record<string, Schema>>;
}

function inside(schema: Schema, part: string | number, root: Schema): readonly Schema[] {
  const found =
    typeof part === 'number' ? schema['items'] : (propertiesOf(schema)[part] ?? schema['additionalProperties']);
  return typeof found === 'object' && found !== null ? formsOf(found, root) : [];
}

function placesIn(schema: Schema, name: string, place: string, depth = 0): readonly string[] {
  if (depth > deepest) return [];
  const properties = Object.entries(propertiesOf(schema));
  const items = typeof schema['items'] === 'object' && schema['items'] !== null ? (schema['items'] as Schema) : null;
  return [
    ...(properties.some(([key]) => key === name) ? [place] : []),
    ...properties.flatMap(([key, inner]) => placesIn(inner, name, place === '' ? key : `${place}.${key}`, depth + 1)),
    ...(items === null ? [] : placesIn(items, name, `${place}[]`, depth + 1)),
    ...alternativesOf(schema).flatMap((one) => placesIn(one, name, place, depth + 1)),
  ];
}
