export type Block =
  /** Below the headings of the page and of its section. */
  | { readonly kind: 'heading'; readonly level: 3 | 4; readonly text: string }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly string[] }
  | { readonly kind: 'paragraph'; readonly text: string };

const heading = /^(#{1,6})\s+(.*)$/;
const bullet = /^\s*[-*+]\s+(.*)$/;
const numbered = /^\s*\d{1,3}[.)]\s+(.*)$/;

/** A text in headings, lists and paragraphs, as Markdown writes them. What is none of these is a paragraph. */
export function blocksOf(text: string): readonly Block[] {
  const blocks: Block[] = [];
  for (const lines of text.split(/\n\s*\n/)) {
    for (const line of lines.split('\n')) add(blocks, line, line === lines.split('\n')[0]);
  }
  return blocks;
}

function add(blocks: Block[], line: string, isFirst: boolean): void {
  if (line.trim() === '') return;
  const title = heading.exec(line);
  if (title !== null) {
    blocks.push({ kind: 'heading', level: title[1] === '#' ? 3 : 4, text: title[2] ?? '' });
    return;
  }
  const item = bullet.exec(line)?.[1] ?? numbered.exec(line)?.[1];
  const last = blocks.at(-1);
  if (item !== undefined) {
    const ordered = bullet.exec(line) === null;
    const goesOn = last?.kind === 'list' && last.ordered === ordered;
    if (goesOn) blocks[blocks.length - 1] = { ...last, items: [...last.items, item] };
    else blocks.push({ kind: 'list', ordered, items: [item] });
    return;
  }
  if (!isFirst && last?.kind === 'paragraph') {
    blocks[blocks.length - 1] = { kind: 'paragraph', text: `${last.text}\n${line}` };
  } else blocks.push({ kind: 'paragraph', text: line });
}

/** The text in parts, of which those between `**` are bold. */
export function spansOf(text: string): readonly { readonly text: string; readonly bold: boolean }[] {
  return text
    .split(/\*\*([^*]+)\*\*/)
    .map((part, index) => ({ text: part, bold: index % 2 === 1 }))
    .filter(({ text: part }) => part !== '');
}
