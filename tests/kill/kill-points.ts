import type { CrmWrite } from '../support/crm-writes.js';
import { crmWrites } from '../support/crm-writes.js';
import type { KillOrder } from './kill-order.js';

/** A moment on the road from the form to the credited commission at which the process is killed. */
export type KillPoint =
  | { readonly name: string; readonly kind: 'crm'; readonly write: CrmWrite; readonly when: 'before' | 'after' }
  | { readonly name: string; readonly kind: 'sql'; readonly order: KillOrder };

/** Statements that matter, in the order of the road. */
const statements: Readonly<Record<string, string>> = {
  'the registration is stored': 'insert into "registrations"',
  'the conflict check is noted': 'update "registrations" set "crm_check"',
  'the approval is stored': 'update "registrations" set "status"',
  'the push is claimed': 'with free as .* claimed as',
  'the CRM link is opened': 'insert into "crm_links"',
  'the contact is noted': 'update "crm_links" set "crm_contact_id"',
  'the company is claimed': 'update "crm_companies" set "anchors"',
  'the company is settled': 'update "crm_companies" set "leased_by"',
  'the start of the deal is noted': 'update "crm_links" set "deal_started_at"',
  'the deal is noted': 'update "crm_links" set "deal_id"',
  'the webhook is recorded': 'insert into pending_deals \\([^)]*stage_hint\\)',
  'the pending deal is claimed': 'update pending_deals set lease_until',
  'the revision of the deal is stored': 'insert into "?deal_revisions',
  'the pending deal is completed': 'insert into pending_deals \\([^)]*read_at\\)',
  'the journal entry is booked': 'insert into journal_entries',
  'the commission line is stored': 'insert into commission_lines',
  'the work is completed': 'with settled as .* removed as',
  'the rep view is noted': 'insert into "rep_views"',
};

/** Before and after each write to the CRM, as the CRM sees it. */
export const crmPoints: readonly KillPoint[] = crmWrites.flatMap((write) =>
  (['before', 'after'] as const).map((when) => ({ name: `${when} writing the ${write}`, kind: 'crm', write, when })),
);

/** As each statement has run, and a moment later, when its transaction is over. */
export const sqlPoints: readonly KillPoint[] = Object.entries(statements).flatMap(([what, pattern]) => [
  { name: `when ${what}, not yet committed`, kind: 'sql', order: { at: pattern, when: 'ran', then: null } },
  { name: `right after ${what}`, kind: 'sql', order: { at: pattern, when: 'after', then: null } },
]);
