import type { Org } from '../org/org.js';
import { stagesOf } from '../org/picklists.js';
import type { OrgRecord } from '../org/record-store.js';
import type { Markup } from '../../../simulator/html.js';
import { html } from '../../../simulator/html.js';

const pageSize = 50;

const columns: Readonly<Record<string, readonly string[]>> = {
  Opportunity: ['StageName', 'Amount', 'CloseDate'],
  Lead: ['Company', 'Email', 'Status'],
  Account: ['Website', 'Phone', 'BillingCountry'],
};

/** A select of the open org's stages, the record's own chosen. */
export function stageForm(org: Org, opportunity: OrgRecord): Markup {
  const options = stagesOf(org).map(({ id, values }) => {
    const selected: Markup = { markup: values.ApiName === opportunity.values.StageName ? ' selected' : '' };
    return html`<option value="${id}" ${selected}>${String(values.MasterLabel)}</option>`;
  });
  const label = `Stage of ${String(opportunity.values.Name)}`;
  return html`<form method="post" action="/records/${opportunity.id}/stage">
    <select name="stageId" aria-label="${label}">
      ${options}
    </select>
    <button>Move</button>
  </form>`;
}

function tags({ values, deletedBy }: OrgRecord): Markup {
  const won = values.IsWon === true ? html`<span class="tag won">won</span>` : null;
  const lost = values.IsClosed === true && values.IsWon !== true ? html`<span class="tag lost">lost</span>` : null;
  const converted = values.IsConverted === true ? html`<span class="tag">converted</span>` : null;
  const deleted = deletedBy === null ? null : html`<span class="tag">deleted</span>`;
  return html`${won}${lost}${converted}${deleted}`;
}

function row(org: Org, record: OrgRecord, names: readonly string[]): Markup {
  const cells = names.map((name) => html`<td>${String(record.values[name] ?? '')}</td>`);
  const acts = record.entity === 'Opportunity' && record.deletedBy === null ? stageForm(org, record) : null;
  return html`<tr>
    <th scope="row"><a href="/records/${record.id}">${String(record.values.Name)}</a> ${tags(record)}</th>
    ${cells}
    <td>${acts}</td>
  </tr>`;
}

/** All records of an object, the newest first, the deleted ones marked. @param number of the page, from 1. */
export function recordList(org: Org, entity: string, path: string, number: number): Markup {
  const records = [...org.records.all(entity)].reverse();
  const names = columns[entity] ?? [];
  const pages = Math.max(1, Math.ceil(records.length / pageSize));
  const current = Math.min(Math.max(1, Math.trunc(number) || 1), pages);
  const rows = records.slice((current - 1) * pageSize, current * pageSize).map((record) => row(org, record, names));
  const link = (to: number, text: string): Markup | null =>
    to < 1 || to > pages ? null : html`<a href="${path}?page=${to}">${text}</a>`;
  if (records.length === 0) return html`<p>None yet.</p>`;
  return html`<div class="wide">
      <table>
        <thead>
          <tr>
            <th scope="col">Name</th>
            ${names.map((name) => html`<th scope="col">${name}</th>`)}
            <th scope="col">Act</th>
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>
    <p>Page ${current} of ${pages} ${link(current - 1, 'Newer')} ${link(current + 1, 'Older')}</p>`;
}
