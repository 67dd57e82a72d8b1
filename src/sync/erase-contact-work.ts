/** Kind of the work that erases whom a CRM deleted for privacy. Key: connection and id of the contact there, see `erasedContactKey`. */
export const eraseCrmContactWork = 'erase-crm-contact';

export function erasedContactKey(connectionId: string, crmContactId: string): string {
  return `${connectionId} ${crmContactId}`;
}

export function readErasedContactKey(key: string): { readonly connectionId: string; readonly crmContactId: string } {
  const at = key.lastIndexOf(' ');
  return { connectionId: key.slice(0, at), crmContactId: key.slice(at + 1) };
}
