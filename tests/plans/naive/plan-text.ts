/** A plan as it is written down. The naive evaluation reads the document itself, with the defaults that PLANS.md promises. */
export interface PlanText {
  readonly plan: string;
  readonly for?: { readonly tier: string } | { readonly partner: string };
  readonly effectiveFrom: string;
  readonly effectiveTo?: string;
  readonly corrects?: number;
  readonly creditWhen?: 'approved' | 'submitted';
  readonly versionBy?: 'won' | 'registered' | 'paid';
  readonly payIn?: string;
  readonly exchangeOn?: 'won' | 'month-end';
  readonly holdDays?: number;
  readonly rounding?: 'half-even' | 'half-up';
  readonly match?: 'all' | 'first';
  readonly shareBy?: 'commission' | 'own-plans';
  readonly floor?: LimitText;
  readonly cap?: LimitText;
  readonly overrides?: readonly OverrideText[];
  readonly rules: readonly RuleText[];
}

export interface RuleText {
  readonly id: string;
  readonly on?: 'won' | 'payment' | 'approved';
  readonly when?: ConditionText;
  readonly to?: 'customer';
  readonly pay: PayText;
  readonly accelerator?: AcceleratorText;
  readonly multiply?: readonly MultiplierText[];
  readonly churn?: { readonly months: number; readonly takeBack?: 'prorated' | 'all' | number };
  readonly refunds?: 'take-back' | 'keep';
  readonly floor?: LimitText;
  readonly cap?: LimitText;
  readonly split?: readonly { readonly partner: string; readonly percent: string }[];
  readonly overrides?: readonly OverrideText[];
  readonly instalments?: readonly {
    readonly percent: string;
    readonly afterDays?: number;
    readonly afterMonths?: number;
  }[];
}

export type BaseText =
  'amount' | 'net-of-tax' | 'net-of-discount' | 'net' | 'first-year' | 'mrr' | 'margin' | { readonly field: string };

export type PayText =
  | { readonly percent: string | number; readonly of: BaseText }
  | { readonly flat: string }
  | { readonly tiers: TiersText }
  | { readonly revshare: RevShareText };

export interface VolumeText {
  readonly by?: 'amount' | 'count';
  readonly per?: 'deal' | 'month' | 'quarter' | 'year';
  readonly mode?: 'marginal' | 'retroactive' | 'forward-only';
  readonly boundary?: 'at-or-above' | 'above';
  readonly currency?: string;
  readonly opening?: number | { readonly metric: string };
}

export interface TiersText extends VolumeText {
  readonly of?: BaseText;
  readonly bands: readonly BandText[];
}

export interface BandText {
  readonly from: number;
  readonly percent?: string | number;
  readonly flat?: string;
  readonly bonus?: string;
}

export interface RevShareText {
  readonly percent?: string | number;
  readonly months?: number;
  readonly schedule?: readonly { readonly months?: number; readonly percent: string | number }[];
  readonly of?: 'amount' | 'net-of-tax';
  readonly start?: 'won' | 'first-payment';
  readonly baseline?: string;
  readonly recognise?: 'cash' | 'straight-line';
}

export interface AcceleratorText extends VolumeText {
  readonly quota: number | { readonly metric: string };
  readonly bands: readonly { readonly from: number; readonly times: string | number }[];
}

export interface MultiplierText {
  readonly metric: string;
  readonly bands?: readonly { readonly from: number; readonly times: string | number }[];
  readonly boundary?: 'at-or-above' | 'above';
  readonly target?: number;
  readonly least?: string;
  readonly most?: string;
  readonly otherwise?: string;
}

export type LimitText =
  string | { readonly deal?: string; readonly month?: string; readonly quarter?: string; readonly year?: string };

export interface OverrideText {
  readonly percent: string;
  readonly of?: 'sale' | 'commission' | 'level-below';
}

/** Subjects with what is asked of them, and `all`, `any` and `not`. */
export interface ConditionText {
  readonly [subject: string]: TestText | ConditionText | readonly ConditionText[];
}

export type TestText = string | readonly string[] | OperatorsText;

export interface OperatorsText {
  readonly is?: string;
  readonly not?: string;
  readonly atLeast?: string | number;
  readonly above?: string | number;
  readonly atMost?: string | number;
  readonly below?: string | number;
  readonly exists?: boolean;
}
