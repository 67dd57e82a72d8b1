import { OrgFault } from '../org/org-fault.js';

export type TokenKind = 'word' | 'text' | 'number' | 'instant' | 'day' | 'money' | 'symbol' | 'end';

export interface Token {
  readonly kind: TokenKind;
  /** Texts without quotes and escapes; everything else as written. */
  readonly text: string;
  /** Offset in the query. */
  readonly at: number;
}

export function malformed(message: string): OrgFault {
  return new OrgFault(400, 'MALFORMED_QUERY', message);
}

/** In the order they are tried: a date-time begins as a date does, and a date as a number. */
const shapes: readonly { readonly kind: TokenKind; readonly shape: RegExp }[] = [
  { kind: 'instant', shape: /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})/y },
  { kind: 'day', shape: /\d{4}-\d{2}-\d{2}(?![\dT])/y },
  { kind: 'number', shape: /[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?![\w-])/y },
  { kind: 'money', shape: /[A-Z]{3}\d+(?:\.\d+)?(?!\w)/y },
  { kind: 'word', shape: /[A-Za-z_][\w.]*(?::\d+)?/y },
  { kind: 'symbol', shape: /<=|>=|!=|<>|[=<>(),]/y },
];

const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  b: '\b',
  f: '\f',
  "'": "'",
  '"': '"',
  '\\': '\\',
  // Kept with their backslash: only LIKE looks at them.
  _: '\\_',
  '%': '\\%',
};

/** A text from its opening quote on. @throws OrgFault for an unknown escape or a missing end. */
function readText(query: string, start: number): { readonly token: Token; readonly end: number } {
  let text = '';
  for (let at = start + 1; at < query.length; at += 1) {
    const character = query[at] ?? '';
    if (character === "'") return { token: { kind: 'text', text, at: start }, end: at + 1 };
    if (character !== '\\') {
      text += character;
      continue;
    }
    at += 1;
    const escape = query[at] ?? '';
    const unicode = escape === 'u' ? /^[0-9A-Fa-f]{4}/.exec(query.slice(at + 1))?.[0] : undefined;
    if (unicode !== undefined) {
      text += String.fromCharCode(Number.parseInt(unicode, 16));
      at += 4;
      continue;
    }
    const plain = escapes[escape] ?? escapes[escape.toLowerCase()];
    if (plain === undefined)
      throw malformed(
        `Invalid string literal '${query.slice(start)}'. Illegal character sequence '\\${escape}' in string literal.`,
      );
    text += plain;
  }
  throw malformed(`unexpected token: '${query.slice(start)}'`);
}

/** Splits a query. @throws OrgFault 400 MALFORMED_QUERY. */
export function tokensOf(query: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < query.length) {
    const character = query[at] ?? '';
    if (/\s/.test(character)) {
      at += 1;
      continue;
    }
    if (character === "'") {
      const { token, end } = readText(query, at);
      tokens.push(token);
      at = end;
      continue;
    }
    const found = shapes.flatMap(({ kind, shape }) => {
      shape.lastIndex = at;
      const text = shape.exec(query)?.[0];
      return text === undefined ? [] : [{ kind, text, at }];
    })[0];
    if (found === undefined) throw malformed(`unexpected char: '${character}'`);
    tokens.push(found);
    at += found.text.length;
  }
  tokens.push({ kind: 'end', text: '<EOF>', at });
  return tokens;
}
