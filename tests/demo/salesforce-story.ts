import { setTimeout as pause } from 'node:timers/promises';
import { apiClient } from '../support/api-client.js';
import { until } from '../support/service-process.js';
import type { SalesforceRep } from './salesforce-rep.js';
import { fillInForm, linesOf, onlyRegistration, readRegistration, sayLine, type CommissionLine } from './steps.js';
import type { Stage } from './story.js';

export interface SalesforceSummary {
  readonly registration: { readonly id: string; readonly status: string };
  readonly crm: { readonly kind: 'salesforce'; readonly leadId: string; readonly dealId: string };
  readonly commissions: readonly CommissionLine[];
  readonly crmCalls: ReturnType<SalesforceRep['countCalls']>;
  readonly crmRecords: ReturnType<SalesforceRep['countRecords']>;
}

const lead = {
  'company.name': 'Cedar Freight',
  'company.domain': 'cedar-freight.com',
  'company.country': 'US',
  'contact.firstName': 'Ruth',
  'contact.lastName': 'Okafor',
  'contact.email': 'ruth.okafor@cedar-freight.com',
  'deal.name': 'Cedar – dispatch',
  'deal.amount': '8000.00',
  'deal.currency': 'USD',
  attestation: 'yes',
};

/** Salesforce tells whole seconds: a win in the second of the approval would look like one before it. */
const nextSecondMs = 1_100;

/** Says which CRM a registration goes to; before anything is registered. */
export async function routeByCurrency({ serviceUrl, operatorKey, say }: RoutingStage): Promise<void> {
  say('0. Two CRMs are connected. Rev ops: what is sold in dollars goes to Salesforce, all else to HubSpot.');
  await apiClient(serviceUrl, operatorKey).put('/api/v1/program', {
    crmRoutes: [{ connection: 'salesforce', currencies: ['USD'] }, { connection: 'hubspot' }],
  });
}

type RoutingStage = Pick<Stage, 'serviceUrl' | 'operatorKey' | 'say'>;

/** Walks one lead through Salesforce: from the form, by way of its conversion, to credited commission. */
export async function walkSalesforceLead(
  stage: RoutingStage & { readonly rep: SalesforceRep },
): Promise<SalesforceSummary> {
  const { say, rep } = stage;
  const revOps = apiClient(stage.serviceUrl, stage.operatorKey);

  say('11. Another partner registers a lead that is sold in dollars.');
  const partner = await revOps.post<{ id: string; personalUrl: string }>('/api/v1/partners', {
    name: 'Southwind Advisors',
    email: 'team@southwind-advisors.com',
  });
  const { key } = await revOps.post<{ key: string }>(`/api/v1/partners/${partner.id}/api-keys`);
  const asPartner = apiClient(stage.serviceUrl, key);
  await fillInForm(partner.personalUrl, lead);
  const { id } = await onlyRegistration(asPartner);
  await until('the conflict check', async () => (await readRegistration(revOps, id)).status === 'in_review');

  say('12. Rev ops approves: in Salesforce it becomes a lead, once.');
  await revOps.post(`/api/v1/registrations/${id}/approve`, { reason: 'a good fit' });
  const leadId = await until('the lead in Salesforce', async () => (await readRegistration(revOps, id)).crm?.leadId);
  say(`    Lead ${leadId}: ${String(rep.read(leadId)['Introducer_Partner__c'])} introduced it`);

  say('13. The rep converts the lead; the registration follows it to the opportunity.');
  await pause(nextSecondMs);
  const opportunityId = rep.convertLead(leadId);
  const dealId = await until('the opportunity', async () => (await readRegistration(revOps, id)).crm?.crmDealId);
  if (dealId !== opportunityId) throw new Error(`followed to ${dealId} instead of ${opportunityId}`);
  say(`    Opportunity ${dealId}`);

  say('14. The rep wins it at 8,000 USD; the commission line appears with its working.');
  rep.moveOpportunity(opportunityId, { Amount: 8_000, StageName: 'Closed Won' });
  const line = await until('the commission', async () => (await linesOf(revOps, partner.id))[0]);
  await sayLine(
    (words) => {
      say(` ${words}`);
    },
    asPartner,
    line,
  );

  say('15. The opportunity shows the rep who introduced it and what it costs.');
  const shown = await until('the write-back', () => {
    const values = rep.read(opportunityId);
    return Promise.resolve(Number(values['Introducer_Commission__c']) === 800 ? values : null);
  });
  for (const field of ['Partner', 'Status', 'Protected_Until', 'Commission', 'Commission_Currency']) {
    const name = `Introducer_${field}__c`;
    say(`    ${name} = ${String(shown[name])}`);
  }
  const final = await readRegistration(revOps, id);
  return {
    registration: { id, status: final.status },
    crm: { kind: 'salesforce', leadId, dealId },
    commissions: await linesOf(revOps, partner.id),
    crmCalls: rep.countCalls(),
    crmRecords: rep.countRecords(),
  };
}
