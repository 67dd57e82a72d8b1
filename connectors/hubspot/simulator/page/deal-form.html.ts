import type { Account } from '../account/account.js';
import type { CrmRecord } from '../account/record.js';
import { outcomeOf } from '../account/pipeline-catalogue.js';
import type { Markup } from '../../../simulator/html.js';
import { html } from '../../../simulator/html.js';

const selected: Markup = { markup: ' selected' };

/** Moves a deal; only the stages of its own pipeline can be chosen. */
export function stageForm(account: Account, deal: CrmRecord, returnTo: string): Markup {
  const stages = account.pipelines.find(deal.values.pipeline ?? '')?.stages ?? [];
  const options = stages.map(
    ({ id, label }) => html`<option value="${id}" ${id === deal.values.dealstage ? selected : null}>${label}</option>`,
  );
  return html`<form method="post" action="/deals/${deal.id}">
    <input type="hidden" name="returnTo" value="${returnTo}" />
    <select name="dealstage" aria-label="Stage of ${deal.values.dealname ?? deal.id}">
      ${options}
    </select>
    <button>Move</button>
  </form>`;
}

export function amountForm(account: Account, deal: CrmRecord): Markup {
  const current = deal.values.deal_currency_code ?? account.homeCurrency;
  const currencies = Object.keys(account.currencies).map(
    (code) => html`<option${code === current ? selected : null}>${code}</option>`,
  );
  return html`<form method="post" action="/deals/${deal.id}">
    <label>Amount <input name="amount" inputmode="decimal" size="12" value="${deal.values.amount ?? ''}" /></label>
    <label
      >Currency
      <select name="deal_currency_code">
        ${currencies}
      </select></label
    >
    <button>Change amount</button>
  </form>`;
}

export function lifecycleForms(deal: CrmRecord): Markup {
  if (deal.archivedAt !== null) {
    return html`<form method="post" action="/deals/${deal.id}/restore"><button>Restore</button></form>`;
  }
  return html`<form method="post" action="/deals/${deal.id}/archive"><button>Delete (can be restored)</button></form>
    <form method="post" action="/deals/${deal.id}/merge">
      <label>Other deal's id <input name="otherId" required inputmode="numeric" size="14" /></label>
      <button>Merge into this deal</button>
    </form>`;
}

/** A stage in the colour of its outcome. */
export function stageTag(account: Account, stageId: string | undefined): Markup {
  const stage = account.pipelines.findStage(stageId ?? '')?.stage;
  return html`<span class="tag ${stage === undefined ? '' : outcomeOf(stage)}"
    >${stage?.label ?? stageId ?? 'none'}</span
  >`;
}
