import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call, newIdempotencyKey } from '../api/call.js';
import type { Registration } from '../api/shapes.js';
import { useErrorWords } from '../parts/fault.js';

export type BulkAct = 'approve' | 'return' | 'reject' | 'assign';

/** A registration that was not answered, and why. */
export interface Failed {
  readonly registration: Registration;
  readonly words: string;
}

interface Typed {
  readonly reason: string;
  readonly code: string;
}

/** Does the same to many registrations, one after the other, whatever becomes of the others. */
export function useBulk() {
  const client = useQueryClient();
  const errorWords = useErrorWords();
  const [done, setDone] = useState<number | null>(null);
  const run = async (act: BulkAct, chosen: readonly Registration[], typed: Typed): Promise<readonly Failed[]> => {
    const failed: Failed[] = [];
    for (const [index, registration] of chosen.entries()) {
      setDone(index);
      try {
        await call(`/api/v1/registrations/${encodeURIComponent(registration.id)}/${act}`, {
          method: 'POST',
          body: bodyOf(act, typed),
          idempotencyKey: newIdempotencyKey(),
        });
      } catch (error) {
        failed.push({ registration, words: errorWords(error) });
      }
    }
    setDone(null);
    await client.invalidateQueries();
    return failed;
  };
  return { run, done };
}

function bodyOf(act: BulkAct, { reason, code }: Typed): object {
  switch (act) {
    case 'approve':
    case 'return':
      return { reason };
    case 'reject':
      return { reason, code };
    case 'assign':
      return { to: 'me' };
    default:
      return act satisfies never;
  }
}
