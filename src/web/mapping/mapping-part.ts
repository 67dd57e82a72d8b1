import type { Connection } from '../api/shapes.js';
import type { MappingDraft, RowFaults } from './mapping-draft.js';

/** What each part of the page works on. */
export interface MappingPart {
  readonly connection: Connection;
  readonly draft: MappingDraft;
  readonly rowFaults: RowFaults;
  /** What the service found, by the names of its settings. */
  readonly faults: Readonly<Record<string, string>>;
  readonly onChange: (part: Partial<MappingDraft>) => void;
}
