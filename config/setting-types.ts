import { z } from 'zod';

/** How a variable is described to the person who sets it. `secret`: its value is never shown. */
export interface SettingDescription {
  readonly description: string;
  readonly expected: string;
  readonly secret?: boolean;
}

/** A text that `accepts` takes; `read` then brings it into the form the service uses. */
export function setting<T>(about: SettingDescription, read: (text: string) => T | undefined) {
  return z
    .string()
    .transform((text, context): T => {
      const value = read(text);
      if (value !== undefined) return value;
      context.issues.push({ code: 'custom', input: text, params: { ...about } });
      return z.NEVER;
    })
    .describe(about.description);
}

/** A whole number, written in digits only: `1e3`, `0x10` and ` 7` are typing errors. */
export function wholeNumber(description: string, from: number, to: number) {
  const expected = `a whole number from ${String(from)} to ${String(to)}`;
  return setting({ description, expected }, (text) => {
    const value = /^\d{1,15}$/.test(text) ? Number(text) : undefined;
    return value !== undefined && value >= from && value <= to ? value : undefined;
  });
}

export function oneOf<const T extends string>(description: string, choices: readonly T[]) {
  return setting({ description, expected: `one of ${choices.join(', ')}` }, (text) =>
    choices.find((choice) => choice === text),
  );
}

export function flag(description: string) {
  return setting({ description, expected: 'true or false' }, (text) => {
    if (text === 'true' || text === '1') return true;
    return text === 'false' || text === '0' ? false : undefined;
  });
}

/** An address to call, normalised to no trailing slash. Parts that a base address cannot have are refused. */
export function httpUrl(description: string, example: string) {
  const expected = `an http or https URL without user, query or fragment, such as ${example}`;
  return setting({ description, expected }, (text) => {
    const url = parseUrl(text);
    if (url === undefined || !['http:', 'https:'].includes(url.protocol)) return undefined;
    if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') return undefined;
    return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
  });
}

/** An address that carries a password as a rule, so its text is never shown. */
export function secretUrl(description: string, schemes: readonly string[], example: string) {
  const expected = `a URL that begins with ${schemes.map((scheme) => `${scheme}//`).join(' or ')}, such as ${example}`;
  return setting({ description, expected, secret: true }, (text) => {
    const url = parseUrl(text);
    return url !== undefined && schemes.includes(url.protocol) ? text : undefined;
  });
}

/** A token that travels in an HTTP header: visible ASCII characters only. */
export function token(description: string, minLength = 1) {
  const length = minLength > 1 ? `at least ${String(minLength)} ` : '';
  const expected = `${length}visible ASCII characters without spaces`;
  return setting({ description, expected, secret: true }, (text) =>
    text.length >= minLength && /^[\x21-\x7e]{1,4096}$/.test(text) ? text : undefined,
  );
}

function parseUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}
