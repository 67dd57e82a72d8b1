import { parse } from 'tldts';

/** The registrable domain of a domain or address as it stands in the CRM: lower case, ASCII; `null` when there is none. */
export function registrableDomain(text: string | null | undefined): string | null {
  if (text === null || text === undefined) return null;
  const { domain, isIp } = parse(text.trim(), { allowPrivateDomains: true });
  if (domain === null || isIp === true) return null;
  try {
    return new URL(`http://${domain}`).hostname;
  } catch {
    return null;
  }
}
