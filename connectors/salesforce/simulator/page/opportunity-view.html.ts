import type { Org } from '../org/org.js';
import type { OrgRecord } from '../org/record-store.js';
import type { Markup } from '../../../simulator/html.js';
import { html } from '../../../simulator/html.js';
import { stageForm } from './record-list.html.js';
import { changeForm, lifecycleForm, linkTo, recordEnd } from './record-parts.html.js';

function historyTable(org: Org, opportunity: OrgRecord): Markup {
  const rows = org.records.byValue('OpportunityHistory', 'OpportunityId', opportunity.id).map(
    ({ values }) =>
      html`<tr>
        <td>${String(values.CreatedDate)}</td>
        <td>${String(values.StageName)}</td>
        <td class="number">${String(values.Amount ?? '')}</td>
        <td>${String(values.CloseDate)}</td>
        <td>${String(org.records.find(String(values.CreatedById))?.values.Name ?? '')}</td>
      </tr>`,
  );
  const heads = ['When', 'Stage', 'Amount', 'Close date', 'Who'].map((head) => html`<th scope="col">${head}</th>`);
  return html`<div class="wide">
    <table>
      <thead>
        <tr>
          ${heads}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}

/** One opportunity: its stage, amount and dates, where it belongs and what happened. */
export function opportunityView(org: Org, opportunity: OrgRecord): Markup {
  const { StageName, Amount, CurrencyIsoCode, AccountId, CloseDate } = opportunity.values;
  const acts =
    opportunity.deletedBy === null
      ? html`${stageForm(org, opportunity)}${changeForm(opportunity, 'Amount', 'Amount')}${changeForm(
            opportunity,
            'CloseDate',
            'Close date',
          )}${changeForm(opportunity, 'Name', 'Name')}<br />`
      : null;
  return html`<p>
      <span class="tag">${String(StageName)}</span> ${Amount == null ? 'no amount' : String(Amount)}
      ${Amount == null ? null : String(CurrencyIsoCode)}, closes ${String(CloseDate)},
      ${linkTo(org, AccountId) ?? 'no account'} <span class="quiet">Opportunity ${opportunity.id}</span>
    </p>
    <section aria-label="What can be done">${acts}${lifecycleForm(org, opportunity)}</section>
    <h2>Stage history</h2>
    ${historyTable(org, opportunity)} ${recordEnd(opportunity)}`;
}
