import { useState } from 'react';
import { newIdempotencyKey } from '../api/call.js';
import type { TypedLead } from './lead-fields.js';

interface Draft {
  readonly typed: TypedLead;
  readonly attested: boolean;
  /** Of this very content: sent again after a lost connection, it registers once. */
  readonly idempotencyKey: string;
}

/** What is typed outlives a lost connection, a session that ends and a page that is loaded again, until the tab is closed. */
export function useLeadDraft(partnerId: string, currency: string | null) {
  const storedUnder = `introducer-lead-${partnerId}`;
  const [draft, setDraft] = useState<Draft>(() => stored(storedUnder) ?? emptyDraft(currency));
  const keep = (next: Draft) => {
    sessionStorage.setItem(storedUnder, JSON.stringify(next));
    setDraft(next);
  };
  return {
    draft,
    type: (name: string, value: string) =>
      keep({ ...draft, typed: { ...draft.typed, [name]: value }, idempotencyKey: newIdempotencyKey() }),
    attest: (attested: boolean) => keep({ ...draft, attested, idempotencyKey: newIdempotencyKey() }),
    clear: () => {
      sessionStorage.removeItem(storedUnder);
      setDraft(emptyDraft(currency));
    },
  };
}

function emptyDraft(currency: string | null): Draft {
  const typed: TypedLead = currency === null ? {} : { 'deal.currency': currency };
  return { typed, attested: false, idempotencyKey: newIdempotencyKey() };
}

function stored(storedUnder: string): Draft | null {
  const text = sessionStorage.getItem(storedUnder);
  if (text === null) return null;
  try {
    const draft: unknown = JSON.parse(text);
    return isDraft(draft) ? draft : null;
  } catch {
    return null;
  }
}

function isDraft(value: unknown): value is Draft {
  if (typeof value !== 'object' || value === null) return false;
  const hasTexts = 'typed' in value && typeof value.typed === 'object' && value.typed !== null;
  return (
    hasTexts && Object.values(value.typed ?? {}).every((text) => typeof text === 'string') && 'idempotencyKey' in value
  );
}
