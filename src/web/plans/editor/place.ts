/** Where in a document somebody writes: the way to it, and whether a name or a value is expected there. */
export interface Place {
  /** Names of fields, and `[]` for an entry of a list. */
  readonly path: readonly string[];
  readonly wants: 'name' | 'value';
  /** What was begun. */
  readonly typed: string;
  /** The names that stand beside it already. */
  readonly beside: readonly string[];
}

interface Frame {
  readonly indent: number;
  readonly name: string;
  readonly beside: string[];
}

const entry = '[]';

/**
 * The place at the end of a text, by its indentation and by the brackets of its last line. It looks at unfinished text, which no
 * parser takes; a bracket that spans lines is not followed.
 */
export function placeAt(before: string): Place {
  const lines = before.split('\n');
  const last = lines.pop() ?? '';
  const frames: Frame[] = [{ indent: -1, name: '', beside: [] }];
  for (const line of lines) follow(frames, line);
  const rest = follow(frames, last, true);
  const path = pathOf(frames);
  const owner = frames.at(-1);
  if (rest === null) return { path, wants: 'name', typed: last.replace(/^[\s-]*/, ''), beside: owner?.beside ?? [] };
  return inBrackets(path, rest);
}

function pathOf(frames: readonly Frame[]): readonly string[] {
  return frames.slice(1).map(({ name }) => name);
}

/** Takes a line into account. What follows its field, of the line that is being written; null while there is no field yet. */
function follow(frames: Frame[], line: string, isWritten = false): string | null {
  const content = line.trimStart();
  if (!isWritten && (content === '' || content.startsWith('#'))) return null;
  let indent = line.length - content.length;
  let rest = content;
  for (let dash = /^-(\s+|$)/.exec(rest); dash !== null; dash = /^-(\s+|$)/.exec(rest)) {
    leave(frames, ({ indent: other, name }) => other > indent || (other === indent && name === entry));
    frames.push({ indent, name: entry, beside: [] });
    indent += dash[0].length;
    rest = rest.slice(dash[0].length);
  }
  leave(frames, (frame) => frame.indent >= indent);
  const field = /^([\w.-]+|"[^"]*"|'[^']*'):(\s+|$)/.exec(rest);
  if (field === null) return isBracket(rest) ? rest : null;
  const name = (field[1] ?? '').replaceAll(/["']/g, '');
  frames.at(-1)?.beside.push(name);
  frames.push({ indent, name, beside: [] });
  return rest.slice(field[0].length);
}

function isBracket(rest: string): boolean {
  return rest.startsWith('{') || rest.startsWith('[');
}

function leave(frames: Frame[], isLeft: (frame: Frame) => boolean): void {
  for (let top = frames.at(-1); frames.length > 1 && top !== undefined && isLeft(top); top = frames.at(-1))
    frames.pop();
}

interface Bracket {
  readonly kind: '{' | '[';
  name: string | null;
  readonly beside: string[];
}

/** Goes on inside what a line has after its field, such as `{ percent: 10, of:`. */
function inBrackets(path: readonly string[], rest: string): Place {
  const open: Bracket[] = [];
  let typed = '';
  for (const sign of rest) {
    const top = open.at(-1);
    if (sign === '{' || sign === '[') open.push({ kind: sign, name: null, beside: [] });
    else if (sign === '}' || sign === ']') open.pop();
    else if (sign === ',' && top !== undefined) top.name = null;
    else if (sign === ':' && top?.kind === '{' && top.name === null) {
      top.name = typed.trim();
      top.beside.push(top.name);
    } else {
      typed += sign;
      continue;
    }
    typed = '';
  }
  const inside = open.flatMap(({ kind, name }) => (kind === '[' ? [entry] : name === null ? [] : [name]));
  const top = open.at(-1);
  const wants = top?.kind === '{' && top.name === null ? 'name' : 'value';
  return { path: [...path, ...inside], wants, typed: typed.trimStart(), beside: top?.beside ?? [] };
}
