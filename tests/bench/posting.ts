import type { CommissionLine } from '../../src/crediting/commission-line.js';
import { insertLines } from '../../src/crediting/commission-line.store.js';
import type { Explanation } from '../../src/crediting/explanation.js';
import { buildEntry } from '../../src/ledger/entry.js';
import { appendEntries } from '../../src/ledger/journal.store.js';
import type { Currency } from '../../src/money/currency.js';
import { newId } from '../../src/platform/ids.js';
import type { UnitOfWork } from '../../src/platform/unit-of-work.js';
import type { Day } from '../../src/program/calendar.js';
import { writeBackWork } from '../../src/sync/rep-view-work.js';

/** Books one commission as crediting does: entry, two postings, line, and the work that tells the rep. */
export async function bookOne({ trx, now, enqueue }: UnitOfWork, partnerId: string): Promise<void> {
  const line = sampleLine(partnerId, now);
  const entry = buildEntry({
    id: line.entryId,
    kind: line.kind,
    idempotencyKey: `${line.key}#${line.ordinal}`,
    partnerId,
    dealId: line.dealId,
    occurredOn: line.earnedOn,
    memo: sampleMemo,
    amount: line,
  });
  await appendEntries(trx, [entry], now);
  await insertLines(trx, [line]);
  await enqueue([{ kind: writeBackWork, key: line.dealId ?? '' }]);
}

export const sampleMemo = 'commission by rule new-business of standard@1, line line_01kaqf5m8ve6rr0x5z0nyb3v6k';

function sampleLine(partnerId: string, bookedAt: Date): CommissionLine {
  const dealId = newId('deal');
  return {
    id: newId('line'),
    entryId: newId('jrn'),
    key: `${dealId}|${partnerId}|new-business|2026-03-02T10:00:00.000Z`,
    occasion: `${dealId}|2026-03-02T10:00:00.000Z`,
    ordinal: 1,
    partnerId,
    payee: 'partner',
    kind: 'commission',
    component: 'new-business',
    amountMinor: 12_000n,
    currency: 'EUR' as Currency,
    earnedOn: '2026-03-02' as Day,
    payableOn: '2026-04-01' as Day,
    dealId,
    dealRevision: 2,
    registrationId: 'reg_01kaqf5m8ve6rr0x5z0nyb3v6k',
    planVersionId: 'pvn_01kaqf5m8ve6rr0x5z0nyb3v6k',
    planVersion: 'standard@1',
    sourceLineId: null,
    explanation: sampleExplanation,
    inputsHash: 'f'.repeat(64),
    bookedAt,
  };
}

/** As long as a real one, as its length is what the database has to write. */
export const sampleExplanation: Explanation = {
  summary: '120.00 EUR commission of rule new-business, earned on 2026-03-02.',
  steps: ['credited', 'rule', 'base', 'rate', 'rounding', 'hold'].map((step) => ({
    step,
    sentence: 'A sentence about as long as the ones that explain the working of a line to the partner who reads it.',
    registrationId: 'reg_01kaqf5m8ve6rr0x5z0nyb3v6k',
    plan: 'standard@1',
    amount: '120.00',
    currency: 'EUR',
  })),
  inputs: {
    registration: { id: 'reg_01kaqf5m8ve6rr0x5z0nyb3v6k', approvedAt: '2026-02-01T10:00:00.000Z' },
    deal: { id: 'deal_01kaqf5m8ve6rr0x5z0nyb3v6k', amount: '1200.00', currency: 'EUR', revision: 2 },
    plan: { version: 'standard@1', pay: { percent: '10', of: 'amount' } },
  },
};
