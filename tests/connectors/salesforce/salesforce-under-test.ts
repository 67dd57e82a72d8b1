import { createSalesforceConnector } from '../../../connectors/salesforce/connector.js';
import { startSalesforceSimulator, type SalesforceSimulator } from '../../../connectors/salesforce/simulator/start.js';
import type {
  CrmUnderTest,
  Mishap,
  NewDeal,
  RecordKind,
  SimulatedCrm,
  SimulatedLeads,
  StoredRecord,
} from '../crm-under-test.js';
import { createMemoryStore } from '../memory-store.js';

const objects: Readonly<Record<RecordKind, string>> = { contact: 'Contact', company: 'Account', deal: 'Opportunity' };
const ourId = 'Introducer_Registration_Id__c';
const ourPartner = 'Introducer_Partner__c';

const faultKinds = {
  'answer-lost': 'apply-then-drop',
  'never-arrived': 'drop',
  hangs: 'apply-then-hang',
  'rate-limited': 'limit-exceeded',
  'server-error': 'server-unavailable',
} as const satisfies Record<Mishap, string>;

/** An organisation of its own with our fields in it, and connectors to it that push contact, account and opportunity. */
export async function startSalesforceUnderTest(): Promise<CrmUnderTest> {
  const simulator = await startSalesforceSimulator({ settings: { corporateCurrency: 'EUR' } });
  const { url, clientId, secret, tokens } = simulator;
  const connect: CrmUnderTest['connect'] = (options) =>
    createSalesforceConnector({
      loginUrl: url,
      grant: { kind: 'refresh-token', clientId, clientSecret: secret, refreshToken: tokens.refreshToken },
      tokens: createMemoryStore(null).store,
      now: () => new Date(),
      timeoutMs: options?.timeoutMs,
    });
  await connect().provision();
  simulator.resetCalls();
  return { crm: simulatedSalesforce(simulator), connect, close: () => simulator.close() };
}

function simulatedSalesforce(simulator: SalesforceSimulator): SimulatedCrm {
  const { person } = simulator;
  const calls = (): [string, number][] => Object.entries(simulator.calls());
  return {
    addContact: ({ email }) => person.create('Contact', { LastName: 'Known', Email: email }),
    addCompany: ({ name, domain }) => person.create('Account', { Name: name, Website: domain }),
    addDeal: (deal) => addDeal(simulator, deal),
    moveDeal: (id, StageName) => person.update(id, { StageName }),
    setAmount: (id, amount) => person.update(id, { Amount: Number(amount) }),
    archiveDeal: (id) => person.delete(id),
    restoreDeal: (id) => person.undelete(id),
    mergeDeals: () => {
      throw new TypeError('Salesforce cannot merge opportunities');
    },
    records: (kind) => liveRecords(simulator, kind),
    leads: simulatedLeads(simulator),
    addPipeline: () => addStages(simulator),
    loseOurPartnerField: () => person.removeField(`Opportunity.${ourPartner}`),
    // A query is never late.
    setSearchLag: () => undefined,
    catchUpSearch: () => undefined,
    spoilWrite: (index, mishap) => spoilWrite(simulator, index, mishap),
    spoilEveryCall: (mishap) => void simulator.addFault({ kind: faultKinds[mishap] }),
    mend: () => simulator.clearFaults(),
    revokeAccess: () =>
      void simulator.addFault({ kind: 'error', path: '*/oauth2/token', status: 400, errorCode: 'invalid_grant' }),
    refusedForRate: () => sum(calls().filter(([operation]) => operation.endsWith(' 403'))),
    calls: () => sum(calls().filter(([operation]) => !/describe|oauth2|Soap/.test(operation))),
    resetCalls: () => simulator.resetCalls(),
  };
}

function simulatedLeads({ person }: SalesforceSimulator): SimulatedLeads {
  return {
    convert: (leadId) => void person.convertLead({ leadId }),
    archive: (leadId) => person.delete(leadId),
    merge: (survivorId, leadId) => void person.merge(survivorId, [leadId]),
    refusePartner: (partner) =>
      person.addValidationRule({ entity: 'Lead', errorWhen: `${ourPartner} = '${partner}'`, message: 'Not this one' }),
    partnerOn: (leadId) => {
      const partner = person.read(leadId)?.values[ourPartner];
      return typeof partner === 'string' ? partner : null;
    },
  };
}

function addDeal({ person }: SalesforceSimulator, { name, stageId, amount, companyId, contactId }: NewDeal): string {
  const id = person.create('Opportunity', {
    Name: name,
    StageName: stageId,
    CloseDate: '2027-01-31',
    ...(amount === undefined ? {} : { Amount: Number(amount) }),
    ...(companyId === undefined ? {} : { AccountId: companyId }),
  });
  if (contactId !== undefined) person.create('OpportunityContactRole', { OpportunityId: id, ContactId: contactId });
  return id;
}

/** Every stage is in every pipeline: record types choose among them. */
function addStages(simulator: SalesforceSimulator): Readonly<Record<'open' | 'won' | 'lost', string>> {
  const stage = (name: string, IsClosed: boolean, IsWon: boolean) => {
    const facts = { IsActive: true, IsClosed, IsWon, DefaultProbability: IsWon ? 100 : 0, SortOrder: 90 };
    simulator.seed('OpportunityStage', [{ ApiName: name, MasterLabel: name, ...facts }]);
    return name;
  };
  return {
    open: stage('Talking', false, false),
    won: stage('Signed', true, true),
    lost: stage('Walked away', true, false),
  };
}

function sum(counts: readonly [string, number][]): number {
  return counts.reduce((total, [, count]) => total + count, 0);
}

function liveRecords({ person }: SalesforceSimulator, kind: RecordKind): readonly StoredRecord[] {
  const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
  const pairs = (object: string, from: string, to: string) =>
    person.all(object).map(({ id, values }) => [text(from === 'Id' ? id : values[from]), text(values[to])] as const);
  type Pairs = readonly (readonly [string | null, string | null])[];
  const ties: Readonly<Record<RecordKind, Partial<Record<RecordKind, Pairs>>>> = {
    contact: { company: pairs('Contact', 'Id', 'AccountId') },
    company: { contact: pairs('Contact', 'Id', 'AccountId').map(([one, other]) => [other, one] as const) },
    deal: {
      contact: pairs('OpportunityContactRole', 'OpportunityId', 'ContactId'),
      company: pairs('Opportunity', 'Id', 'AccountId'),
    },
  };
  const tied = (id: string, to: RecordKind): readonly string[] =>
    (ties[kind][to] ?? []).flatMap(([from, other]) => (from === id && other !== null ? [other] : []));
  return person.all(objects[kind]).map(({ id, values }) => ({
    id,
    registrationId: text(values[ourId]),
    name: text(values['Name']),
    partner: text(values[ourPartner]),
    tiedTo: { contact: tied(id, 'contact'), company: tied(id, 'company'), deal: tied(id, 'deal') },
  }));
}

function spoilWrite(simulator: SalesforceSimulator, index: number, mishap: Mishap): () => boolean {
  let writes = 0;
  let struck = false;
  simulator.onRequest({
    when: 'before',
    act: ({ method, path }) => {
      if (method === 'GET' || !path.includes('/sobjects')) return undefined;
      if (writes === index) {
        simulator.addFault({ kind: faultKinds[mishap], method, path, count: 1 });
        struck = true;
      }
      writes += 1;
      return undefined;
    },
  });
  return () => struck;
}
