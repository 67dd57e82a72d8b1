import type { Transaction } from './transaction.js';
import type { View } from './view.js';

/** How a save is done. */
export interface WriteContext {
  readonly tx: Transaction;
  /** What the writer can see and edit. */
  readonly view: View;
  /** The org itself or its administrator writes: fields nobody else may write are open. */
  readonly privileged: boolean;
  /** Save although an alert rule finds duplicates. */
  readonly allowDuplicates: boolean;
  /** Show the duplicates that were found with all their fields. */
  readonly duplicateDetails: boolean;
  /** Let assignment rules choose the owner of a new lead. */
  readonly autoAssign: boolean;
}
