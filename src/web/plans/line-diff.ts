import { diffArrays } from 'diff';

export type DiffPart =
  | { readonly kind: 'added' | 'removed'; readonly lines: readonly string[] }
  /** Lines that are the same; those in the middle of many are left out. */
  | {
      readonly kind: 'same';
      readonly lines: readonly string[];
      readonly leftOut: number;
      readonly after: readonly string[];
    };

/** How many lines are shown around what changed. */
const around = 2;

/** How a text became another one, line by line, with what stayed the same cut short. */
export function lineDiff(before: readonly string[], after: readonly string[]): readonly DiffPart[] {
  const parts = diffArrays([...before], [...after]);
  return parts.map(({ value, added, removed }, index): DiffPart => {
    if (added) return { kind: 'added', lines: value };
    if (removed) return { kind: 'removed', lines: value };
    const [head, tail] = [index === 0 ? 0 : around, index === parts.length - 1 ? 0 : around];
    if (value.length <= head + tail) return { kind: 'same', lines: value, leftOut: 0, after: [] };
    const last = value.length - tail;
    return { kind: 'same', lines: value.slice(0, head), leftOut: last - head, after: value.slice(last) };
  });
}

export function isSame(parts: readonly DiffPart[]): boolean {
  return parts.every(({ kind }) => kind === 'same');
}
