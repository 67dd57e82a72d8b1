import { CrmGone, type AttachDeal, type EnsureDeal, type EnsuredRecord } from '../contract.js';
import { Decimal } from './exact-json.js';
import { describeDeal } from './leads.js';
import { registrationIdField, stampFields } from './our-fields.js';
import { currencyFields, known, saveOptions, settledFields, writable, type Push } from './new-records.js';
import { queryMany, queryRows } from './queries.js';
import { createRecord, findByKey, updateRecord, upsertRecord, type ExternalKey, type Fields } from './records.js';
import { flagOf, idOf, textOf } from './row-values.js';
import { soql } from './soql.js';
import { masterPipelineId } from './stages.js';

/**
 * Makes the opportunity of a registration, once: the registration id is unique on opportunities, so writing it a second time meets the
 * same one. Where an earlier attempt may have made it we look first, because writing would put it back into its first stage.
 * @throws CrmRejected when a validation rule or a required field is in the way
 */
export async function ensureDeal(push: Push, request: EnsureDeal): Promise<EnsuredRecord> {
  const key = { field: registrationIdField, value: request.registrationId };
  const found = request.mayExist ? await findByKey(push.call, 'Opportunity', key, ['Id']) : null;
  const deal = found === null ? await makeOpportunity(push, request, key) : { id: idOf(found), created: false };
  await tieContact(push, deal.id, request.contactId);
  return { crmId: deal.id, created: deal.created };
}

async function makeOpportunity(push: Push, request: EnsureDeal, key: ExternalKey) {
  const fields = await opportunityFields(push, request);
  return upsertRecord(push.call, 'Opportunity', key, fields, saveOptions(request.record));
}

const longestName = 120;
/** Salesforce wants a close date on every opportunity; partners need not know one. */
const unknownCloseDateDays = 90;
const dayMs = 24 * 3_600_000;

async function opportunityFields(push: Push, request: EnsureDeal): Promise<Fields> {
  const { pipelineId, stageId } = await push.stages.initial();
  const { [registrationIdField]: _key, ...stamped } = stampFields(request.stamp);
  return {
    ...(await settledFields(push, 'Opportunity', request.record)),
    ...known({
      Name: request.name.slice(0, longestName),
      StageName: stageId,
      CloseDate: request.closeDate ?? dayIn(push.now(), unknownCloseDateDays),
      AccountId: request.companyId ?? undefined,
      RecordTypeId: pipelineId === masterPipelineId ? undefined : pipelineId,
      Description: describeDeal(request),
    }),
    ...(await amountFields(push, request)),
    ...(await writable(push.schema, 'Opportunity', stamped)),
  };
}

function dayIn(now: Date, days: number): string {
  return new Date(now.getTime() + days * dayMs).toISOString().slice(0, 'YYYY-MM-DD'.length);
}

/**
 * An organisation with one currency would take an amount of another one for its own; then the amount stands only in the description.
 */
async function amountFields(push: Push, { amount, currency }: EnsureDeal): Promise<Fields> {
  const currencies = await currencyFields(push, 'Opportunity', currency);
  if (amount === null) return currencies;
  const home = 'CurrencyIsoCode' in currencies || currency === null ? currency : await push.currency.get();
  if (home !== null && home !== currency) return currencies;
  return { ...currencies, Amount: new Decimal(amount) };
}

/** Makes the contact a role of the opportunity, once. The first one is the primary one. */
async function tieContact({ call }: Push, opportunityId: string, contactId: string): Promise<void> {
  const query = soql`SELECT Id, ContactId FROM OpportunityContactRole WHERE OpportunityId = ${opportunityId}`;
  const roles = await queryRows(call, 'read contact roles', { soql: query });
  if (roles.some((row) => textOf(row, 'ContactId') === contactId)) return;
  const IsPrimary = roles.length === 0;
  await createRecord(call, 'OpportunityContactRole', { OpportunityId: opportunityId, ContactId: contactId, IsPrimary });
}

/**
 * Stamps an opportunity that is already there, and ties it to contact and account. It keeps the account it has.
 * @throws CrmGone when it is deleted
 */
export async function attachDeal(push: Push, request: AttachDeal): Promise<void> {
  const { crmDealId, contactId, companyId } = request;
  const { call, schema } = push;
  const query = soql`SELECT Id, IsDeleted, AccountId FROM Opportunity WHERE Id = ${crmDealId}`;
  const [[row] = []] = await queryMany(call, 'attach a deal', [{ soql: query, withDeleted: true }]);
  if (row === undefined || flagOf(row, 'IsDeleted')) {
    const vendorMessage = `Opportunity ${crmDealId} is not in Salesforce any more`;
    throw new CrmGone({ operation: 'attach a deal', vendorMessage });
  }
  const ofAccount = textOf(row, 'AccountId') === null ? { AccountId: companyId ?? undefined } : {};
  const stamped = await writable(schema, 'Opportunity', stampFields(request.stamp));
  await updateRecord(call, 'Opportunity', crmDealId, { ...stamped, ...ofAccount }, { allowDuplicates: true });
  await tieContact(push, crmDealId, contactId);
}
