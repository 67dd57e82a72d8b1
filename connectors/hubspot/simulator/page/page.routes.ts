import { z } from 'zod';
import type { Markup } from '../../../simulator/html.js';
import { html } from '../../../simulator/html.js';
import { layout } from '../../../simulator/layout.js';
import { ApiFault, objectNotFound } from '../account/api-fault.js';
import { deals } from '../account/object-type.js';
import type { CrmRecord } from '../account/record.js';
import type { Controls } from '../control/controls.js';
import type { WireReply } from '../wire/error-reply.js';
import { dealList } from './deal-list.html.js';
import { dealView } from './deal-view.html.js';

/** The pages a person uses; `null` for a path that is none of them. */
export type PageServer = (method: string, url: URL, body: unknown) => WireReply | null;

const form = z.record(z.string(), z.string()).catch({});
const asHtml = 'text/html; charset=utf-8';

function see(location: string, note: string): WireReply {
  const separator = location.includes('?') ? '&' : '?';
  return {
    status: 303,
    headers: { Location: `${location}${separator}note=${encodeURIComponent(note)}` },
    body: '',
    contentType: null,
  };
}

export function createPageServer({ account, person, webhooks }: Controls): PageServer {
  const ways = html`<a href="/">All deals</a>
    <span class="quiet">Simulated HubSpot, account ${account.portalId}</span>`;
  const page = (status: number, title: string, note: string | null, content: Markup): WireReply => ({
    status,
    body: layout(title, ways, note, content),
    contentType: asHtml,
  });
  const listPage = (url: URL, status = 200, note = url.searchParams.get('note')): WireReply =>
    page(status, 'Deals', note, dealList(account, Number(url.searchParams.get('page') ?? 1), webhooks.counts()));
  const dealPage = (deal: CrmRecord, status: number, note: string | null): WireReply =>
    page(status, deal.values.dealname ?? `Deal ${deal.id}`, note, dealView(account, deal));
  const find = (id: string): CrmRecord => {
    const deal = account.records.resolve(deals, id);
    if (deal === undefined) throw objectNotFound([id]);
    return deal;
  };
  const act = (deal: CrmRecord, what: string, fields: Readonly<Record<string, string>>): WireReply => {
    const { returnTo, otherId = '', ...properties } = fields;
    const here = `/deals/${deal.id}`;
    switch (what) {
      case 'change':
        person.updateRecord('deals', deal.id, properties);
        // Only paths of this page: what came from the form must not lead elsewhere.
        return see(returnTo?.startsWith('/?page=') === true ? returnTo : here, 'Saved.');
      case 'archive':
        person.archiveRecord('deals', deal.id);
        return see(here, 'Deleted.');
      case 'restore':
        person.restoreRecord('deals', deal.id);
        return see(here, 'Restored.');
      case 'merge':
        return see(`/deals/${person.mergeRecords('deals', deal.id, otherId)}`, 'Merged into a new deal.');
      default:
        throw objectNotFound([what]);
    }
  };
  return (method, url, body) => {
    if (method === 'GET' && url.pathname === '/') return listPage(url);
    const [, id, what = 'change'] = /^\/deals\/(\d+)(?:\/(archive|restore|merge))?$/.exec(url.pathname) ?? [];
    if (id === undefined) return null;
    const deal = account.records.resolve(deals, id);
    try {
      if (method === 'GET') return dealPage(find(id), 200, url.searchParams.get('note'));
      return method === 'POST' ? act(find(id), what, form.parse(body)) : null;
    } catch (error) {
      if (!(error instanceof ApiFault)) throw error;
      return deal === undefined
        ? listPage(url, error.status, error.message)
        : dealPage(deal, error.status, error.message);
    }
  };
}
