import type { YAMLParseError } from 'yaml';

/** A fault of the YAML reader; `pos` is where it begins and ends in the text. */
export type YamlFault = Pick<YAMLParseError, 'code' | 'message' | 'pos'>;

/** What a person can do about each thing that makes a text no YAML, for somebody who does not know YAML. */
const remedies: Partial<Record<YAMLParseError['code'], string>> = {
  BAD_ALIAS: 'a name that stands behind a `&` further up, or the value in quotes where it begins with `*` itself',
  BAD_DQ_ESCAPE: 'no backslash in double quotes, or two; in single quotes it stands for itself',
  BAD_INDENT: 'what belongs together to begin in the same column',
  BAD_SCALAR_START: 'quotes around a value that begins with @, ` or %',
  BLOCK_AS_IMPLICIT_KEY:
    'one field in a line, at the column of the fields beside it, and quotes around a text with a colon in it',
  BLOCK_IN_FLOW: 'nothing but values and commas between brackets',
  DUPLICATE_KEY: 'each field once',
  MISSING_CHAR: 'a space before a comment, and a comma between two values in brackets',
  MULTILINE_IMPLICIT_KEY: 'a name, a colon and a space, and a closing quote where one was opened',
  MULTIPLE_DOCS: 'one document in a file; a second one begins here',
  TAB_AS_INDENT: 'spaces before what is in the line, not a tab',
  UNEXPECTED_TOKEN: 'one value, and a closing bracket or quote for each that was opened',
};

/** What tells apart the faults that share a code: a part of the reader's own words, and the remedy. */
const closerRemedies: readonly (readonly [RegExp, string])[] = [
  [/(must be sufficiently indented and )?(must )?end with a }/, 'a closing } for the { that was opened before'],
  [/(must be sufficiently indented and )?(must )?end with a \]/, 'a closing ] for the [ that was opened before'],
  [/^Missing closing/, 'a closing quote'],
  [/^Missing , /, 'a comma between this and the value before it'],
  [/^Missing space after :/, 'a space after the colon'],
  [/^Implicit map keys/, 'a colon and a space after the name of a field'],
  [/^Sequence item without/, 'a `- ` before each item, all of them in the same column'],
  [/^Unexpected , |^Unexpected empty item/, 'a value before each comma'],
];

/** What is expected where a text is not YAML. @param fault of the YAML reader, whose words nobody but us has to read */
export function remedyOf({ code, message }: Pick<YamlFault, 'code' | 'message'>): string {
  return closerRemedies.find(([words]) => words.test(message))?.[1] ?? remedies[code] ?? 'YAML or JSON';
}
