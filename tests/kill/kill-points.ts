import type { KillOrder } from './kill-order.js';

/** A moment on a road at which the process is killed. It is not waited for before the road has come to the section `from`. */
export type KillPoint = { readonly name: string; readonly from: string } & (
  | { readonly kind: 'crm'; readonly write: string; readonly when: 'before' | 'after' }
  | { readonly kind: 'sql'; readonly order: KillOrder }
);

/** Before and after each of these writes to the CRM, as the CRM sees it. */
export function aroundWrites(from: string, writes: readonly string[]): readonly KillPoint[] {
  return writes.flatMap((write) =>
    (['before', 'after'] as const).map((when) => ({
      name: `${when} writing the ${write}`,
      from,
      kind: 'crm' as const,
      write,
      when,
    })),
  );
}

/** As each of these statements has run, and a moment later, when its transaction is over. Name → pattern of the statement. */
export function aroundStatements(from: string, statements: Readonly<Record<string, string>>): readonly KillPoint[] {
  return Object.entries(statements).flatMap(([what, pattern]) => [
    {
      name: `when ${what}, not yet committed`,
      from,
      kind: 'sql',
      order: { at: pattern, when: 'ran', then: null },
    },
    { name: `right after ${what}`, from, kind: 'sql', order: { at: pattern, when: 'after', then: null } },
  ]);
}

/** From the form to the approved registration, whatever the CRM. */
export const registrationStatements = {
  'the registration is stored': 'insert into "registrations"',
  'the conflict check is noted': 'update "registrations" set "crm_check"',
  'the approval is stored': 'update "registrations" set "status"',
  'the push is claimed': 'with free as .* claimed as',
  'the CRM link is opened': 'insert into "crm_links"',
};

/** From a win that was noticed to the commission the rep sees, whatever the CRM. */
export const winStatements = {
  'the pending deal is claimed': 'update pending_deals set lease_until',
  'the revision of the deal is stored': 'insert into "?deal_revisions',
  'the pending deal is completed': 'insert into pending_deals \\([^)]*read_at\\)',
  'the journal entry is booked': 'insert into journal_entries',
  'the commission line is stored': 'insert into commission_lines',
  'the work is completed': 'with settled as .* removed as',
  'the rep view is noted': 'insert into rep_views',
};
