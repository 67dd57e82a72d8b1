import type { LeadReading } from '../contract.js';
import { fullId, isIdOf } from './ids.js';
import type { Call } from './org-access.js';
import { queryMany } from './queries.js';
import { flagOf, idOf, textOf, type Row } from './row-values.js';
import { chunks, names, soql } from './soql.js';

const leadsPerQuery = 300;
/** Five queries go in one call. */
export const readLeadsSize = 5 * leadsPerQuery;

const fields = names([
  'Id',
  'IsDeleted',
  'MasterRecordId',
  'IsConverted',
  'ConvertedContactId',
  'ConvertedAccountId',
  'ConvertedOpportunityId',
]);

/** What became of many Leads, in one call; those in the recycle bin, where merged ones are, included. */
export async function readLeads(call: Call, crmLeadIds: readonly string[]): Promise<readonly LeadReading[]> {
  const ids = new Set(crmLeadIds.flatMap((id) => fullId(id) ?? []).filter((id) => isIdOf('Lead', id)));
  const queries = chunks([...ids], leadsPerQuery).map((some) => ({
    soql: soql`SELECT ${fields} FROM Lead WHERE Id IN ${some}`,
    withDeleted: true,
  }));
  const rows = (await queryMany(call, 'read Leads', queries)).flat();
  const byId = new Map(rows.map((row) => [idOf(row), row]));
  return crmLeadIds.map((requestedId) => readingOf(requestedId, byId.get(fullId(requestedId) ?? '')));
}

/** A converted Lead may be thrown away afterwards: what was made of it stays. */
function readingOf(requestedId: string, row: Row | undefined): LeadReading {
  if (row === undefined) return { kind: 'missing', requestedId };
  const survivorId = linkedId(row, 'MasterRecordId');
  if (flagOf(row, 'IsDeleted') && survivorId !== null) return { kind: 'moved', requestedId, survivorId };
  if (flagOf(row, 'IsConverted')) {
    return {
      kind: 'converted',
      requestedId,
      contactId: linkedId(row, 'ConvertedContactId'),
      companyId: linkedId(row, 'ConvertedAccountId'),
      dealId: linkedId(row, 'ConvertedOpportunityId'),
    };
  }
  return { kind: flagOf(row, 'IsDeleted') ? 'deleted' : 'open', requestedId };
}

function linkedId(row: Row, field: string): string | null {
  const id = textOf(row, field);
  return id === null ? null : fullId(id);
}
