import {
  CrmRejected,
  type CrmConnector,
  type CrmDeal,
  type DealAround,
  type DealStamp,
  type EnsureLead,
  type LeadReading,
  type WriteBack,
  type WriteBackResult,
} from '../../connectors/contract.js';

/** A CRM with leads that a test turns as it likes. */
export interface FakeCrm {
  /** What became of leads, by id; open unless said. */
  readonly leads: Map<string, LeadReading>;
  readonly around: DealAround[];
  readonly ensured: EnsureLead[];
  /** What reps see on deals and leads, by id. */
  readonly shown: Map<string, DealStamp>;
  /** Ids of the records of each call that wrote the rep's view. */
  readonly written: (readonly string[])[];
  /** Words in which the CRM refuses to show anything on a record, by its id. */
  readonly refused: Map<string, string>;
  /** What happens once when the next view arrives, before it is written or before its answer. */
  interrupt: { readonly when: 'before' | 'after'; readonly act: () => Promise<void> } | null;
  readonly connector: CrmConnector;
}

/** Most records of one call that writes the rep's view. */
const fakeWriteBackLimit = 2;

export function createFakeCrm(): FakeCrm {
  const crm: Omit<FakeCrm, 'connector'> = {
    ...{ leads: new Map(), around: [], ensured: [], shown: new Map(), written: [], refused: new Map() },
    interrupt: null,
  };
  return Object.assign(crm, { connector: connectorTo(crm) });
}

const unasked = (): never => {
  throw new Error('nobody should ask that');
};

function connectorTo(crm: Omit<FakeCrm, 'connector'>): CrmConnector {
  const writeBack = (isGone: (id: string) => boolean) => async (updates: readonly WriteBack[]) => {
    const { interrupt } = crm;
    crm.interrupt = null;
    if (interrupt?.when === 'before') await interrupt.act();
    crm.written.push(updates.map(({ crmId }) => crmId));
    const results = updates.map((update) => show(crm, update, isGone));
    if (interrupt?.when === 'after') await interrupt.act();
    return results;
  };
  const isLeadGone = (id: string): boolean => (crm.leads.get(id) ?? { kind: 'open' }).kind !== 'open';
  return {
    kind: 'salesforce',
    limits: { readDeals: 100, readDealsWithHistory: 50, writeBack: fakeWriteBackLimit, tiesOfDeals: 300 },
    leads: {
      limit: 2,
      ensureLead: (request) => {
        crm.ensured.push(request);
        const crmId = `lead-${request.registrationId}`;
        crm.shown.set(crmId, request.stamp);
        return Promise.resolve({ crmId, created: true });
      },
      readLeads: (ids) =>
        Promise.resolve(ids.map((requestedId) => crm.leads.get(requestedId) ?? { kind: 'open', requestedId })),
      writeBack: writeBack(isLeadGone),
    },
    dealsAround: () => Promise.resolve([...crm.around]),
    attachDeal: ({ crmDealId, stamp }) => {
      const [result] = [show(crm, { crmId: crmDealId, stamp }, () => false)];
      if (result.kind !== 'rejected') return Promise.resolve();
      return Promise.reject(new CrmRejected({ operation: 'attach a deal', vendorMessage: result.detail }));
    },
    writeBack: writeBack(() => false),
    readDeals: (ids) =>
      Promise.resolve(ids.map((requestedId) => ({ kind: 'found', requestedId, deal: dealOf(crm, requestedId) }))),
    feed: null,
    ...{
      account: unasked,
      provision: unasked,
      examine: unasked,
      stages: unasked,
      findMatches: unasked,
      ensureContact: unasked,
    },
    ...{ pipelines: unasked, fields: unasked },
    ...{
      ensureCompany: unasked,
      ensureDeal: unasked,
      tiesOfDeals: unasked,
      addressesOf: unasked,
      changesSince: unasked,
    },
  };
}

/** No two deals may carry one registration's id; a lead may carry that of its deal. */
function show(
  { shown, refused }: Pick<FakeCrm, 'shown' | 'refused'>,
  { crmId, stamp }: WriteBack,
  isGone: (id: string) => boolean,
): WriteBackResult {
  if (isGone(crmId)) return { kind: 'gone', crmId };
  const detail = refused.get(crmId);
  if (detail !== undefined) return { kind: 'rejected', crmId, detail };
  const isLead = (id: string): boolean => id.startsWith('lead-');
  const holder = [...shown].find(
    ([id, other]) =>
      id !== crmId && isLead(id) === isLead(crmId) && other.registrationId === (stamp.registrationId ?? ''),
  );
  if (holder !== undefined) return { kind: 'rejected', crmId, detail: `duplicate value found on ${holder[0]}` };
  shown.set(crmId, stamp);
  return { kind: 'written', crmId };
}

function dealOf(crm: Pick<FakeCrm, 'shown'>, crmDealId: string): CrmDeal {
  return {
    ...{ crmDealId, name: 'Fresh', pipelineId: null, stageId: 'new', stageLabel: 'New', outcome: 'open' },
    ...{ amount: '100.00', currency: 'EUR', closeDate: null, ownerId: null, mergedIds: [] },
    registrationId: crm.shown.get(crmDealId)?.registrationId ?? null,
    partner: crm.shown.get(crmDealId)?.partner ?? null,
    ...{ createdAt: null, modifiedAt: null, stageHistory: null, fields: {} },
  };
}
