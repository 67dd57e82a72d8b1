/** One command of a shell block, with its words as a shell would pass them. */
export interface QuotedCommand {
  /** As it stands in the document, on one line. */
  readonly text: string;
  /** Words with variables still in them, as `$NAME`; see `wordsOf`. */
  readonly assigns: { readonly name: string; readonly value: string } | null;
}

/** The commands of a block: a quote or a backslash at the end of a line continues it, `&&` separates, `#` comments. */
export function commandsOf(block: string): readonly QuotedCommand[] {
  return splitLines(block)
    .flatMap((line) => line.split(' && '))
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.replace(/\s+# .*$/, ''))
    .map((text) => ({ text, assigns: assignmentIn(text) }));
}

function splitLines(block: string): readonly string[] {
  const lines: string[] = [];
  let open = '';
  for (const line of block.split('\n')) {
    open += line;
    if (open.endsWith('\\')) open = open.slice(0, -1);
    else if (hasOpenQuote(open)) open += '\n';
    else {
      lines.push(open);
      open = '';
    }
  }
  return lines;
}

function hasOpenQuote(text: string): boolean {
  let quote = '';
  for (const character of text) {
    if (quote === '' && (character === "'" || character === '"')) quote = character;
    else if (quote === character) quote = '';
  }
  return quote !== '';
}

function assignmentIn(text: string): QuotedCommand['assigns'] {
  const [, name, value] = /^export (\w+)=(\S+)$/.exec(text) ?? [];
  return name === undefined || value === undefined ? null : { name, value };
}

/** The words of a command, quotes undone and `$NAME` replaced. @throws Error for a variable without value */
export function wordsOf(command: string, variables: Readonly<Record<string, string>>): readonly string[] {
  const words: string[] = [];
  let word: string | null = null;
  const pieces = command.matchAll(/'([^']*)'|"((?:[^"\\]|\\.)*)"|(\s+)|((?:[^\s'"\\]|\\.)+)/g);
  for (const [, single, double, space, bare] of pieces) {
    if (space !== undefined) {
      if (word !== null) words.push(word);
      word = null;
      continue;
    }
    word = (word ?? '') + (single ?? filled(double ?? bare ?? '', variables));
  }
  return word === null ? words : [...words, word];
}

function filled(text: string, variables: Readonly<Record<string, string>>): string {
  return text.replace(/\$(\w+)/g, (_whole, name: string) => {
    const value = variables[name];
    if (value === undefined) throw new Error(`the document does not say what $${name} is`);
    return value;
  });
}
