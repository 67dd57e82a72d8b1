/** A query as it was understood, before any object or field is looked up. */
export interface Query {
  readonly select: readonly Selected[];
  readonly entity: string;
  readonly alias: string | null;
  readonly where: Condition | null;
  readonly orderBy: readonly Order[];
  readonly limit: number | null;
  readonly offset: number;
  /** Deleted records too. */
  readonly allRows: boolean;
}

export type Selected =
  | { readonly kind: 'field'; readonly path: string }
  /** `convertCurrency(Amount)`, `toLabel(Status)`, `FORMAT(Amount)`: the field comes back under its own name. */
  | { readonly kind: 'wrapped'; readonly wrapper: 'convertcurrency' | 'tolabel' | 'format'; readonly path: string }
  | { readonly kind: 'all-fields'; readonly which: 'all' | 'standard' | 'custom' }
  | { readonly kind: 'count' }
  | { readonly kind: 'children'; readonly query: Query };

export type Literal =
  | { readonly kind: 'text' | 'day' | 'instant'; readonly value: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'money'; readonly currency: string; readonly value: number }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'null' }
  /** `TODAY`, `LAST_N_DAYS:30`. */
  | { readonly kind: 'range'; readonly name: string; readonly days: number };

export type Comparison = '=' | '!=' | '<' | '<=' | '>' | '>=' | 'like';

export type Condition =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Condition[] }
  | { readonly kind: 'not'; readonly part: Condition }
  | { readonly kind: 'compare'; readonly path: string; readonly operator: Comparison; readonly value: Literal }
  | { readonly kind: 'in'; readonly path: string; readonly negated: boolean; readonly values: readonly Literal[] }
  | { readonly kind: 'in-query'; readonly path: string; readonly negated: boolean; readonly query: Query };

export interface Order {
  readonly path: string;
  readonly descending: boolean;
  readonly nullsLast: boolean;
}
