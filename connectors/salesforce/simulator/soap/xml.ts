import { OrgFault } from '../org/org-fault.js';

/** An element without its namespaces: `urn:leadId` is `leadId`. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** The text directly inside. */
  readonly text: string;
}

const deepest = 40;
const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const pieces =
  /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!\[CDATA\[([\s\S]*?)\]\]>|<(\/?)([\w:.-]+)((?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>|([^<]+)/gy;

function malformedXml(): OrgFault {
  return new OrgFault(500, 'XML_PARSER_ERROR', 'The request is not well-formed XML.');
}

function unescaped(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex?: string, decimal?: string, name?: string) => {
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
    return entities[name ?? ''] ?? whole;
  });
}

export function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => {
    const name = Object.entries(entities).find(([, plain]) => plain === character)?.[0] ?? '';
    return `&${name};`;
  });
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function attributesOf(text: string): Record<string, string> {
  const found = [...text.matchAll(/([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)];
  return Object.fromEntries(
    found.map(([, name = '', double, single]) => [localName(name), unescaped(double ?? single ?? '')]),
  );
}

interface Open {
  readonly name: string;
  readonly attributes: Record<string, string>;
  readonly children: XmlElement[];
  text: string;
}

/** Reads a document. Declarations of types and entities are refused. @throws OrgFault 500 for what is not well-formed. */
export function parseXml(document: string): XmlElement {
  const root: Open = { name: '', attributes: {}, children: [], text: '' };
  const stack: Open[] = [root];
  pieces.lastIndex = 0;
  let end = 0;
  for (const match of document.matchAll(pieces)) {
    const [whole, cdata, slash, name, attributes = '', closed, text] = match;
    end += whole.length;
    const top = stack.at(-1) ?? root;
    if (text !== undefined) top.text += unescaped(text);
    else if (cdata !== undefined) top.text += cdata;
    else if (name !== undefined && slash === '') {
      const element: Open = { name: localName(name), attributes: attributesOf(attributes), children: [], text: '' };
      top.children.push(element);
      if (closed === '') stack.push(element);
      if (stack.length > deepest) throw malformedXml();
    } else if (name !== undefined) {
      if (stack.length < 2 || top.name !== localName(name)) throw malformedXml();
      stack.pop();
    }
  }
  const [element] = root.children;
  if (end !== document.length || stack.length !== 1 || root.children.length !== 1 || element === undefined) {
    throw malformedXml();
  }
  return element;
}

export function child(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find((each) => each.name === name);
}

/** The text of a child; `undefined` where there is none or it is nil. */
export function textOf(element: XmlElement | undefined, name: string): string | undefined {
  const found = child(element, name);
  return found === undefined || found.attributes.nil === 'true' ? undefined : found.text;
}

/** What can be written as XML. */
export type XmlValue =
  string | number | boolean | null | undefined | readonly XmlValue[] | { readonly [name: string]: XmlValue };

function isList(value: XmlValue): value is readonly XmlValue[] {
  return Array.isArray(value);
}

/** A value as XML: objects become elements, lists repeat theirs, `null` is nil. */
export function toXml(name: string, value: XmlValue): string {
  if (isList(value)) return value.map((each) => toXml(name, each)).join('');
  if (value === undefined) return '';
  if (value === null) return `<${name} xsi:nil="true"/>`;
  if (typeof value !== 'object') return `<${name}>${escapeXml(String(value))}</${name}>`;
  const inner = Object.entries(value).map(([key, each]) => toXml(key, each));
  return `<${name}>${inner.join('')}</${name}>`;
}

/** An element as plain values: children by name, repeated ones as a list, texts where there are no children. */
export function toPlain(element: XmlElement): unknown {
  if (element.attributes.nil === 'true') return null;
  if (element.children.length === 0) return element.text;
  const plain: Record<string, unknown> = {};
  for (const each of element.children) {
    const value = toPlain(each);
    const before = plain[each.name];
    if (before === undefined) plain[each.name] = value;
    else plain[each.name] = Array.isArray(before) ? [...(before as unknown[]), value] : [before, value];
  }
  return plain;
}
