/** The mailbox in which mail to an address is read: what stands after a plus only sorts it. */
export function mailboxOf(address: string): string {
  const [name = '', domain = ''] = address
    .trim()
    .toLowerCase()
    .replace(/\+[^@]*@/, '@')
    .split('@');
  return dotless.includes(domain) ? `${name.replaceAll('.', '')}@gmail.com` : `${name}@${domain}`;
}

/** Google reads the same mailbox under both of its domains, and sees no dots. */
const dotless = ['gmail.com', 'googlemail.com'];
