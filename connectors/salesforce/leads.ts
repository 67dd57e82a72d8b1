import type { EnsureLead, EnsuredRecord } from '../contract.js';
import { registrationIdField, stampFields } from './our-fields.js';
import {
  countryFields,
  currencyFields,
  known,
  saveOptions,
  settledFields,
  writable,
  type Push,
} from './new-records.js';
import { queryRows } from './queries.js';
import { upsertRecord, type Fields } from './records.js';
import { idOf } from './row-values.js';
import { names, soql } from './soql.js';

/**
 * Makes the Lead of a registration, once: the registration id is unique on Leads, so writing it a second time meets the same Lead.
 * Where an earlier attempt may have made it we look first, because by now a rep may have changed, converted or merged it.
 * @throws CrmRejected when a duplicate rule, a validation rule or a required field is in the way
 */
export async function ensureLead(push: Push, request: EnsureLead): Promise<EnsuredRecord> {
  const { registrationId } = request;
  const found = request.mayExist ? await findLead(push, registrationId) : null;
  if (found !== null) return { crmId: found, created: false };
  const fields = await leadFields(push, request);
  const key = { field: registrationIdField, value: registrationId };
  const lead = await upsertRecord(push.call, 'Lead', key, fields, saveOptions(request.record));
  return { crmId: lead.id, created: lead.created };
}

/** The Lead that was made for this registration, also when it was merged away since: reading its id leads on. */
async function findLead({ call }: Push, registrationId: string): Promise<string | null> {
  const ours = names([registrationIdField]);
  const query = soql`SELECT Id, IsDeleted FROM Lead WHERE ${ours} = ${registrationId}
    AND (IsDeleted = false OR MasterRecordId != null) ORDER BY IsDeleted LIMIT 1`;
  const [row] = await queryRows(call, 'find the Lead', { soql: query, withDeleted: true });
  return row === undefined ? null : idOf(row);
}

async function leadFields(push: Push, request: EnsureLead): Promise<Fields> {
  const { contact, company, stamp } = request;
  const { [registrationIdField]: _key, ...stamped } = stampFields(stamp);
  return {
    ...(await settledFields(push, 'Lead', request.record)),
    ...known({
      FirstName: contact.firstName,
      LastName: contact.lastName,
      Email: contact.email,
      Phone: contact.phone ?? undefined,
      Company: company.name,
      Website: company.domain ?? undefined,
      Description: describeDeal(request.deal),
    }),
    ...(await countryFields(push, 'Lead', company.country)),
    ...(await currencyFields(push, 'Lead', request.deal.currency)),
    ...(await writable(push.schema, 'Lead', stamped)),
  };
}

/** What the partner said of the deal: a Lead has no fields for it. */
export function describeDeal(deal: EnsureLead['deal']): string {
  const amount = deal.amount === null ? null : [deal.amount, deal.currency].filter((part) => part !== null).join(' ');
  const expected = deal.closeDate === null ? null : `expected ${deal.closeDate}`;
  return [deal.name, amount, expected].filter((part) => part !== null).join(', ');
}
