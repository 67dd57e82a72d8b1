/**
 * What no text from outside may hold, however deep it sits: PostgreSQL stores no NUL, half a surrogate pair has no UTF-8
 * form, and a `__proto__` key changes objects it is copied into.
 */
const maxDepth = 32;
/** In a `u` pattern a whole pair is one character, so only a half matches. */
const loneSurrogate = /\p{Surrogate}/u;

/** Where such a fault sits, and what it is, in words. */
export interface TextFault {
  readonly path: readonly (string | number)[];
  readonly words: string;
}

/** The first such fault in a parsed value, or null when it is clean. Works without recursion: depth is hostile. */
export function textFault(value: unknown): TextFault | null {
  const open: { readonly value: unknown; readonly path: TextFault['path'] }[] = [{ value, path: [] }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value: inside, path } = next;
    if (typeof inside === 'string') {
      const words = stringFault(inside);
      if (words !== null) return { path, words };
      continue;
    }
    if (typeof inside !== 'object' || inside === null) continue;
    if (path.length >= maxDepth) return { path: [], words: `it is nested deeper than ${String(maxDepth)} levels` };
    for (const [key, inner] of Object.entries(inside)) {
      const words = keyFault(key);
      if (words !== null) return { path, words };
      open.push({ value: inner, path: [...path, Array.isArray(inside) ? Number(key) : key] });
    }
  }
  return null;
}

export function stringFault(text: string): string | null {
  if (text.includes('\0')) return 'it holds a NUL character';
  return loneSurrogate.test(text) ? 'it holds half a surrogate pair, which is not a character' : null;
}

function keyFault(key: string): string | null {
  if (key === '__proto__') return 'it has a field named __proto__';
  return stringFault(key) === null ? null : 'the name of a field in it holds a character that is not accepted';
}
