import type { Account } from '../account/account.js';
import type { ObjectType } from '../account/object-type.js';
import { companies, contacts } from '../account/object-type.js';
import type { CrmRecord, HistoryEntry } from '../account/record.js';
import { amountForm, lifecycleForms, stageForm, stageTag } from './deal-form.html.js';
import type { Markup } from '../../../simulator/html.js';
import { html } from '../../../simulator/html.js';

const historyShown = 60;

function isOurs(name: string): boolean {
  return name.startsWith('introducer_');
}

function ourProperties(deal: CrmRecord): Markup {
  const ours = Object.entries(deal.values).filter(([name]) => isOurs(name));
  if (ours.length === 0) return html`<p>No partner is known for this deal.</p>`;
  return html`<dl>
    ${ours.map(
      ([name, value]) =>
        html`<dt>${name}</dt>
          <dd>${value}</dd>`,
    )}
  </dl>`;
}

function describe(type: ObjectType, record: CrmRecord | undefined): string {
  if (record === undefined) return 'not there any more';
  const { firstname, lastname, email, name, domain } = record.values;
  const parts = type === contacts ? [firstname, lastname, email] : [name, domain];
  return parts.filter((each) => each !== undefined).join(' ');
}

function tied(account: Account, deal: CrmRecord, type: ObjectType): Markup {
  const ties = account.associations.ties(deal, type);
  if (ties.length === 0) return html`<p>None.</p>`;
  const items = ties.map(({ toId, types }) => {
    const labels = types.flatMap(({ label }) => (label === null ? [] : [label]));
    const text = describe(type, account.records.find(type, toId));
    return html`<li>${text} <span class="quiet">${toId} ${labels.join(', ')}</span></li>`;
  });
  return html`<ul>
    ${items}
  </ul>`;
}

function historyTable(deal: CrmRecord): Markup {
  const entries: (HistoryEntry & { readonly name: string })[] = [...deal.history]
    .filter(([name]) => !name.startsWith('hs_') || name === 'hs_is_closed_won')
    .flatMap(([name, versions]) => versions.map((version) => ({ ...version, name })))
    .sort((a, b) => (a.timestamp < b.timestamp ? 1 : -1));
  const rows = entries.slice(0, historyShown).map(
    (entry) =>
      html`<tr>
        <td>${entry.timestamp}</td>
        <td>${entry.name}</td>
        <td>${entry.value === '' ? '(cleared)' : entry.value}</td>
        <td>${entry.sourceType} <span class="quiet">${entry.sourceId}</span></td>
      </tr>`,
  );
  return html`<div class="wide">
    <table>
      <thead>
        <tr>
          <th scope="col">When</th>
          <th scope="col">Property</th>
          <th scope="col">Value</th>
          <th scope="col">Who</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}

/** One deal: what can be done with it, what we wrote on it, who belongs to it and what happened. */
export function dealView(account: Account, deal: CrmRecord): Markup {
  const { amount, deal_currency_code: currency } = deal.values;
  const here = `/deals/${deal.id}`;
  const all = Object.entries(deal.values).map(
    ([name, value]) =>
      html`<dt>${name}</dt>
        <dd>${value}</dd>`,
  );
  const acts =
    deal.archivedAt === null
      ? html`${stageForm(account, deal, here)}${amountForm(account, deal)}`
      : html`<p class="note">This deal is deleted.</p>`;
  return html`<p>
      ${stageTag(account, deal.values.dealstage)} ${amount ?? 'no amount'}
      ${amount === undefined ? null : (currency ?? account.homeCurrency)} <span class="quiet">Deal ${deal.id}</span>
    </p>
    <section aria-label="What can be done">${acts}<br />${lifecycleForms(deal)}</section>
    <h2>Partner</h2>
    ${ourProperties(deal)}
    <h2>Contacts</h2>
    ${tied(account, deal, contacts)}
    <h2>Companies</h2>
    ${tied(account, deal, companies)}
    <h2>History</h2>
    ${historyTable(deal)}
    <details>
      <summary>All properties</summary>
      <dl>${all}</dl>
    </details>`;
}
