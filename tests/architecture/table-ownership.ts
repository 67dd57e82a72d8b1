/** A source file of `src`: path from the project's root and its text. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** SQL in `path` that names a table of another stage. */
export interface Trespass {
  readonly path: string;
  readonly table: string;
  readonly owner: string;
}

const augmentation = /interface Tables \{([^}]*)\}/g;
const declaredTable = /^\s*(?:readonly\s+)?['"]?([a-z][a-z0-9_]*)['"]?\s*:/gm;

/**
 * Which stage owns which table: the stage whose files declare it in `interface Tables`.
 *
 * @returns table → stage
 */
export function tableOwners(files: readonly SourceFile[]): ReadonlyMap<string, string> {
  const owners = new Map<string, string>();
  for (const { path, text } of files) {
    for (const [, body = ''] of withoutComments(text).matchAll(augmentation)) {
      for (const [, table = ''] of body.matchAll(declaredTable)) owners.set(table, stageOf(path));
    }
  }
  return owners;
}

/**
 * SQL that reaches into another stage's tables, instead of asking that stage's store. Allowed are a foreign key in a
 * migration, whichever of the two tables it is added to, and, for `desk`, reading: its whole purpose is reads that span
 * stages.
 */
export function trespasses(files: readonly SourceFile[]): readonly Trespass[] {
  const owners = tableOwners(files);
  return files.flatMap(({ path, text }) => {
    const stage = stageOf(path);
    const code = withoutForeignKeys(path, withoutComments(text));
    const used = stage === 'desk' ? writtenTables(code) : new Set([...readTables(code), ...writtenTables(code)]);
    return [...used].flatMap((table) => {
      const owner = owners.get(table);
      return owner === undefined || owner === stage ? [] : [{ path, table, owner }];
    });
  });
}

const name = String.raw`["\x60']?([a-z][a-z0-9_]*)`;
const readingSql = new RegExp(String.raw`\b(?:from|join)\s+(?:only\s+|lateral\s+)?${name}`, 'gi');
const writingSql = new RegExp(
  String.raw`\b(?:insert\s+into|update|delete\s+from|truncate(?:\s+table)?|alter\s+table)\s+(?:only\s+)?${name}`,
  'gi',
);
const readingCall =
  /\.(?:selectFrom|(?:inner|left|right|full|cross)(?:Lateral)?Join|using|from)\(\s*\[?['"]([a-z][a-z0-9_]*)/g;
const writingCall = /\.(?:insertInto|updateTable|deleteFrom|mergeInto)\(\s*['"]([a-z][a-z0-9_]*)/g;

function readTables(code: string): ReadonlySet<string> {
  return namesIn(code, readingSql, readingCall);
}

function writtenTables(code: string): ReadonlySet<string> {
  return namesIn(code, writingSql, writingCall);
}

function namesIn(code: string, ...patterns: readonly RegExp[]): ReadonlySet<string> {
  return new Set(patterns.flatMap((pattern) => [...code.matchAll(pattern)].map(([, table = '']) => table)));
}

/** `src/ledger/journal.store.ts` → `ledger`; a file at the root of `src` is a stage of its own. */
function stageOf(path: string): string {
  return path.split('/')[1] ?? path;
}

function withoutForeignKeys(path: string, code: string): string {
  if (!path.endsWith('.migration.ts')) return code;
  return code.replace(/alter\s+table\s+\w+\s+add\s+(constraint\s+\w+\s+)?foreign\s+key/gi, '');
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');
}
