import type { Org } from '../org/org.js';
import type { OrgRecord } from '../org/record-store.js';
import type { Markup } from '../../../simulator/html.js';
import { html } from '../../../simulator/html.js';
import { changeForm, lifecycleForm, linkTo, liveRecords, options, recordEnd } from './record-parts.html.js';

/** Into a new or existing account and contact, and a new, an existing or no opportunity. */
function convertForm(org: Org, lead: OrgRecord): Markup {
  const isQueued = String(lead.values.OwnerId).startsWith('00G');
  const owner = isQueued
    ? html`<label
        >Owner
        <select name="ownerId">
          ${options(liveRecords(org, 'User'))}
        </select></label
      >`
    : null;
  return html`<form method="post" action="/records/${lead.id}/convert">
    <label
      >Account
      <select name="accountId">
        <option value="">New account</option>
        ${options(liveRecords(org, 'Account'))}
      </select></label
    >
    <label
      >Contact
      <select name="contactId">
        <option value="">New contact</option>
        ${options(liveRecords(org, 'Contact'))}
      </select></label
    >
    <label
      >Opportunity
      <select name="opportunity">
        <option value="new">New opportunity</option>
        <option value="none">No opportunity</option>
        ${options(liveRecords(org, 'Opportunity'))}
      </select></label
    >
    <label>Its name, if new <input name="opportunityName" /></label>
    ${owner}
    <button>Convert</button>
  </form>`;
}

function mergeForm(org: Org, lead: OrgRecord): Markup | null {
  const others = liveRecords(org, 'Lead').filter(({ id, values }) => id !== lead.id && values.IsConverted !== true);
  if (others.length === 0) return null;
  return html`<form method="post" action="/records/${lead.id}/merge">
    <label
      >Merge into this one
      <select name="loserId">
        ${options(others)}
      </select></label
    >
    <button>Merge</button>
  </form>`;
}

function outcome(org: Org, { values }: OrgRecord): Markup {
  const { ConvertedAccountId: account, ConvertedContactId: contact, ConvertedOpportunityId: opportunity } = values;
  return html`<p class="note">
    Converted on ${String(values.ConvertedDate)} into ${linkTo(org, account)}, ${linkTo(org, contact)} and
    ${linkTo(org, opportunity) ?? 'no opportunity'}.
  </p>`;
}

/** One lead: who it is, and its conversion, merge and deletion. */
export function leadView(org: Org, lead: OrgRecord): Markup {
  const { Company, Email, Status, IsConverted } = lead.values;
  const isOpen = lead.deletedBy === null && IsConverted !== true;
  const acts = isOpen
    ? html`${convertForm(org, lead)}<br />${mergeForm(org, lead)}${changeForm(lead, 'Email', 'E-mail')}`
    : null;
  return html`<p>
      <span class="tag">${String(Status)}</span> ${String(Company ?? 'no company')} ${String(Email ?? '')}
      <span class="quiet">Lead ${lead.id}</span>
    </p>
    ${IsConverted === true ? outcome(org, lead) : null}
    <section aria-label="What can be done">${acts}${lifecycleForm(org, lead)}</section>
    ${recordEnd(lead)}`;
}
