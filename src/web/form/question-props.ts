import type { Connection, ReadChoices } from '../api/shapes.js';
import type { DraftFaults, QuestionDraft } from './form-draft.js';

/** What is shown and done about one question. */
export interface QuestionCardProps {
  readonly draft: QuestionDraft;
  readonly index: number;
  readonly isLast: boolean;
  readonly connections: readonly Connection[];
  readonly read: readonly ReadChoices[];
  readonly found: DraftFaults;
  /** What the service found, by the names of its settings. */
  readonly faults: Readonly<Record<string, string>>;
  readonly isOpen: boolean;
  readonly onOpen: (open: boolean) => void;
  readonly onChange: (more: Partial<QuestionDraft>) => void;
  readonly onMove: (by: -1 | 1) => void;
  readonly onRemove: () => void;
}

/** What the service found at a part of a question. */
export type FaultOf = (path: string) => string | undefined;
