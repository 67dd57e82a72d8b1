/** One request, as rules and hooks look at it. */
export interface AskedFor {
  readonly method: string;
  readonly path: string;
  /** The path without its version, and as each vendor's simulator names its routes; `null` for none. */
  readonly route: string | null;
}

/** Whether a pattern with `*` covers the request's path or its route. */
export function matchesRequest(
  pattern: { readonly method?: string | undefined; readonly path?: string | undefined },
  asked: AskedFor,
): boolean {
  if (pattern.method !== undefined && pattern.method.toUpperCase() !== asked.method) return false;
  if (pattern.path === undefined || pattern.path === '*') return true;
  const expression = pattern.path.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  const test = new RegExp(`^${expression.join('.*')}$`);
  return test.test(asked.path) || (asked.route !== null && test.test(asked.route));
}
