/** A JSON value: what a `jsonb` column, a queue payload and an HTTP body may hold. Amounts travel in it as decimal strings. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };
