import freemail from 'freemail';
import { getHostname, parse } from 'tldts';
import { sha256 } from '../platform/hash.js';

/**
 * The registrable domain of what a person typed (`https://Shop.Acme.co.uk/x`, `acme.co.uk`, `bücher.de`): lower case, ASCII,
 * sub-domains folded, public-suffix aware. `null` when there is none.
 */
export function registrableDomain(text: string): string | null {
  const typed = getHostname(text.trim(), { validateHostname: true });
  // ASCII first: the list of public suffixes knows neither `。` as a dot nor full-width letters.
  const ascii = typed === null ? null : asciiDomain(typed);
  if (ascii === null) return null;
  const { domain, isIp } = parse(ascii, { allowPrivateDomains: true, validateHostname: true });
  return isIp === true ? null : domain;
}

function asciiDomain(domain: string): string | null {
  try {
    return new URL(`http://${domain}`).hostname;
  } catch {
    return null;
  }
}

/** The part of an address after the `@`, folded to its registrable domain. */
export function emailDomain(email: string): string | null {
  return registrableDomain(email.slice(email.lastIndexOf('@') + 1));
}

/**
 * Free-mail and disposable domains say nothing about a company, so they never match as one (design section 3, Matching).
 */
export function isPersonalDomain(domain: string): boolean {
  const address = `somebody@${domain}`;
  return freemail.isFree(address) || freemail.isDisposable(address);
}

/** The domain a company is recognised by, or `null` when only free-mail is known of it. */
export function companyDomain(typedDomain: string | null, email: string): string | null {
  const candidates = [typedDomain === null ? null : registrableDomain(typedDomain), emailDomain(email)];
  return candidates.find((domain) => domain !== null && !isPersonalDomain(domain)) ?? null;
}

/**
 * What two registrations must share to be about the same company: the registrable domain, or, where there is none, the exact
 * address, hashed because the key outlives the erasure of a contact.
 */
export function companyKey(domain: string | null, email: string): string {
  return domain ?? contactKey(email);
}

/** What two registrations share that name the same contact: the exact address, hashed. */
export function contactKey(email: string): string {
  return `address:${sha256(normaliseEmail(email))}`;
}

/** A product's or company's name as it is compared: neither case nor spacing makes another one. */
export function nameKey(name: string): string {
  return name.normalize('NFKC').replace(/\s+/gu, ' ').trim().toLowerCase();
}

/** An address as everybody writes it who means the same one: lower case, the domain in ASCII and without a last dot. */
export function normaliseEmail(email: string): string {
  const address = email.trim().toLowerCase();
  const domainAt = address.lastIndexOf('@') + 1;
  const typed = address.slice(domainAt);
  // Anything but letters, digits, hyphens and dots is no domain; a URL's host would end there and hide it.
  const isDomain = domainAt > 0 && /^[\p{L}\p{M}\p{N}\-.\u3002\uff0e\uff61]+$/u.test(typed);
  const ascii = isDomain ? asciiDomain(typed) : null;
  return ascii === null ? address : address.slice(0, domainAt) + ascii.replace(/\.$/, '');
}
