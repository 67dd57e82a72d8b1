import type { SalesforceSimulator } from '../../connectors/salesforce/simulator/start.js';
import { eventually } from './eventually.js';
import { partnerProgram, type PartnerProgram } from './partner-program.js';
import type { RunningClock } from './running-clock.js';
import type { RunningService } from './running-service.js';

/** A registration whose lead sellers have converted. */
export interface Converted {
  readonly registrationId: string;
  readonly opportunityId: string;
}

interface PushedLead {
  readonly registrationId: string;
  readonly leadId: string;
}

/** What rev ops, partners and sellers do where everything goes to Salesforce, and what comes of it. */
export interface SalesforceProgram extends PartnerProgram {
  /** Registered, approved and pushed. */
  pushLead(): Promise<PushedLead>;
  /** Registered, approved, pushed and converted, with its link at the opportunity. */
  pushConverted(): Promise<Converted>;
  /** So many of these, together: most of their time is waiting. */
  pushAllConverted(count: number): Promise<readonly Converted[]>;
  win(converted: Converted): void;
  /** The lines booked for it, as `commission 1200.00 USD`; `null` while it has no deal. */
  bookOf(registrationId: string): Promise<readonly string[] | null>;
  /** Waits until the win of it is credited, once. */
  credited(registrationId: string): Promise<void>;
}

/** Longer than the slowest wait that nothing wakes anybody from. */
const patienceMs = 20_000;
const ourId = 'Introducer_Registration_Id__c';

export async function salesforceProgram(
  service: Pick<RunningService, 'operator' | 'as' | 'settled'> & { readonly clock: Pick<RunningClock, 'advanceMs'> },
  salesforce: SalesforceSimulator,
): Promise<SalesforceProgram> {
  const program = partnerProgram(service);
  await program.writeStandardPlan();
  await service.operator.put('/api/v1/program', { crmRoutes: [{ connection: 'salesforce' }] });
  await service.settled();

  const pushLeads = async (count: number): Promise<readonly PushedLead[]> => {
    const registrationIds: string[] = [];
    for (let index = 0; index < count; index += 1) {
      const terms = { prospect: program.newProspect(), amount: '12000.00', currency: 'USD' };
      const { id } = await program.register(await program.addPartner(), terms);
      await program.approve(id);
      registrationIds.push(id);
    }
    await service.settled();
    const leads = new Map(salesforce.person.all('Lead').map(({ id, values }) => [values[ourId], id]));
    return registrationIds.map((registrationId) => ({ registrationId, leadId: leads.get(registrationId) ?? '' }));
  };
  const pushAllConverted: SalesforceProgram['pushAllConverted'] = async (count) => {
    const converted = (await pushLeads(count)).map(({ registrationId, leadId }) => {
      const { opportunityId } = salesforce.person.convertLead({ leadId });
      if (opportunityId === null) throw new Error('the conversion made no opportunity');
      return { registrationId, opportunityId };
    });
    for (const { registrationId, opportunityId } of converted) {
      await eventually(
        'the registration follows its lead to the opportunity',
        async () => (await program.registration(registrationId)).crm?.crmDealId === opportunityId,
        patienceMs,
      );
    }
    await service.settled();
    return converted;
  };
  const bookOf: SalesforceProgram['bookOf'] = async (registrationId) => {
    const { dealId } = await program.registration(registrationId);
    return dealId === null ? null : program.book({ dealId });
  };
  return {
    ...program,
    bookOf,
    pushAllConverted,
    pushLead: async () => first(await pushLeads(1)),
    pushConverted: async () => first(await pushAllConverted(1)),
    win: ({ opportunityId }) => {
      // Salesforce tells times in whole seconds: a win in the second of the approval would look like one before it.
      service.clock.advanceMs(1_000);
      salesforce.person.update(opportunityId, { StageName: 'Closed Won', Amount: 12_000 });
    },
    credited: async (registrationId) => {
      await eventually('the win is credited', async () => (await bookOf(registrationId))?.length === 1, patienceMs);
      await service.settled();
      expect(await bookOf(registrationId)).toEqual(['commission 1200.00 USD']);
    },
  };
}

function first<T>(items: readonly T[]): T {
  const [item] = items;
  if (item === undefined) throw new Error('there is none');
  return item;
}
