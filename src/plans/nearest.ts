const shortestBeginning = 4;
const shortWord = 4;
/** Words so short are near to nearly everything. */
const tooShort = 2;

/** The name that was most likely meant by a word that is none of them; null where no one is near enough. */
export function nearest(word: string, names: readonly string[]): string | null {
  const [found] = names
    .map((name) => ({ name, distance: distanceBetween(plain(word), plain(name)) }))
    .filter(({ name, distance }) => isNear(plain(word), plain(name), distance))
    .sort((a, b) => a.distance - b.distance);
  return found?.name ?? null;
}

/** Case, hyphens and underscores are what people remember least of a name. */
function plain(word: string): string {
  return word.toLowerCase().replace(/[-_\s]/g, '');
}

function isNear(word: string, name: string, distance: number): boolean {
  if (Math.min(word.length, name.length) <= tooShort) return distance === 0;
  if (distance <= (Math.min(word.length, name.length) <= shortWord ? 1 : 2)) return distance < name.length;
  const [shorter, longer] = word.length < name.length ? [word, name] : [name, word];
  return shorter.length >= shortestBeginning && longer.startsWith(shorter);
}

/**
 * Whether two names are one name with a slip of the keyboard in it: other case, two letters swapped, or one that is missing, too
 * many or wrong. Names that count their things (`p1` and `p2`, `partner-a` and `partner-b`) are not.
 */
export function isSlipOf(word: string, name: string): boolean {
  if (word === name) return false;
  if (word.toLowerCase() === name.toLowerCase()) return true;
  const [a, b] = [word.toLowerCase(), name.toLowerCase()];
  if (Math.min(a.length, b.length) < shortestBeginning || distanceBetween(a, b) !== 1) return false;
  if (a.replace(/[a-z]/g, '') !== b.replace(/[a-z]/g, '')) return false;
  return a.length !== b.length || a.at(-1) === b.at(-1);
}

/** How many letters are missing, too many, wrong or swapped with their neighbour. */
function distanceBetween(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, column) => column)];
  const at = (row: number, column: number): number => rows[row]?.[column] ?? 0;
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    rows.push(current);
    for (let column = 1; column <= b.length; column += 1) {
      const isSame = a[row - 1] === b[column - 1];
      const isSwapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      current.push(
        Math.min(
          at(row - 1, column) + 1,
          at(row, column - 1) + 1,
          at(row - 1, column - 1) + (isSame ? 0 : 1),
          isSwapped ? at(row - 2, column - 2) + 1 : Infinity,
        ),
      );
    }
  }
  return at(a.length, b.length);
}
