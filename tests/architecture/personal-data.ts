import type { PersonalTable } from '../../src/platform/personal-data.js';

/** A column of the schema that can hold words. */
export interface TextColumn {
  readonly table: string;
  readonly column: string;
}

/** Columns of which nobody says what they hold of a person, and declarations of columns that are not there. */
export function undeclared(
  schema: readonly TextColumn[],
  declared: readonly PersonalTable[],
): { readonly missing: readonly string[]; readonly unknown: readonly string[] } {
  const inSchema = new Set(schema.map(nameOf));
  const known = new Set(
    declared.flatMap(({ table, columns }) => Object.keys(columns).map((column) => nameOf({ table, column }))),
  );
  return {
    missing: [...inSchema].filter((name) => !known.has(name)).sort(),
    unknown: [...known].filter((name) => !inSchema.has(name)).sort(),
  };
}

function nameOf({ table, column }: TextColumn): string {
  return `${table}.${column}`;
}
