import type { PersonalTable } from '../platform/personal-data.js';

/**
 * What crediting holds of contacts. The lines are part of the book and name nobody: their working is made from ids, rules and
 * numbers, and the reason of a decision by hand is refused where it holds an address (`manual-decision.api.ts`).
 */
export const creditingPersonalData: readonly PersonalTable[] = [
  {
    table: 'commission_lines',
    key: ['id'],
    about: ['registration_id'],
    leadsTo: 'id',
    columns: {
      id: 'nobody',
      entry_id: 'nobody',
      line_key: 'nobody',
      occasion: 'nobody',
      partner_id: 'nobody',
      payee: 'nobody',
      kind: 'nobody',
      component: 'nobody',
      currency: 'nobody',
      deal_id: 'nobody',
      registration_id: 'nobody',
      plan_version_id: 'nobody',
      plan_version: 'nobody',
      source_line_id: 'nobody',
      explanation: 'nobody',
      inputs_hash: 'nobody',
    },
  },
  {
    table: 'line_settlements',
    key: ['line_id', 'payout_id'],
    columns: { line_id: 'nobody', payout_id: 'nobody' },
  },
  {
    table: 'line_holds',
    key: ['line_id', 'placed_at'],
    about: ['line_id'],
    columns: { line_id: 'nobody', reason: 'words', placed_by: 'nobody', released_by: 'nobody' },
  },
  {
    table: 'deal_flags',
    key: ['deal_id', 'kind', 'about'],
    about: ['deal_id', 'about'],
    columns: { deal_id: 'nobody', kind: 'nobody', about: 'nobody', evidence: 'json' },
  },
  {
    table: 'customer_payments',
    key: ['id'],
    columns: {
      id: 'nobody',
      external_id: 'nobody',
      deal_id: 'nobody',
      registration_id: 'nobody',
      kind: 'nobody',
      currency: 'nobody',
      refund_of: 'nobody',
      recorded_by: 'nobody',
    },
  },
  {
    table: 'deal_supplements',
    key: ['deal_id', 'number'],
    about: ['deal_id'],
    columns: { deal_id: 'nobody', fields: 'facts', recorded_by: 'nobody' },
  },
  {
    table: 'manual_decisions',
    key: ['id'],
    about: ['deal_id'],
    columns: {
      id: 'nobody',
      kind: 'nobody',
      partner_id: 'nobody',
      deal_id: 'nobody',
      rule: 'nobody',
      currency: 'nobody',
      // Part of the working of its line, and as little to be changed.
      reason: 'nobody',
      author: 'nobody',
    },
  },
  {
    table: 'volume_entries',
    key: ['deal_id', 'partner_id', 'plan', 'rule', 'period', 'measure'],
    columns: {
      deal_id: 'nobody',
      partner_id: 'nobody',
      plan: 'nobody',
      rule: 'nobody',
      period: 'nobody',
      measure: 'nobody',
      place: 'nobody',
    },
  },
  {
    table: 'complete_volumes',
    key: ['partner_id', 'plan', 'rule', 'period', 'measure'],
    columns: { partner_id: 'nobody', plan: 'nobody', rule: 'nobody', period: 'nobody', measure: 'nobody' },
  },
];
