import { useState } from 'react';
import { dropDraft, keepDraft, keptDraft, type Draft } from './draft.js';

export interface KeptDraft extends Draft {
  /** False where the browser refuses to. */
  readonly isKept: boolean;
  readonly isChanged: boolean;
  readonly write: (text: string) => void;
  /** It was stored or thrown away: it begins anew from what is stored. */
  readonly drop: () => void;
}

/** What somebody writes, which outlives the page; it begins from what is stored. */
export function useDraft(name: string, stored: Draft): KeptDraft {
  const [kept, setDraft] = useState<Draft | null>(() => keptDraft(name, localStorage));
  const [isKept, setKept] = useState(true);
  const draft = kept ?? stored;
  const drop = (): void => {
    dropDraft(name, localStorage);
    setDraft(null);
  };
  return {
    ...draft,
    isKept,
    isChanged: draft.text !== stored.text,
    write: (text) => {
      const next = { text, base: draft.base };
      setDraft(next);
      setKept(keepDraft(name, next, localStorage));
    },
    drop,
  };
}
