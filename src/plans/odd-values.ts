import { isAlias, isMap, isNode, isPair, isScalar, isSeq, Scalar, type Document, type Node, type YAMLMap } from 'yaml';
import type { FieldPath } from './field-path.js';

/** Something that YAML allows and that people do not write on purpose, or not in one way only. */
export interface OddValue {
  readonly path: FieldPath;
  /** Where it begins in the text. */
  readonly offset: number;
  /** What is written there. */
  readonly source: string;
  readonly expected: string;
}

/** A JavaScript number holds this many decimal digits exactly; text holds all of them. */
const exactDigits = 15;
const plainNumber = /^[-+]?(0|[1-9]\d*)\.?$/;
const expected = {
  number: 'a plain decimal such as 1000 or 0.5; in quotes where a text is meant',
  digits: `at most ${exactDigits} digits, or the number in quotes`,
  tag: 'a value without a `!` before it; a text is written in quotes',
  merge: 'the fields themselves: what `<<` stands for is not read',
  name: 'names of fields, each a text before a colon',
  alias: 'a name that stands behind a `&` further up, or quotes around a text that begins with `*`',
} as const;

/** Everything odd in a document, in its order. */
export function oddValues(document: Document): readonly OddValue[] {
  return [...oddIn(document.contents, [], new Set())];
}

/** @param anchors the names that stand behind a `&` further up; those of the node are added */
function* oddIn(node: unknown, path: FieldPath, anchors: Set<string>): Generator<OddValue> {
  if (isAlias(node)) {
    if (!anchors.has(node.source)) {
      yield { path, offset: offsetOf(node), source: `*${node.source}`, expected: expected.alias };
    }
    return;
  }
  if (hasOwnTag(node)) yield { path, offset: offsetOf(node), source: shortTag(node.tag), expected: expected.tag };
  if (isScalar(node)) yield* oddNumber(node, path);
  if (isSeq(node)) for (const [index, item] of node.items.entries()) yield* oddIn(item, [...path, index], anchors);
  if (isMap(node)) yield* oddInFields(node, path, anchors);
  if ((isScalar(node) || isSeq(node) || isMap(node)) && node.anchor !== undefined) anchors.add(node.anchor);
}

function* oddInFields(node: YAMLMap, path: FieldPath, anchors: Set<string>): Generator<OddValue> {
  for (const pair of node.items) {
    if (!isPair(pair)) continue;
    const { key, value } = pair;
    const name = isScalar(key) ? String(key.value) : '?';
    if (!isScalar(key) || key.value === null) {
      yield { path, offset: offsetOf(key ?? node), source: '? …', expected: expected.name };
    } else if (name === '<<') {
      yield { path: [...path, name], offset: offsetOf(key), source: name, expected: expected.merge };
    }
    yield* oddIn(value, [...path, name], anchors);
  }
}

/** Hexadecimal, octal, with an exponent, with zeros before it, not a number, or longer than a number can hold. */
function* oddNumber(node: Scalar, path: FieldPath): Generator<OddValue> {
  const { value, source = '', type } = node;
  if (typeof value !== 'number' || type !== Scalar.PLAIN) return;
  const odd = { path, offset: offsetOf(node), source };
  if (!plainNumber.test(source)) yield { ...odd, expected: expected.number };
  else if (source.replace(/\D/g, '').length > exactDigits) yield { ...odd, expected: expected.digits };
}

function hasOwnTag(node: unknown): node is Node & { readonly tag: string } {
  return (isScalar(node) || isMap(node) || isSeq(node)) && node.tag !== undefined;
}

function shortTag(tag: string): string {
  return tag.replace('tag:yaml.org,2002:', '!!');
}

function offsetOf(node: unknown): number {
  return isNode(node) ? (node.range?.[0] ?? 0) : 0;
}
