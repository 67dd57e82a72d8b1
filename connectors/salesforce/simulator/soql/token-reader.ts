import type { Token } from './tokens.js';
import { malformed, tokensOf } from './tokens.js';

/** Steps through the tokens of a query. Keywords are found in any case. */
export interface TokenReader {
  peek(ahead?: number): Token;
  next(): Token;
  /** Whether the next token is this keyword or symbol; takes it if so. */
  take(text: string): boolean;
  isNext(text: string, ahead?: number): boolean;
  /** @throws OrgFault MALFORMED_QUERY when something else comes. */
  expect(text: string): void;
  /** A name or path. @throws OrgFault MALFORMED_QUERY for anything else. */
  name(): string;
  fail(): never;
}

export function readTokens(query: string): TokenReader {
  const tokens = tokensOf(query);
  const end = tokens.at(-1) ?? { kind: 'end', text: '<EOF>', at: 0 };
  let position = 0;
  const peek = (ahead = 0): Token => tokens[position + ahead] ?? end;
  const fail = (): never => {
    const { at, text } = peek();
    const before = query.slice(Math.max(0, at - 30), at);
    throw malformed(
      `\n${before}${text}\n${' '.repeat(before.length)}^\nERROR at Row:1:Column:${at + 1}\nunexpected token: '${text}'`,
    );
  };
  const isNext = (text: string, ahead = 0): boolean => {
    const { kind, text: found } = peek(ahead);
    return kind !== 'text' && found.toLowerCase() === text.toLowerCase();
  };
  const next = (): Token => {
    const token = peek();
    position += 1;
    return token;
  };
  const take = (text: string): boolean => {
    if (!isNext(text)) return false;
    position += 1;
    return true;
  };
  return {
    peek,
    next,
    take,
    isNext,
    expect(text) {
      if (!take(text)) fail();
    },
    name: () => (peek().kind === 'word' ? next().text : fail()),
    fail,
  };
}
