import type { HubspotSimulator } from '../../connectors/hubspot/simulator/start.js';
import { assertDefined } from '../../src/platform/assert.js';
import type { RunningClock } from '../support/running-clock.js';
import type { ApiClient } from '../support/api-client.js';
import { partnerProgram, type PartnerProgram, type TestPartner } from '../support/partner-program.js';
import { startRunningService, type RunningService } from '../support/running-service.js';
import { leads, partners, type Lead } from './year-leads.js';

const dayMs = 86_400_000;
const yearDays = 330;
const limitsOfAYear = { enabled: false };

/** When the year begins; the plan of the walk that follows holds since the first of January 2026. */
export function yearBefore(now: Date): Date {
  return new Date(Math.max(now.getTime() - yearDays * dayMs, Date.UTC(2026, 0, 2, 9)));
}

const plans = [
  {
    plan: 'standard',
    effectiveFrom: '2026-01-01',
    rules: [{ id: 'new-business', pay: { percent: 10, of: 'amount' } }],
  },
  {
    plan: 'gold',
    effectiveFrom: '2026-01-01',
    for: { tier: 'gold' },
    rules: [{ id: 'new-business', pay: { percent: 15, of: 'amount' } }],
  },
];

interface Beside {
  readonly hubspot: HubspotSimulator;
  readonly clock: RunningClock;
  /** Where the service that goes on with it will find it. */
  readonly dataDir: string;
  /** Told of each month as it begins, `2026-03`. */
  readonly onMonth?: (month: string) => void;
}

/**
 * Lets the year of a small program go by, up to now: partners, registrations in every state, wins, one taken back, a dispute. The
 * clock must have been set back to where the year begins; afterwards it goes by the wall clock again.
 */
export async function fillYear({ hubspot, clock, dataDir, onMonth = () => undefined }: Beside): Promise<Year> {
  hubspot.configure({ limits: limitsOfAYear });
  const service = await startRunningService({ beside: { hubspot, clock }, dataDir });
  try {
    return await passYear(service, onMonth);
  } finally {
    await service.close();
    clock.advanceMs(Date.now() - clock.now().getTime());
    hubspot.configure({ limits: { enabled: true } });
  }
}

export interface Year {
  /** The partner that brought most. */
  readonly busiestPartnerId: string;
}

interface Happening {
  /** The share of the year that has gone by, in percent. */
  readonly at: number;
  readonly happens: () => Promise<unknown>;
}

async function passYear(service: RunningService, onMonth: (month: string) => void): Promise<Year> {
  const begin = service.clock.now().getTime();
  const lengthMs = Date.now() - begin;
  const program = partnerProgram(service);
  await service.operator.put('/api/v1/program', { publicName: 'Harbour Software', defaultCurrency: 'EUR' });
  for (const plan of plans) await service.operator.put(`/api/v1/plans/${plan.plan}`, plan);
  const known: TestPartner[] = [];
  for (const partner of partners) known.push(await addPartner(service, partner));
  const happenings = leads.flatMap((lead) => happeningsOf(lead, known, { service, program }));
  happenings.push({ at: 60, happens: () => payEverything(service.operator, service.clock) });
  let month = '';
  for (const { at, happens } of happenings.toSorted((a, b) => a.at - b.at)) {
    const days = (begin + (at / 100) * lengthMs - service.clock.now().getTime()) / dayMs;
    if (days > 0) await service.letDaysPass(days);
    const now = service.clock.now().toISOString().slice(0, 'YYYY-MM'.length);
    if (now !== month) onMonth(now);
    month = now;
    await happens();
    await service.settled();
  }
  return { busiestPartnerId: assertDefined(known[0], 'the program has partners').id };
}

async function addPartner(service: RunningService, partner: (typeof partners)[number]): Promise<TestPartner> {
  const { id, personalUrl } = await service.operator.post<{ id: string; personalUrl: string }>(
    '/api/v1/partners',
    partner,
  );
  const { key } = await service.operator.post<{ key: string }>(`/api/v1/partners/${id}/api-keys`);
  return { id, personalUrl, api: service.as(key) };
}

interface Scene {
  readonly service: RunningService;
  readonly program: PartnerProgram;
}

/** What happens to one lead over the year. */
function happeningsOf(lead: Lead, known: readonly TestPartner[], { service, program }: Scene): readonly Happening[] {
  const partner = assertDefined(known[lead.partner], 'a lead is of one of the partners');
  let id = '';
  const decide = (act: string, body: object) => service.operator.post(`/api/v1/registrations/${id}/${act}`, body);
  const move = async (stage: string) => {
    const { crm } = await program.registration(id);
    service.hubspot.person.moveDeal(crm?.crmDealId ?? '', stage);
  };
  const dispute = async () => {
    const { items } = await partner.api.get<{ items: readonly { id: string }[] }>(
      `/api/v1/commissions?registrationId=${id}`,
    );
    const [line] = items;
    if (line === undefined) throw new Error(`${lead.company} earned nothing to dispute`);
    await partner.api.post('/api/v1/disputes', {
      lineId: line.id,
      reason: 'The order was signed at a higher amount; the contract is attached.',
      links: ['https://files.example.com/contract.pdf'],
    });
  };
  const acts: Readonly<Record<Lead['then'][number]['what'], () => Promise<unknown>>> = {
    approve: () => decide('approve', { reason: 'A new customer, and a good fit.' }),
    reject: () => decide('reject', { code: 'existing_customer', reason: 'We have sold to this company since 2021.' }),
    return: () => decide('return', { reason: 'Which of their sites is this about?' }),
    withdraw: () => partner.api.post(`/api/v1/registrations/${id}/withdraw`, { reason: 'They stopped the project.' }),
    propose: () => move('presentationscheduled'),
    win: () => move('closedwon'),
    lose: () => move('closedlost'),
    reopen: () => move('contractsent'),
    dispute,
  };
  const register = async () => {
    const domain = `${lead.company.toLowerCase().replaceAll(/[^a-z]+/g, '-')}.com`;
    const [firstName, lastName] = lead.contact;
    const registration = await program.register(partner, {
      prospect: {
        company: { name: lead.company, domain },
        contact: { firstName, lastName, email: `${lastName.toLowerCase()}@${domain}` },
      },
      amount: lead.amount,
      currency: 'EUR',
    });
    id = registration.id;
  };
  return [
    { at: lead.at, happens: register },
    ...lead.then.map(({ at, what }) => ({ at, happens: () => acts[what]() })),
  ];
}

/** Finance pays what is due, once within the year, and says so; who was given too much before is not paid yet. */
async function payEverything(operator: ApiClient, clock: RunningClock): Promise<void> {
  const { items } = await operator.get<{ items: readonly Payable[] }>('/api/v1/commissions?status=payable&limit=200');
  const takenBack = new Set(items.filter(({ kind }) => kind === 'reversal').map(({ partnerId }) => partnerId));
  const paid = items.filter(({ partnerId }) => !takenBack.has(partnerId));
  await operator.post('/api/v1/payouts/external', {
    lines: paid.map(({ id }) => id),
    paidOn: clock.now().toISOString().slice(0, 10),
    reference: 'SEPA run of the half-year',
  });
}

interface Payable {
  readonly id: string;
  readonly partnerId: string;
  readonly kind: string;
}
