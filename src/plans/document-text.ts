import { isMap, isNode, isScalar, LineCounter, parseDocument, type Document, type ScalarTag } from 'yaml';
import { oddValues, type OddValue } from './odd-values.js';
import { fieldName, type FieldPath } from './field-path.js';
import { shown, type LineOf, type PlanFault } from './plan-faults.js';
import { remedyOf, type YamlFault } from './yaml-words.js';

/** Aliases let a few lines stand for millions of nodes. */
const maxAliases = 100;

/** What word processors write where a space is meant. */
const oddSpace = /[\u00A0\u2000-\u200B\u202F\u3000]/;
/** More than anybody reads at once. */
const maxFaults = 20;

export type DocumentReading =
  | { readonly kind: 'read'; readonly value: unknown; readonly lineOf: LineOf }
  | { readonly kind: 'refused'; readonly faults: readonly PlanFault[] };

/**
 * Reads a document that people write, YAML or JSON (which is YAML), with the line each of its fields stands in.
 * @param name what the document as a whole is called in a fault
 * @param maxLength in characters
 */
export function readDocumentText(text: string, name: string, maxLength: number): DocumentReading {
  const whole = (expected: string): DocumentReading => {
    const message = `line 1: the ${name} is not readable; expected ${expected}.`;
    return { kind: 'refused', faults: [{ field: name, line: 1, expected, message }] };
  };
  if (text.length > maxLength) return whole(`a text of at most ${maxLength} characters`);
  // What another encoding leaves behind when it is read as UTF-8.
  if (/[\0\uFFFD]/.test(text)) return whole('a text file, saved as UTF-8');
  return parseYaml(text, name);
}

/** A number with decimals stays the text it is: a JavaScript number would not hold all of 33.333333333333333333. */
const decimalAsText: ScalarTag = {
  tag: 'tag:yaml.org,2002:float',
  default: true,
  test: /^[-+]?\d*\.\d+$/,
  resolve: (text) => text.replace(/^([-+]?)\./, '$10.'),
};

function parseYaml(text: string, name: string): DocumentReading {
  const lines = new LineCounter();
  try {
    const document = parseDocument(text, {
      lineCounter: lines,
      logLevel: 'error',
      prettyErrors: false,
      customTags: (tags) => [decimalAsText, ...tags],
    });
    const [error] = document.errors;
    if (error !== undefined) return { kind: 'refused', faults: [faultOfText(error, text, name, lines)] };
    const odd = oddValues(document).slice(0, maxFaults);
    if (odd.length > 0) return { kind: 'refused', faults: odd.map((one) => faultOfValue(one, lines)) };
    const value: unknown = document.toJS({ maxAliasCount: maxAliases });
    return { kind: 'read', value, lineOf: (path, part) => lineIn(document, lines, path, part) };
  } catch (error) {
    // Too many aliases, or nesting deeper than the stack.
    if (!(error instanceof ReferenceError || error instanceof RangeError)) throw error;
    const expected =
      error instanceof RangeError ? 'values that are nested less deeply' : 'fewer `*` that stand for other values';
    const message = `line 1: the ${name} is not readable; expected ${expected}.`;
    return { kind: 'refused', faults: [{ field: name, line: 1, expected, message }] };
  }
}

/** A text that is no YAML: the line as it is written, and what a person can do about it. */
function faultOfText(error: YamlFault, text: string, name: string, lines: LineCounter): PlanFault {
  const { line } = lines.linePos(error.pos[0]);
  const written = (text.split('\n')[line - 1] ?? '').trim();
  const expected = oddSpace.test(written)
    ? 'ordinary spaces: one of those in the line is of another kind'
    : remedyOf(error);
  if (error.code === 'DUPLICATE_KEY') {
    const [field = ''] = /^("[^"\n]*"|'[^'\n]*'|[^:\n]*)/.exec(text.slice(error.pos[0])) ?? [];
    return {
      field: name,
      line,
      expected,
      message: `line ${line}: ${field.trim()} is there twice; expected ${expected}.`,
    };
  }
  const found = written === '' ? 'the text ends too soon' : `${shown(written)} is not readable`;
  return {
    field: name,
    line,
    value: shown(written),
    expected,
    message: `line ${line}: ${found}; expected ${expected}.`,
  };
}

function faultOfValue({ path, offset, source, expected }: OddValue, lines: LineCounter): PlanFault {
  const [field, { line }] = [fieldName(path), lines.linePos(offset)];
  return {
    field,
    line,
    value: source,
    expected,
    message: `line ${line}: ${field} is ${source}; expected ${expected}.`,
  };
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
