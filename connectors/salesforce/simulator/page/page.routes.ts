import { z } from 'zod';
import { stageNamed } from '../org/picklists.js';
import type { Controls } from '../control/controls.js';
import { OrgFault, notFound } from '../org/org-fault.js';
import type { OrgRecord } from '../org/record-store.js';
import type { WireReply } from '../wire/reply.js';
import { accountView } from './account-view.html.js';
import { leadView } from './lead-view.html.js';
import { layout } from '../../../simulator/layout.js';
import type { Markup } from '../../../simulator/html.js';
import { html } from '../../../simulator/html.js';
import { opportunityView } from './opportunity-view.html.js';
import { recordList } from './record-list.html.js';

/** The pages a person uses; `null` for a path that is none of them. */
export type PageServer = (method: string, url: URL, body: unknown) => WireReply | null;

type Fields = Readonly<Record<string, string>>;

const form = z.record(z.string(), z.string()).catch({});
const asHtml = 'text/html; charset=utf-8';
const lists: Readonly<Record<string, string>> = { '/': 'Opportunity', '/leads': 'Lead', '/accounts': 'Account' };
const titles: Readonly<Record<string, string>> = { Opportunity: 'Opportunities', Lead: 'Leads', Account: 'Accounts' };

function see(id: string, note: string): WireReply {
  return { status: 303, headers: { Location: `/records/${id}?note=${encodeURIComponent(note)}` }, body: '' };
}

/** A field left empty says nothing. */
function given(fields: Fields, name: string): string | undefined {
  const value = fields[name] ?? '';
  return value === '' ? undefined : value;
}

function act(controls: Controls, record: OrgRecord, what: string, fields: Fields): WireReply {
  const { person, org } = controls;
  switch (what) {
    case 'change':
      person.update(record.id, fields);
      return see(record.id, 'Saved.');
    case 'stage': {
      // By id, so that a stage's name may hold anything.
      const stage = org.records.find(fields.stageId ?? '') ?? stageNamed(org, fields.StageName);
      person.update(record.id, { StageName: stage?.values.ApiName ?? null });
      return see(record.id, `Moved to ${String(stage?.values.MasterLabel)}.`);
    }
    case 'convert': {
      const opportunity = fields.opportunity ?? 'new';
      const { accountId, opportunityId } = person.convertLead({
        leadId: record.id,
        accountId: given(fields, 'accountId'),
        contactId: given(fields, 'contactId'),
        opportunityName: opportunity === 'new' ? given(fields, 'opportunityName') : undefined,
        opportunityId: opportunity === 'new' || opportunity === 'none' ? undefined : opportunity,
        doNotCreateOpportunity: opportunity === 'none',
        ownerId: given(fields, 'ownerId'),
      });
      return see(opportunityId ?? accountId, 'Converted.');
    }
    case 'merge':
      return see(person.merge(record.id, [fields.loserId ?? '']).id, 'Merged.');
    case 'delete':
      person.delete(record.id);
      return see(record.id, 'Deleted.');
    case 'undelete':
      person.undelete(record.id);
      return see(record.id, 'Brought back.');
    default:
      throw notFound();
  }
}

function viewOf({ org }: Controls, record: OrgRecord): Markup {
  if (record.entity === 'Lead') return leadView(org, record);
  return record.entity === 'Opportunity' ? opportunityView(org, record) : accountView(org, record);
}

const shown = ['Lead', 'Opportunity', 'Account', 'Contact'];

/** Lists at `/`, `/leads` and `/accounts`, one record at `/records/{id}`, and what can be done with it below that. */
export function createPageServer(controls: Controls): PageServer {
  const { org } = controls;
  const orgName = String(org.records.find(org.id)?.values.Name);
  const ways = html`<nav><a href="/">Opportunities</a> <a href="/leads">Leads</a> <a href="/accounts">Accounts</a></nav>
    <span class="quiet">Simulated Salesforce, ${orgName}</span>`;
  const page = (status: number, title: string, note: string | null, content: Markup): WireReply => ({
    status,
    body: layout(title, ways, note, content),
    contentType: asHtml,
  });
  const listPage = (path: string, url: URL, status = 200, note = url.searchParams.get('note')): WireReply => {
    const entity = lists[path] ?? 'Opportunity';
    const number = Number(url.searchParams.get('page') ?? 1);
    return page(status, titles[entity] ?? entity, note, recordList(org, entity, path, number));
  };
  const recordPage = (record: OrgRecord, status: number, note: string | null): WireReply =>
    page(status, String(record.values.Name), note, viewOf(controls, record));
  return (method, url, body) => {
    if (method === 'GET' && url.pathname in lists) return listPage(url.pathname, url);
    const [, id, what = 'change'] = /^\/records\/(\w+)(?:\/(\w+))?$/.exec(url.pathname) ?? [];
    if (id === undefined) return null;
    const record = org.records.find(id);
    if (record === undefined || !shown.includes(record.entity))
      return listPage('/', url, 404, 'There is no such record.');
    if (method === 'GET') return recordPage(record, 200, url.searchParams.get('note'));
    if (method !== 'POST') return null;
    try {
      return act(controls, record, what, form.parse(body));
    } catch (error) {
      if (!(error instanceof OrgFault)) throw error;
      return recordPage(record, error.status, error.message);
    }
  };
}
