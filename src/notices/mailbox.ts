/** The mailbox in which mail to an address is read: what stands after a plus only sorts it. */
export function mailboxOf(address: string): string {
  return address
    .trim()
    .toLowerCase()
    .replace(/\+[^@]*@/, '@');
}
