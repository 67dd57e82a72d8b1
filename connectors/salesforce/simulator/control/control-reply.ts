import { z } from 'zod';
import { OrgFault } from '../org/org-fault.js';
import type { WireReply } from '../wire/reply.js';
import { faultReply, restError } from '../wire/reply.js';

/** Runs one control. What the org refuses or the control cannot read is an answer, too. */
export async function controlReply(act: () => unknown): Promise<WireReply> {
  try {
    return { status: 200, body: (await act()) ?? {} };
  } catch (error) {
    if (error instanceof OrgFault) return faultReply(error);
    if (error instanceof z.ZodError) return restError(400, 'INVALID_INPUT', z.prettifyError(error));
    throw error;
  }
}
