import type { SalesforceSimulator, SimulatorOptions } from '../../connectors/salesforce/simulator/start.js';
import { partnerProgram, type PartnerProgram, type ProblemView, type Prospect } from './partner-program.js';
import { startRunningService, type RunningService } from './running-service.js';

const ourId = 'Introducer_Registration_Id__c';

/** A registration that is on its way into Salesforce. */
export interface Registered {
  readonly registrationId: string;
  readonly prospect: Prospect;
}

export interface PushedLead extends Registered {
  readonly leadId: string;
}

export interface ConvertedLead extends PushedLead {
  readonly opportunityId: string;
  readonly accountId: string;
  readonly contactId: string;
}

/** The service with a simulated Salesforce as the only place where registrations go, in the words of the tests. */
export interface SweptSalesforce {
  readonly service: RunningService;
  readonly salesforce: SalesforceSimulator;
  readonly program: PartnerProgram;
  /** Registered and approved, and all done that could be done. */
  introduce(terms?: { readonly prospect?: Prospect; readonly currency?: string }): Promise<Registered>;
  /** The same, with the one Lead that came of it. */
  pushLead(terms?: { readonly currency?: string }): Promise<PushedLead>;
  /** A rep converts the Lead, and the sweep notices. */
  convert(lead: PushedLead, ownerId?: string): Promise<ConvertedLead>;
  /** A rep wins the opportunity; nobody has noticed yet. */
  win(opportunityId: string): void;
  /** The sweep looks, and everything that follows is done. */
  look(): Promise<void>;
  leadsOf(registered: Registered): readonly string[];
  /** What is booked for a registration, oldest first, as `commission 1200.00 USD`. */
  bookOf(registered: Registered): Promise<readonly string[]>;
  valuesOf(id: string): Readonly<Record<string, unknown>>;
  /** Ids of the opportunities that carry a registration's id. */
  stampedWith(registered: Registered): readonly string[];
  /** Tries everything again that is set aside about a registration or deal. */
  retry(subjectId: string): Promise<void>;
  problems(subjectId: string): Promise<readonly ProblemView[]>;
}

export async function startSweptSalesforce(options: SimulatorOptions = {}): Promise<SweptSalesforce> {
  const service = await startRunningService({ salesforce: options });
  const { salesforce } = service;
  if (salesforce === null) throw new Error('It was asked for.');
  const { person } = salesforce;
  const program = partnerProgram(service);
  await program.writeStandardPlan();
  await service.operator.put('/api/v1/program', { crmRoutes: [{ connection: 'salesforce' }] });
  await service.settled();

  const look = () => service.sweep('salesforce');
  const leadsOf = ({ prospect }: Registered): readonly string[] =>
    person.all('Lead').flatMap(({ id, values }) => (values['Email'] === prospect.contact.email ? [id] : []));
  const introduce: SweptSalesforce['introduce'] = async ({
    prospect = program.newProspect(),
    currency = 'USD',
  } = {}) => {
    const terms = { prospect, amount: '12000.00', currency };
    const { id: registrationId } = await program.register(await program.addPartner(), terms);
    await program.approve(registrationId);
    await service.settled(60_000);
    return { registrationId, prospect };
  };

  return {
    service,
    salesforce,
    program,
    introduce,
    look,
    leadsOf,
    pushLead: async (terms) => {
      const registered = await introduce(terms);
      const [leadId, ...others] = leadsOf(registered);
      if (leadId === undefined || others.length > 0)
        throw new Error(`There are ${leadId === undefined ? 0 : others.length + 1} Leads`);
      return { ...registered, leadId };
    },
    convert: async (lead, ownerId) => {
      const { accountId, contactId, opportunityId } = person.convertLead({ leadId: lead.leadId, ownerId });
      await look();
      return { ...lead, accountId, contactId, opportunityId: opportunityId ?? '' };
    },
    win: (opportunityId) => {
      // Salesforce tells times in whole seconds: a win in the second of the approval would look like one before it.
      service.clock.advanceMs(1_000);
      person.update(opportunityId, { StageName: 'Closed Won', Amount: 12_000 });
    },
    bookOf: async ({ registrationId }) => {
      const { items } = await service.operator.get<{
        items: readonly {
          readonly id: string;
          readonly kind: string;
          readonly amount: string;
          readonly currency: string;
        }[];
      }>(`/api/v1/commissions?registrationId=${registrationId}`);
      return items
        .toSorted((a, b) => (a.id < b.id ? -1 : 1))
        .map((line) => `${line.kind} ${line.amount} ${line.currency}`);
    },
    valuesOf: (id) => person.read(id)?.values ?? {},
    stampedWith: ({ registrationId }) =>
      person.all('Opportunity').flatMap(({ id, values }) => (values[ourId] === registrationId ? [id] : [])),
    problems: (subjectId) => program.problems(subjectId),
    retry: async (subjectId) => {
      for (const problem of await program.problems(subjectId)) {
        await service.operator.post(`/api/v1/problems/${problem.id}/retry`);
      }
      await service.settled();
    },
  };
}
