const line = /^(effectiveFrom:[ \t]*)("[^"\n]*"|'[^'\n]*'|[^\s#]*)/m;
const inJson = /("effectiveFrom"\s*:\s*)"[^"\n]*"/;

/** The plan's text with another first day; as it was where it does not say one. */
export function withEffectiveFrom(text: string, day: string): string {
  if (line.test(text)) return text.replace(line, (_found, name: string) => `${name.trimEnd()} ${day}`);
  return text.replace(inJson, (_found, name: string) => `${name}"${day}"`);
}

/** The first day a plan's text says, or null. */
export function effectiveFromOf(text: string): string | null {
  return /^\s*\{?\s*"?effectiveFrom"?\s*:\s*["']?(\d{4}-\d{2}-\d{2})/m.exec(text)?.[1] ?? null;
}
