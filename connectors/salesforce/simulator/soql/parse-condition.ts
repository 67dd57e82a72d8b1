import { exactStamp, instantOf } from '../stamp.js';
import type { Comparison, Condition, Literal, Query } from './query.js';
import type { TokenReader } from './token-reader.js';

const rangeNames =
  /^(today|yesterday|tomorrow|this_week|last_week|this_month|last_month|next_month|this_quarter|last_quarter|this_year|last_year|last_n_days:\d+|next_n_days:\d+)$/i;
const comparisons = new Map<string, Comparison>([
  ['=', '='],
  ['!=', '!='],
  ['<>', '!='],
  ['<', '<'],
  ['<=', '<='],
  ['>', '>'],
  ['>=', '>='],
  ['like', 'like'],
]);

/** What a value stands for. Dates and times are not quoted; a quoted one is a text. */
function readLiteral(tokens: TokenReader): Literal {
  const { kind, text } = tokens.peek();
  const take = <L extends Literal>(literal: L): L => {
    tokens.next();
    return literal;
  };
  switch (kind) {
    case 'text':
      return take({ kind: 'text', value: text });
    case 'number':
      return take({ kind: 'number', value: Number(text) });
    case 'day':
      return take({ kind: 'day', value: text });
    case 'instant': {
      const at = instantOf(text);
      return at === null ? tokens.fail() : take({ kind: 'instant', value: exactStamp(at) });
    }
    case 'money':
      return take({ kind: 'money', currency: text.slice(0, 3), value: Number(text.slice(3)) });
    case 'word': {
      const word = text.toLowerCase();
      if (word === 'null') return take({ kind: 'null' });
      if (word === 'true' || word === 'false') return take({ kind: 'boolean', value: word === 'true' });
      if (!rangeNames.test(word)) return tokens.fail();
      const [name = '', days = '0'] = word.split(':');
      return take({ kind: 'range', name, days: Number(days) });
    }
    case 'symbol':
    case 'end':
      return tokens.fail();
  }
}

function readList(tokens: TokenReader): readonly Literal[] {
  const values = [readLiteral(tokens)];
  while (tokens.take(',')) values.push(readLiteral(tokens));
  tokens.expect(')');
  return values;
}

function readMembership(
  tokens: TokenReader,
  path: string,
  negated: boolean,
  readQuery: (tokens: TokenReader) => Query,
): Condition {
  tokens.expect('(');
  if (!tokens.isNext('select')) return { kind: 'in', path, negated, values: readList(tokens) };
  const query = readQuery(tokens);
  tokens.expect(')');
  return { kind: 'in-query', path, negated, query };
}

function readComparison(tokens: TokenReader, readQuery: (tokens: TokenReader) => Query): Condition {
  const path = tokens.name();
  if (tokens.take('in')) return readMembership(tokens, path, false, readQuery);
  if (tokens.isNext('not') && tokens.isNext('in', 1)) {
    tokens.next();
    tokens.next();
    return readMembership(tokens, path, true, readQuery);
  }
  const operator = comparisons.get(tokens.peek().text.toLowerCase());
  if (operator === undefined || tokens.peek().kind === 'text') return tokens.fail();
  tokens.next();
  return { kind: 'compare', path, operator, value: readLiteral(tokens) };
}

function readPart(tokens: TokenReader, readQuery: (tokens: TokenReader) => Query): Condition {
  if (tokens.take('not')) return { kind: 'not', part: readPart(tokens, readQuery) };
  if (!tokens.take('(')) return readComparison(tokens, readQuery);
  const inner = readCondition(tokens, readQuery);
  tokens.expect(')');
  return inner;
}

/** What follows WHERE. AND and OR must not stand side by side without parentheses: Salesforce refuses that, so we do. */
export function readCondition(tokens: TokenReader, readQuery: (tokens: TokenReader) => Query): Condition {
  const first = readPart(tokens, readQuery);
  const kind = tokens.isNext('and') ? 'and' : tokens.isNext('or') ? 'or' : null;
  if (kind === null) return first;
  const parts = [first];
  while (tokens.take(kind)) parts.push(readPart(tokens, readQuery));
  if (tokens.isNext('and') || tokens.isNext('or')) tokens.fail();
  return { kind, parts };
}
