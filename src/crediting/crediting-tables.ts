import type { Selectable } from 'kysely';
import type { BigintColumn, JsonColumn } from '../platform/platform-tables.js';
import type { LineKind } from './booked-line.js';
import type { Explanation } from './explanation.js';

export interface CommissionLinesTable {
  id: string;
  entry_id: string;
  line_key: string;
  occasion: string;
  ordinal: number;
  partner_id: string;
  payee: 'partner' | 'customer';
  kind: LineKind;
  component: string;
  amount_minor: BigintColumn;
  currency: string;
  earned_on: string;
  payable_on: string;
  deal_id: string | null;
  deal_revision: number | null;
  registration_id: string | null;
  plan_version_id: string | null;
  plan_version: string | null;
  source_line_id: string | null;
  explanation: JsonColumn<Explanation>;
  inputs_hash: string;
  booked_at: Date;
}

export interface LineSettlementsTable {
  line_id: string;
  payout_id: string;
  paid_on: string;
  returned_on: string | null;
}

export interface LineHoldsTable {
  line_id: string;
  reason: string;
  placed_by: string;
  placed_at: Date;
  released_by: string | null;
  released_at: Date | null;
}

export interface DealFlagsTable {
  deal_id: string;
  kind: string;
  about: string;
  evidence: JsonColumn<Readonly<Record<string, string | null>>>;
  raised_at: Date;
}

declare module '../platform/database.js' {
  interface Tables {
    commission_lines: CommissionLinesTable;
    line_settlements: LineSettlementsTable;
    line_holds: LineHoldsTable;
    deal_flags: DealFlagsTable;
  }
}

export type CommissionLineRow = Selectable<CommissionLinesTable>;
