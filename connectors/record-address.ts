/** The deal that an address in somebody's browser shows. */
export interface DealAddress {
  readonly crmDealId: string;
  /** The account's id in the vendor's words, where the address says it. */
  readonly accountId: string | null;
}

/** An address as it is pasted, with or without `https://`; null for what is none. */
export function pastedUrl(text: string): URL | null {
  const trimmed = text.trim();
  if (/\s/.test(trimmed)) return null;
  const whole = /^https?:\/\//i.test(trimmed) ? trimmed : `https://${trimmed}`;
  return URL.canParse(whole) ? new URL(whole) : null;
}
