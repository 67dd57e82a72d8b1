import { createHubspotConnector } from '../../../connectors/hubspot/connector.js';
import { startHubspotSimulator, type HubspotSimulator } from '../../../connectors/hubspot/simulator/start.js';
import type { CrmUnderTest, Mishap, NewDeal, RecordKind, SimulatedCrm, StoredRecord } from '../crm-under-test.js';

const types: Readonly<Record<RecordKind, string>> = { contact: 'contacts', company: 'companies', deal: 'deals' };

const faultKinds = {
  'answer-lost': 'apply-then-drop',
  'never-arrived': 'drop',
  hangs: 'apply-then-hang',
  'rate-limited': 'rate-limit-rolling',
  'server-error': 'server-error',
} as const satisfies Record<Mishap, string>;

/** Calls that only read although they are a POST. */
const reads = /\/(search|batch\/read)$/;

/** A HubSpot account of its own with our properties in it, and connectors to it. */
export async function startHubspotUnderTest(): Promise<CrmUnderTest & { readonly simulator: HubspotSimulator }> {
  const simulator = await startHubspotSimulator();
  const connect: CrmUnderTest['connect'] = (options) =>
    createHubspotConnector({
      apiUrl: simulator.url,
      auth: { kind: 'static', accessToken: simulator.accessToken },
      now: () => new Date(),
      timeoutMs: options?.timeoutMs,
    });
  await connect().provision();
  simulator.resetCalls();
  return { simulator, crm: simulatedHubspot(simulator), connect, close: () => simulator.close() };
}

function simulatedHubspot(simulator: HubspotSimulator): SimulatedCrm {
  const { person } = simulator;
  const callCounts = (): [string, number][] => Object.entries(simulator.calls());
  return {
    addContact: ({ email, additionalEmails = [] }) =>
      person.createRecord('contacts', {
        email,
        ...(additionalEmails.length === 0 ? {} : { hs_additional_emails: additionalEmails.join(';') }),
      }),
    addCompany: ({ name, domain }) =>
      person.createRecord('companies', { name, ...(domain === null ? {} : { domain }) }),
    addDeal: (deal) => addDeal(simulator, deal),
    moveDeal: (id, stageId) => person.moveDeal(id, stageId),
    setAmount: (id, amount) => person.updateRecord('deals', id, { amount }),
    archiveDeal: (id) => person.archiveRecord('deals', id),
    restoreDeal: (id) => person.restoreRecord('deals', id),
    mergeDeals: (id, otherId) => person.mergeRecords('deals', id, otherId),
    leads: null,
    records: (kind) => liveRecords(simulator, kind),
    addPipeline: (label) => addPipeline(simulator, label),
    loseOurPartnerField: () => person.deleteProperty('deals', 'introducer_partner'),
    setSearchLag: (searchLagMs) => simulator.configure({ searchLagMs }),
    catchUpSearch: () => simulator.flushSearch(),
    spoilWrite: (index, mishap) => spoilWrite(simulator, index, mishap),
    spoilEveryCall: (mishap) => void simulator.addFault({ kind: faultKinds[mishap] }),
    mend: () => simulator.clearFaults(),
    revokeAccess: () => simulator.oauth.revokeStaticToken(simulator.accessToken),
    refusedForRate: () => sum(callCounts().filter(([operation]) => operation.endsWith(' 429'))),
    calls: () => sum(callCounts()),
    resetCalls: () => simulator.resetCalls(),
  };
}

function addDeal(simulator: HubspotSimulator, deal: NewDeal): string {
  const { name, stageId, amount, currency, companyId, contactId, writtenAt } = deal;
  const properties = {
    dealname: name,
    dealstage: stageId,
    ...pipelineOf(simulator, stageId),
    ...(amount === undefined ? {} : { amount }),
    ...(currency === undefined ? {} : { deal_currency_code: currency }),
  };
  const ties = [
    ...(companyId === undefined ? [] : [{ type: 'companies', id: companyId, primary: true }]),
    ...(contactId === undefined ? [] : [{ type: 'contacts', id: contactId }]),
  ];
  if (writtenAt === undefined) return simulator.person.createRecord('deals', properties, ties);
  return simulator.seed('deals', [{ at: writtenAt, properties, ties }])[0] ?? '';
}

function sum(counts: readonly [string, number][]): number {
  return counts.reduce((total, [, count]) => total + count, 0);
}

const pipelinesOfStages = new WeakMap<HubspotSimulator, Map<string, string>>();

function addPipeline(simulator: HubspotSimulator, label: string): Readonly<Record<'open' | 'won' | 'lost', string>> {
  const pipeline = simulator.person.addPipeline(label, [
    { label: 'Talking', probability: '0.5' },
    { label: 'Signed', probability: '1.0' },
    { label: 'Walked away', probability: '0.0' },
  ]);
  const [open = '', won = '', lost = ''] = pipeline.stages.map((stage) => stage.id);
  const known = pipelinesOfStages.get(simulator) ?? new Map<string, string>();
  for (const stageId of [open, won, lost]) known.set(stageId, pipeline.id);
  pipelinesOfStages.set(simulator, known);
  return { open, won, lost };
}

/** HubSpot wants the pipeline beside a stage that is not in the default one. */
function pipelineOf(simulator: HubspotSimulator, stageId: string): { readonly pipeline?: string } {
  const pipeline = pipelinesOfStages.get(simulator)?.get(stageId);
  return pipeline === undefined ? {} : { pipeline };
}

function liveRecords({ person }: HubspotSimulator, kind: RecordKind): readonly StoredRecord[] {
  const tied = (id: string, to: RecordKind) => person.associated(types[kind], id, types[to]);
  return person
    .records(types[kind])
    .filter((record) => !record.archived)
    .map(({ id, properties }) => ({
      id,
      registrationId: properties['introducer_registration_id'] ?? null,
      name: properties['name'] ?? properties['dealname'] ?? null,
      partner: properties['introducer_partner'] ?? null,
      tiedTo: { contact: tied(id, 'contact'), company: tied(id, 'company'), deal: tied(id, 'deal') },
    }));
}

function spoilWrite(simulator: HubspotSimulator, index: number, mishap: Mishap): () => boolean {
  let writes = 0;
  let struck = false;
  simulator.onRequest({
    when: 'before',
    act: ({ method, path }) => {
      if (method === 'GET' || reads.test(path)) return undefined;
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
