import type { Account } from '../account/account.js';
import { deals } from '../account/object-type.js';
import type { CrmRecord } from '../account/record.js';
import type { WebhookCounts } from '../webhooks/webhook-sender.js';
import { stageForm, stageTag } from './deal-form.html.js';
import type { Markup } from '../../../simulator/html.js';
import { html } from '../../../simulator/html.js';

const pageSize = 50;

const shownOfOurs = [
  ['introducer_partner', 'Partner'],
  ['introducer_status', 'Registration'],
  ['introducer_protected_until', 'Protected until'],
] as const;

function commission(deal: CrmRecord): string {
  const {
    introducer_commission: amount,
    introducer_commission_currency: currency,
    introducer_commission_status: status,
  } = deal.values;
  return [amount, currency, status].filter((each) => each !== undefined).join(' ');
}

function row(account: Account, deal: CrmRecord, returnTo: string): Markup {
  const { dealname, amount, deal_currency_code: currency, dealstage } = deal.values;
  return html`<tr>
    <th scope="row">
      <a href="/deals/${deal.id}">${dealname ?? 'Deal without a name'}</a><br /><span class="quiet">${deal.id}</span>
    </th>
    <td>
      ${stageTag(account, dealstage)}
      ${deal.archivedAt === null ? stageForm(account, deal, returnTo) : html`<span class="quiet">deleted</span>`}
    </td>
    <td class="number">${amount} ${amount === undefined ? null : (currency ?? account.homeCurrency)}</td>
    ${shownOfOurs.map(([name]) => html`<td>${deal.values[name]}</td>`)}
    <td>${commission(deal)}</td>
  </tr>`;
}

function pager(page: number, pages: number): Markup {
  const step = (to: number, text: string): Markup => html` <a href="/?page=${to}">${text}</a>`;
  return html`<p>
    Page ${page} of ${pages}${page > 1 ? step(page - 1, 'Newer') : null}${page < pages ? step(page + 1, 'Older') : null}
  </p>`;
}

/** All deals, newest first, each with a form to move it. */
export function dealList(account: Account, page: number, webhooks: WebhookCounts): Markup {
  const all = [...account.records.all(deals)].reverse();
  const pages = Math.max(1, Math.ceil(all.length / pageSize));
  const current = Math.min(Math.max(1, page), pages);
  const shown = all.slice((current - 1) * pageSize, current * pageSize);
  const { targetUrl } = account.settings.webhooks;
  const heads = ['Deal', 'Stage', 'Amount', ...shownOfOurs.map(([, label]) => label), 'Commission'];
  return html`<p class="quiet">
      ${all.length} deals. Webhooks go to ${targetUrl ?? 'nobody'}: ${webhooks.delivered} delivered, ${webhooks.waiting}
      waiting, ${webhooks.givenUp} given up.
    </p>
    <div class="wide">
      <table>
        <caption class="hidden">
          Deals
        </caption>
        <thead>
          <tr>
            ${heads.map((head) => html`<th scope="col">${head}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${shown.map((deal) => row(account, deal, `/?page=${current}`))}
        </tbody>
      </table>
    </div>
    ${all.length === 0 ? html`<p>There are no deals yet.</p>` : pager(current, pages)}`;
}
