interface Call {
  readonly url: string;
  readonly body: unknown;
}

export type FilledCall =
  | ({ readonly kind: 'filled' } & Call)
  | { readonly kind: 'missing'; readonly reference: string; readonly referenceId: string };

/** Leads from an answer to a value in it: `id`, `records[0].Id`. */
function valueAt(answer: unknown, path: string): unknown {
  let current = answer;
  for (const step of path.split(/[.[\]]/).filter((part) => part !== '')) {
    if (typeof current !== 'object' || current === null) return undefined;
    current = (current as Readonly<Record<string, unknown>>)[step];
  }
  return current;
}

/** Puts values from earlier answers where a call says `@{referenceId.path}`. */
export function fillReferences(call: Call, answers: ReadonlyMap<string, unknown>): FilledCall {
  const missing: { readonly reference: string; readonly referenceId: string }[] = [];
  const fillText = (text: string): string =>
    text.replace(/@\{([^.}[]+)[.]?([^}]*)\}/g, (whole, referenceId: string, path: string) => {
      const value = valueAt(answers.get(referenceId), path);
      if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
      missing.push({ reference: path, referenceId });
      return whole;
    });
  const fill = (value: unknown): unknown => {
    if (typeof value === 'string') return fillText(value);
    if (Array.isArray(value)) return value.map(fill);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, fill(each)]));
  };
  const filled: Call = { url: fillText(call.url), body: fill(call.body) };
  const [first] = missing;
  return first === undefined ? { kind: 'filled', ...filled } : { kind: 'missing', ...first };
}
