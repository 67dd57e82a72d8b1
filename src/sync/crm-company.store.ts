import type { Tx } from '../platform/database.js';
import type { JsonColumn } from '../platform/platform-tables.js';

export interface CrmCompaniesTable {
  connection_id: string;
  company_key: string;
  crm_company_id: string | null;
  anchors: JsonColumn<readonly string[]>;
  leased_by: string | null;
  lease_until: Date | null;
}

declare module '../platform/database.js' {
  interface Tables {
    crm_companies: CrmCompaniesTable;
  }
}

export type CompanyClaim =
  | { readonly kind: 'known'; readonly crmCompanyId: string }
  | { readonly kind: 'mine'; readonly anchors: readonly string[] }
  | { readonly kind: 'busy' };

/**
 * Takes the right to make this company in the CRM and notes the contact it will hang on before anything is sent. A later
 * attempt, of this registration or of another about the same company, is told every such contact.
 */
export async function claimCompany(
  trx: Tx,
  company: {
    readonly connectionId: string;
    readonly companyKey: string;
    readonly contactId: string;
    readonly registrationId: string;
  },
  now: Date,
  leaseUntil: Date,
): Promise<CompanyClaim> {
  const key = { connection_id: company.connectionId, company_key: company.companyKey };
  await trx
    .insertInto('crm_companies')
    .values({ ...key, anchors: '[]' })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const row = await trx
    .selectFrom('crm_companies')
    .selectAll()
    .where('connection_id', '=', key.connection_id)
    .where('company_key', '=', key.company_key)
    .forUpdate()
    .executeTakeFirstOrThrow();
  if (row.crm_company_id !== null) return { kind: 'known', crmCompanyId: row.crm_company_id };
  const heldByAnother = row.leased_by !== company.registrationId && row.lease_until !== null && row.lease_until > now;
  if (heldByAnother) return { kind: 'busy' };
  const anchors = [...new Set([...row.anchors, company.contactId])];
  await trx
    .updateTable('crm_companies')
    .set({ anchors: JSON.stringify(anchors), leased_by: company.registrationId, lease_until: leaseUntil })
    .where('connection_id', '=', key.connection_id)
    .where('company_key', '=', key.company_key)
    .execute();
  return { kind: 'mine', anchors };
}

/** Notes the company's id; `null` forgets one that is gone from the CRM. Either way the right to make it is given back. */
export async function settleCompany(
  trx: Tx,
  company: { readonly connectionId: string; readonly companyKey: string },
  crmCompanyId: string | null,
): Promise<void> {
  await trx
    .updateTable('crm_companies')
    .set({ leased_by: null, lease_until: null, crm_company_id: crmCompanyId })
    .where('connection_id', '=', company.connectionId)
    .where('company_key', '=', company.companyKey)
    .execute();
}
