import { isMap, isNode, isScalar, LineCounter, parseDocument, type Document, type ScalarTag } from 'yaml';
import { planFault, type FieldPath, type LineOf, type PlanFault } from './plan-faults.js';

/** Aliases let a few lines stand for millions of nodes. */
const maxAliases = 100;

export type DocumentReading =
  | { readonly kind: 'read'; readonly value: unknown; readonly lineOf: LineOf }
  | { readonly kind: 'refused'; readonly fault: PlanFault };

/**
 * Reads a document that people write, YAML or JSON (which is YAML), with the line each of its fields stands in.
 * @param name what the document as a whole is called in a fault
 */
export function readDocumentText(text: string, name: string, maxLength: number): DocumentReading {
  if (text.length > maxLength) {
    const where = { field: name, line: 1, value: text };
    return { kind: 'refused', fault: planFault(where, `a text of at most ${maxLength} characters`) };
  }
  const parsed = parseYaml(text);
  if (parsed.kind === 'parsed') return { kind: 'read', value: parsed.value, lineOf: parsed.lineOf };
  const message = `line ${parsed.line}: ${parsed.words}`;
  return { kind: 'refused', fault: { field: name, line: parsed.line, expected: 'YAML or JSON', message } };
}

type ParsedYaml =
  | { readonly kind: 'parsed'; readonly value: unknown; readonly lineOf: LineOf }
  | { readonly kind: 'unreadable'; readonly line: number; readonly words: string };

/** A number with decimals stays the text it is: a JavaScript number would not hold all of 33.333333333333333333. */
const decimalAsText: ScalarTag = {
  tag: 'tag:yaml.org,2002:float',
  default: true,
  test: /^[-+]?\d+\.\d+$/,
  resolve: (text) => text,
};

function parseYaml(text: string): ParsedYaml {
  const lines = new LineCounter();
  try {
    const document = parseDocument(text, { lineCounter: lines, customTags: (tags) => [decimalAsText, ...tags] });
    const [fault] = document.errors;
    if (fault !== undefined) {
      return { kind: 'unreadable', line: lines.linePos(fault.pos[0]).line, words: wordsOf(fault.message) };
    }
    const value: unknown = document.toJS({ maxAliasCount: maxAliases });
    return { kind: 'parsed', value, lineOf: (path, part) => lineIn(document, lines, path, part) };
  } catch (error) {
    // Too many aliases, or nesting deeper than the stack.
    if (!(error instanceof ReferenceError || error instanceof RangeError)) throw error;
    return { kind: 'unreadable', line: 1, words: wordsOf(error.message) };
  }
}

/** The first line of a fault; what the stack has no room for is said in words. */
function wordsOf(message: string): string {
  return message.includes('call stack') ? 'it is nested too deeply' : (message.split('\n', 1)[0] ?? message);
}

function lineIn(document: Document, lines: LineCounter, path: FieldPath, part: 'name' | 'value'): number {
  const offset = part === 'name' ? offsetOfName(document, path) : offsetOf(document.getIn(path, true));
  if (offset !== undefined) return lines.linePos(offset).line;
  return path.length === 0 ? 1 : lineIn(document, lines, path.slice(0, -1), 'value');
}

function offsetOfName(document: Document, path: FieldPath): number | undefined {
  const owner = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  if (!isMap(owner)) return undefined;
  const name = path.at(-1);
  const pair = owner.items.find(({ key }) => isScalar(key) && key.value === name);
  return offsetOf(pair?.key);
}

function offsetOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}
