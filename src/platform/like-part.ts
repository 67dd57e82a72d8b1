/** The pattern of SQL's `like` for text that holds these letters as they stand: `%` and `_` are no wildcards. */
export function likePart(letters: string): string {
  return `%${letters.replaceAll(/[\\%_]/g, '\\$&')}%`;
}
