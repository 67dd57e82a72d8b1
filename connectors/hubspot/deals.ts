import { CrmGone, type AttachDeal, type EnsureDeal, type EnsuredRecord } from '../contract.js';
import { tie } from './associations.js';
import type { Call } from './call.js';
import { registrationIdProperty, settledProperties, stampProperties } from './properties.js';
import { findRecord, updateRecord, upsertRecord } from './records.js';
import type { InitialStage, Stages } from './stages.js';

/**
 * Makes the deal of a registration, once: the registration id is unique on deals, so writing it a second time meets the same
 * deal. Where an earlier attempt may have made it, we look first, because writing would put it back into its first stage.
 */
export async function ensureDeal(call: Call, stages: Stages, request: EnsureDeal): Promise<EnsuredRecord> {
  const { registrationId } = request;
  const known = request.mayExist ? await findRecord(call, 'deals', registrationId, [], registrationIdProperty) : null;
  const deal =
    known === null ? await makeDeal(call, await stages.initial(), request) : { id: known.id, created: false };
  await tieDeal(call, deal.id, request);
  return { crmId: deal.id, created: deal.created };
}

function makeDeal(call: Call, initial: InitialStage, request: EnsureDeal) {
  const key = { property: registrationIdProperty, value: request.registrationId };
  return upsertRecord(call, 'deals', key, dealProperties(request, initial));
}

function dealProperties(request: EnsureDeal, initial: InitialStage): Record<string, string> {
  const { name, amount, currency, closeDate, stamp } = request;
  return {
    ...settledProperties(request.record),
    ...stampProperties(stamp),
    [registrationIdProperty]: request.registrationId,
    dealname: name,
    pipeline: initial.pipelineId,
    dealstage: initial.stageId,
    ...(amount === null ? {} : { amount }),
    ...(currency === null ? {} : { deal_currency_code: currency }),
    // Noon, because HubSpot shows an instant in the viewer's time zone: midnight UTC is the day before in America.
    ...(closeDate === null ? {} : { closedate: `${closeDate}T12:00:00.000Z` }),
  };
}

/** Stamps a deal that is already there and ties it. @throws CrmGone when it is archived, deleted or merged away */
export async function attachDeal(call: Call, request: AttachDeal): Promise<void> {
  const { crmDealId } = request;
  const record = await findRecord(call, 'deals', crmDealId, []);
  if (record === null) throw gone(`Deal ${crmDealId} is not in HubSpot any more`);
  if (record.id !== crmDealId) throw gone(`Deal ${crmDealId} was merged into deal ${record.id}`);
  await updateRecord(call, 'deals', crmDealId, {
    ...stampProperties(request.stamp),
    [registrationIdProperty]: request.registrationId,
  });
  await tieDeal(call, crmDealId, request);
}

function gone(vendorMessage: string): CrmGone {
  return new CrmGone({ operation: 'attach a deal', vendorMessage });
}

async function tieDeal(
  call: Call,
  dealId: string,
  to: { readonly contactId: string | null; readonly companyId: string | null },
): Promise<void> {
  const deal = { type: 'deals', id: dealId } as const;
  if (to.contactId !== null) await tie(call, deal, { type: 'contacts', id: to.contactId });
  if (to.companyId !== null) await tie(call, deal, { type: 'companies', id: to.companyId });
}
