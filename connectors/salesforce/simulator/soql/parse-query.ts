import { readCondition } from './parse-condition.js';
import type { Condition, Order, Query, Selected } from './query.js';
import type { TokenReader } from './token-reader.js';
import { readTokens } from './token-reader.js';
import { malformed } from './tokens.js';

const largestOffset = 2000;
const clauses = new Set([
  'where',
  'with',
  'group',
  'having',
  'order',
  'limit',
  'offset',
  'for',
  'all',
  'using',
  'and',
  'or',
]);

function readSelected(tokens: TokenReader): Selected {
  if (tokens.take('(')) {
    const query = readQuery(tokens);
    tokens.expect(')');
    return { kind: 'children', query };
  }
  const path = tokens.name();
  if (!tokens.take('(')) return { kind: 'field', path };
  const called = path.toLowerCase();
  if (called === 'count' && tokens.take(')')) return { kind: 'count' };
  const inner = tokens.name();
  tokens.expect(')');
  if (called === 'fields') {
    const which = inner.toLowerCase();
    if (which === 'all' || which === 'standard' || which === 'custom') return { kind: 'all-fields', which };
  }
  if (called === 'convertcurrency' || called === 'tolabel' || called === 'format') {
    return { kind: 'wrapped', wrapper: called, path: inner };
  }
  throw malformed(`This simulated org does not know the function ${path}.`);
}

function readOrder(tokens: TokenReader): readonly Order[] {
  if (!tokens.take('order')) return [];
  tokens.expect('by');
  const orders: Order[] = [];
  do {
    const path = tokens.name();
    const descending = tokens.take('desc');
    if (!descending) tokens.take('asc');
    const hasNulls = tokens.take('nulls');
    const nullsLast = hasNulls && tokens.take('last');
    if (hasNulls && !nullsLast) tokens.expect('first');
    orders.push({ path, descending, nullsLast });
  } while (tokens.take(','));
  return orders;
}

function readCount(tokens: TokenReader): number {
  const { kind, text } = tokens.peek();
  return kind === 'number' && /^\d+$/.test(text) ? Number(tokens.next().text) : tokens.fail();
}

function readAlias(tokens: TokenReader): string | null {
  if (tokens.take('as')) return tokens.name();
  const { kind, text } = tokens.peek();
  return kind === 'word' && !clauses.has(text.toLowerCase()) ? tokens.next().text : null;
}

/** `WITH SECURITY_ENFORCED`, `WITH USER_MODE`, `FOR VIEW`: said by some tools, of no effect here. */
function skipModes(tokens: TokenReader): void {
  if (tokens.take('with')) tokens.name();
  if (tokens.take('for')) tokens.name();
}

function readQuery(tokens: TokenReader): Query {
  tokens.expect('select');
  const select = [readSelected(tokens)];
  while (tokens.take(',')) select.push(readSelected(tokens));
  tokens.expect('from');
  const entity = tokens.name();
  const alias = readAlias(tokens);
  const where: Condition | null = tokens.take('where') ? readCondition(tokens, readQuery) : null;
  skipModes(tokens);
  if (tokens.isNext('group') || tokens.isNext('having')) throw malformed('This simulated org knows no GROUP BY.');
  const orderBy = readOrder(tokens);
  const limit = tokens.take('limit') ? readCount(tokens) : null;
  const offset = tokens.take('offset') ? readCount(tokens) : 0;
  if (offset > largestOffset) {
    throw malformed(`Maximum SOQL offset allowed is ${largestOffset}`);
  }
  skipModes(tokens);
  const allRows = tokens.take('all');
  if (allRows) tokens.expect('rows');
  return { select, entity, alias, where, orderBy, limit, offset, allRows };
}

/** Reads a whole query. @throws OrgFault 400 MALFORMED_QUERY. */
export function parseQuery(text: string): Query {
  const tokens = readTokens(text);
  const query = readQuery(tokens);
  if (tokens.peek().kind !== 'end') tokens.fail();
  return query;
}

/** Reads a condition alone, as validation rules are written. @throws OrgFault 400 MALFORMED_QUERY. */
export function parseCondition(text: string): Condition {
  const tokens = readTokens(text);
  const condition = readCondition(tokens, readQuery);
  if (tokens.peek().kind !== 'end') tokens.fail();
  return condition;
}
