/** A text that is being written, kept in the browser until it was stored or thrown away. */
export interface Draft {
  readonly text: string;
  /** The version it began from; null for a new plan. */
  readonly base: string | null;
}

/** Where a browser keeps it. */
export interface Keeper {
  getItem(name: string): string | null;
  setItem(name: string, value: string): void;
  removeItem(name: string): void;
}

const prefix = 'introducer-draft:';

export function keptDraft(name: string, storage: Pick<Keeper, 'getItem'>): Draft | null {
  try {
    const value: unknown = JSON.parse(storage.getItem(prefix + name) ?? 'null');
    return isDraft(value) ? value : null;
  } catch {
    // Something else wrote there, or the browser keeps nothing: then there is none.
    return null;
  }
}

/** Whether it is kept; a browser may refuse. */
export function keepDraft(name: string, draft: Draft, storage: Pick<Keeper, 'setItem'>): boolean {
  try {
    storage.setItem(prefix + name, JSON.stringify(draft));
    return true;
  } catch {
    return false;
  }
}

export function dropDraft(name: string, storage: Pick<Keeper, 'removeItem'>): void {
  storage.removeItem(prefix + name);
}

function isDraft(value: unknown): value is Draft {
  if (typeof value !== 'object' || value === null || !('text' in value) || !('base' in value)) return false;
  return typeof value.text === 'string' && (value.base === null || typeof value.base === 'string');
}
