import { readdir, readFile } from 'node:fs/promises';

/** What a person named: the name as it was written, and the whole path. */
export interface NamedFile {
  readonly name: string;
  readonly path: string;
}

/** A file or folder that a person named and that cannot be read. */
class UnreadableFile extends Error {
  constructor(name: string, found: string, expected: string, cause: unknown) {
    super(`${name} ${found}; expected ${expected}.`, { cause });
    this.name = 'UnreadableFile';
  }
}

const reasons: Partial<Record<string, string>> = {
  ENOENT: 'does not exist',
  ENOTDIR: 'is not in a folder',
  EACCES: 'may not be read by this user',
  EPERM: 'may not be read by this user',
  ENAMETOOLONG: 'is too long for a name',
};

/** The text of a file. @throws UnreadableFile in plain words */
export async function readNamedFile({ name, path }: NamedFile): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const found = codeOf(error) === 'EISDIR' ? 'is a folder' : reasonFor(error);
    throw new UnreadableFile(name, found, 'the name of a file', error);
  }
}

/** The names of everything in a folder and the folders in it. @throws UnreadableFile in plain words */
export async function readNamedFolder({ name, path }: NamedFile): Promise<readonly string[]> {
  try {
    return await readdir(path, { recursive: true });
  } catch (error) {
    const found = codeOf(error) === 'ENOTDIR' ? 'is not a folder' : reasonFor(error);
    throw new UnreadableFile(name, found, 'the name of a folder', error);
  }
}

/** In plain words where there are some, in those of the system otherwise. */
function reasonFor(error: unknown): string {
  return reasons[codeOf(error)] ?? `cannot be read (${codeOf(error)})`;
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : String(error);
}
