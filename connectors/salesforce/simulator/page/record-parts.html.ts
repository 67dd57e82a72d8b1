import type { Org } from '../org/org.js';
import type { OrgRecord } from '../org/record-store.js';
import type { Markup } from '../../../simulator/html.js';
import { html } from '../../../simulator/html.js';

/** Live records of an object, by name. */
export function liveRecords(org: Org, entity: string): readonly OrgRecord[] {
  return org.records.all(entity).filter(({ deletedBy }) => deletedBy === null);
}

function nameOf(record: OrgRecord): string {
  return String(record.values.Name ?? record.id);
}

/** A record's name as a way to its page; nothing where there is none. */
export function linkTo(org: Org, id: unknown): Markup | null {
  const record = typeof id === 'string' ? org.records.find(id) : undefined;
  if (record === undefined) return null;
  const gone = record.deletedBy === null ? null : html` <span class="tag">deleted</span>`;
  return html`<a href="/records/${record.id}">${nameOf(record)}</a>${gone}`;
}

export function options(records: readonly OrgRecord[]): readonly Markup[] {
  return records.map((record) => html`<option value="${record.id}">${nameOf(record)}</option>`);
}

/** What was written on the record for the rep to see. */
function ourFields(record: OrgRecord): Markup | null {
  const ours = Object.entries(record.values).filter(([name, value]) => name.endsWith('__c') && value !== null);
  if (ours.length === 0) return html`<p>No partner is known for this record.</p>`;
  const rows = ours.map(
    ([name, value]) =>
      html`<dt>${name}</dt>
        <dd>${String(value)}</dd>`,
  );
  return html`<dl>${rows}</dl>`;
}

/** Deleting, bringing back, and why a merged record cannot come back. */
export function lifecycleForm(org: Org, record: OrgRecord): Markup {
  if (record.deletedBy === null) {
    return html`<form method="post" action="/records/${record.id}/delete"><button>Delete</button></form>`;
  }
  const master = linkTo(org, record.values.MasterRecordId);
  if (master !== null) return html`<p class="note">This record was merged into ${master}.</p>`;
  return html`<p class="note">This record is deleted.</p>
    <form method="post" action="/records/${record.id}/undelete"><button>Bring back</button></form>`;
}

/** One text field and its button. */
export function changeForm(record: OrgRecord, name: string, label: string): Markup {
  const value = record.values[name] ?? null;
  return html`<form method="post" action="/records/${record.id}">
    <label>${label} <input name="${name}" value="${value === null ? '' : String(value)}" /></label>
    <button>Save</button>
  </form>`;
}

/** The parts every record's page ends with. */
export function recordEnd(record: OrgRecord): Markup {
  const all = Object.entries(record.values)
    .filter(([, value]) => value !== null)
    .map(
      ([name, value]) =>
        html`<dt>${name}</dt>
          <dd>${String(value)}</dd>`,
    );
  return html`<h2>Partner</h2>
    ${ourFields(record)}
    <details>
      <summary>All fields</summary>
      <dl>${all}</dl>
    </details>`;
}
