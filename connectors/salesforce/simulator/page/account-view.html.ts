import type { Org } from '../org/org.js';
import type { OrgRecord } from '../org/record-store.js';
import type { Markup } from '../../../simulator/html.js';
import { html } from '../../../simulator/html.js';
import { lifecycleForm, linkTo, recordEnd } from './record-parts.html.js';

function related(org: Org, account: OrgRecord, entity: string): Markup {
  const records = org.records.byValue(entity, 'AccountId', account.id);
  if (records.length === 0) return html`<p>None.</p>`;
  return html`<ul>
    ${records.map(({ id }) => html`<li>${linkTo(org, id)}</li>`)}
  </ul>`;
}

/** One account or contact, with what belongs to it. */
export function accountView(org: Org, record: OrgRecord): Markup {
  const below =
    record.entity === 'Account'
      ? html`<h2>Contacts</h2>
          ${related(org, record, 'Contact')}
          <h2>Opportunities</h2>
          ${related(org, record, 'Opportunity')}`
      : html`<p>At ${linkTo(org, record.values.AccountId) ?? 'no account'}</p>`;
  return html`<p><span class="quiet">${record.entity} ${record.id}</span></p>
    <section aria-label="What can be done">${lifecycleForm(org, record)}</section>
    ${below} ${recordEnd(record)}`;
}
