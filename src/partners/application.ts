/** What a partner can be, in the words of the trade. A program may use others of its own. */
export const partnerTypes = ['referral', 'affiliate', 'reseller', 'services', 'technology', 'co-sell'] as const;

/** Sites on which thousands of companies have a page: an address there says nothing of whose company it is. */
const sharedSites: ReadonlySet<string> = new Set([
  'facebook.com',
  'github.com',
  'google.com',
  'instagram.com',
  'linkedin.com',
  'linktr.ee',
  'tiktok.com',
  'x.com',
  'xing.com',
  'youtube.com',
]);

/** Whether a company can be recognised by this domain. */
export function isOwnDomain(domain: string): boolean {
  return !sharedSites.has(domain);
}

/** The host of what somebody typed as a website, with or without `https://`; null where it is none that a browser opens. */
export function websiteHost(typed: string): string | null {
  const address = /^[a-z][a-z\d+.-]*:/i.test(typed) ? typed : `https://${typed}`;
  if (!URL.canParse(address)) return null;
  const { protocol, hostname, username } = new URL(address);
  const isWeb = (protocol === 'https:' || protocol === 'http:') && username === '';
  return isWeb && /^[^.\s]+(\.[^.\s]+)+$/.test(hostname) ? hostname : null;
}
