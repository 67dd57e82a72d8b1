/**
 * What no text from outside may hold, however deep it sits: PostgreSQL stores no NUL, half a surrogate pair has no UTF-8
 * form, and a `__proto__` key changes objects it is copied into.
 */
const maxDepth = 32;
/** In a `u` pattern a whole pair is one character, so only a half matches. */
const loneSurrogate = /\p{Surrogate}/u;

/** The first such fault in a parsed value, in words, or null when it is clean. Works without recursion: depth is hostile. */
export function textFault(value: unknown): string | null {
  const open: { readonly value: unknown; readonly depth: number }[] = [{ value, depth: 1 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next.value === 'string') {
      const fault = stringFault(next.value);
      if (fault !== null) return fault;
      continue;
    }
    if (typeof next.value !== 'object' || next.value === null) continue;
    if (next.depth > maxDepth) return `it is nested deeper than ${String(maxDepth)} levels`;
    for (const [key, inner] of Object.entries(next.value)) {
      const fault = keyFault(key);
      if (fault !== null) return fault;
      open.push({ value: inner, depth: next.depth + 1 });
    }
  }
  return null;
}

export function stringFault(text: string): string | null {
  if (text.includes('\0')) return 'it holds a NUL character';
  return loneSurrogate.test(text) ? 'it holds half a surrogate pair, which is not a character' : null;
}

function keyFault(key: string): string | null {
  return key === '__proto__' ? 'it has a field named __proto__' : stringFault(key);
}
