/** An element of a document: names without their prefix, attributes with it. `text` holds the character data directly in it. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

export type XmlReading =
  | { readonly kind: 'read'; readonly root: XmlElement }
  | { readonly kind: 'refused'; readonly reason: 'malformed' | 'forbidden'; readonly detail: string };

export interface XmlLimits {
  readonly depth: number;
  readonly elements: number;
}

class Refusal extends Error {
  readonly reason: 'malformed' | 'forbidden';

  constructor(reason: Refusal['reason'], detail: string) {
    super(detail);
    this.reason = reason;
  }
}

interface OpenElement {
  readonly qualifiedName: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlElement[];
  readonly text: string[];
}

/** A tag or the declaration, anchored where the last piece ended. */
const tag = /<\?xml\s[^<>?]*\?>|<\/([\w:.-]+)\s*>|<([\w:.-]+)((?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/y;
const attribute = /([\w:.-]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/g;
/** Pieces that end at a word of their own. They may be long, so no expression goes over them. */
const comment = { start: '<!--', end: '-->' };
const characterData = { start: '<![CDATA[', end: ']]>' };

/**
 * Reads XML that a stranger may have sent: no document type, no entities but the five that XML has, no processing instructions,
 * nothing that reaches outside the document. Namespaces are not resolved. Takes time in proportion to the text.
 */
export function readStrictXml(xml: string, limits: XmlLimits): XmlReading {
  try {
    return { kind: 'read', root: parse(xml, limits) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { kind: 'refused', reason: error.reason, detail: error.message };
  }
}

function parse(xml: string, limits: XmlLimits): XmlElement {
  const tree = createTree(limits);
  const start = xml.startsWith('\uFEFF') ? 1 : 0;
  let at = start;
  while (at < xml.length) {
    const next = xml.indexOf('<', at);
    tree.text(decode(xml.slice(at, next === -1 ? xml.length : next)));
    if (next === -1) break;
    const commentLength = lengthOf(comment, xml, next);
    const dataLength = lengthOf(characterData, xml, next);
    if (dataLength > 0) {
      tree.text(xml.slice(next + characterData.start.length, next + dataLength - characterData.end.length));
    }
    at = next + (commentLength || dataLength || takeTag(xml, next, start, tree));
  }
  return tree.root();
}

/** @returns how long the tag at `at` is */
function takeTag(xml: string, at: number, start: number, tree: Tree): number {
  tag.lastIndex = at;
  const [whole, closed, opened, attributes = '', selfClosed] = tag.exec(xml) ?? refuse(xml, at);
  if (whole.startsWith('<?') && at !== start) throw new Refusal('forbidden', 'an XML declaration in the middle');
  if (opened !== undefined) tree.open(opened, readAttributes(attributes));
  if (closed !== undefined) tree.close(closed);
  else if (opened !== undefined && selfClosed === '/') tree.close(opened);
  return whole.length;
}

function lengthOf({ start, end }: typeof comment, xml: string, at: number): number {
  if (!xml.startsWith(start, at)) return 0;
  const endAt = xml.indexOf(end, at + start.length);
  if (endAt === -1) throw new Refusal('malformed', 'the document is not complete');
  return endAt + end.length - at;
}

function refuse(xml: string, at: number): never {
  if (xml.startsWith('<!', at)) throw new Refusal('forbidden', 'a document type or an entity declaration');
  if (xml.startsWith('<?', at)) throw new Refusal('forbidden', 'a processing instruction');
  throw new Refusal('malformed', 'markup that cannot be read');
}

interface Tree {
  open(qualifiedName: string, attributes: OpenElement['attributes']): void;
  close(qualifiedName: string): void;
  text(text: string): void;
  root(): XmlElement;
}

function createTree(limits: XmlLimits): Tree {
  const path: OpenElement[] = [];
  const roots: XmlElement[] = [];
  let elements = 0;
  return {
    open(qualifiedName, attributes) {
      elements += 1;
      if (elements > limits.elements) throw new Refusal('malformed', `more than ${limits.elements} elements`);
      if (path.length >= limits.depth) throw new Refusal('malformed', `deeper than ${limits.depth} elements`);
      if (path.length === 0 && roots.length > 0) throw new Refusal('malformed', 'more than one root element');
      path.push({ qualifiedName, attributes, children: [], text: [] });
    },
    close(qualifiedName) {
      const element = path.pop();
      if (element?.qualifiedName !== qualifiedName)
        throw new Refusal('malformed', `</${qualifiedName}> closes nothing`);
      const { attributes, children, text } = element;
      const finished = { name: withoutPrefix(qualifiedName), attributes, children, text: text.join('') };
      (path.at(-1)?.children ?? roots).push(finished);
    },
    text(text) {
      const element = path.at(-1);
      if (element !== undefined) element.text.push(text);
      else if (text.trim() !== '') throw new Refusal('malformed', 'text outside the root element');
    },
    root() {
      const [root] = roots;
      if (root === undefined || path.length > 0) throw new Refusal('malformed', 'the document is not complete');
      return root;
    },
  };
}

function readAttributes(text: string): Readonly<Record<string, string>> {
  const attributes: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const [, name = '', double, single] of text.matchAll(attribute)) {
    if (name in attributes) throw new Refusal('malformed', `the attribute ${name} twice`);
    attributes[name] = decode(double ?? single ?? '');
  }
  return attributes;
}

/** `sf:Opportunity` → `Opportunity`. */
export function withoutPrefix(qualifiedName: string): string {
  return qualifiedName.slice(qualifiedName.lastIndexOf(':') + 1);
}

const namedCharacters: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function decode(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w{1,32}));?|&/gi, (whole, hex, decimal, name) => {
    if (!whole.endsWith(';')) throw new Refusal('malformed', 'an ampersand that begins nothing');
    if (typeof name === 'string') {
      const character = Object.hasOwn(namedCharacters, name) ? namedCharacters[name] : undefined;
      if (character === undefined) throw new Refusal('forbidden', `the entity ${name}`);
      return character;
    }
    const code = typeof hex === 'string' ? Number.parseInt(hex, 16) : Number(decimal);
    const isAllowed = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
    if (!isAllowed) throw new Refusal('malformed', 'a character that does not exist');
    return String.fromCodePoint(code);
  });
}
