import { z } from 'zod';
import { CrmFailure } from '../contract.js';
import type { Call } from './org-access.js';
import { rowShape, textOf } from './row-values.js';

/** Objects whose changes make the stream worth listening to. */
export const capturedObjects = ['Lead', 'Opportunity'] as const;

const operation = 'read what is captured';
const memberRows = z.object({ records: z.array(rowShape) });

/**
 * Of which of these objects the organisation tells changes on its standard channel (Change Data Capture); `null` when our user may not
 * know. @throws the failures of a call that waiting can cure
 */
export async function readCapturedObjects(call: Call): Promise<readonly string[] | null> {
  const q = "SELECT Id, SelectedEntity FROM PlatformEventChannelMember WHERE EventChannel = 'ChangeEvents'";
  try {
    const { records } = await call({ operation, method: 'GET', path: '/tooling/query', query: { q } }, memberRows);
    const selected = new Set(records.map((row) => textOf(row, 'SelectedEntity')));
    return capturedObjects.filter((name) => selected.has(`${name}ChangeEvent`));
  } catch (error) {
    // Looking into the setup is a right of its own, which nothing else of ours needs.
    if (error instanceof CrmFailure && !error.retryable) return null;
    throw error;
  }
}
