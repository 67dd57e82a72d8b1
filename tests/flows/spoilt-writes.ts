import type { FaultInput } from '../../connectors/hubspot/simulator/wire/fault-rules.js';
import { crmWrites, spoilCrmWrite, type CrmWrite } from '../support/crm-writes.js';
import { crmRecordsOf, partnerProgram, type PartnerProgram } from '../support/partner-program.js';
import { startRunningService, type RunningService } from '../support/running-service.js';

type FaultKind = FaultInput['kind'];

/** What each write may meet; the commission is shown after the deal was won. */
export interface Mishap {
  readonly write: CrmWrite;
  readonly kind: FaultKind;
}

/** A retry must not rely on finding by search what it may have made. */
const searchLagMs = 5_000;

export function everyWriteWith(...kinds: readonly FaultKind[]): readonly Mishap[] {
  return kinds.flatMap((kind) => crmWrites.map((write) => ({ write, kind })));
}

/**
 * Lets each mishap happen once to a registration of its own, all at the same time, and claims that every one of them ends with
 * one contact, one company, one deal and its commission shown in HubSpot.
 */
export function describeSpoiltWrites(name: string, mishaps: readonly Mishap[], withinMs: number): void {
  describe(name, () => {
    let service: RunningService;
    let program: PartnerProgram;
    const outcomes = new Map<Mishap, unknown>();

    beforeAll(async () => {
      service = await startRunningService({ hubspot: { settings: { searchLagMs } } });
      program = partnerProgram(service);
      await program.writeStandardPlan();
      await Promise.all(mishaps.map(async (mishap) => outcomes.set(mishap, await live(mishap))));
    }, withinMs);
    afterAll(() => service.close());

    const live = async ({ write, kind }: Mishap): Promise<unknown> => {
      const prospect = program.newProspect();
      const partner = await program.addPartner();
      const { id } = await program.register(partner, { prospect, amount: '12000.00', currency: 'EUR' });
      const hasStruck = spoilCrmWrite(service.hubspot, write, id, kind);
      await program.approve(id);
      await service.settled(withinMs);
      const { dealId, crm } = await program.registration(id);
      service.hubspot.person.moveDeal(crm?.crmDealId ?? '', 'closedwon');
      await service.settled(withinMs);
      const deal = service.hubspot.person.record('deals', crm?.crmDealId ?? '');
      return {
        struck: hasStruck(),
        records: crmRecordsOf(service, { prospect, registrationId: id }),
        tied: ['contacts', 'companies'].map(
          (to) => service.hubspot.person.associated('deals', deal?.id ?? '', to).length,
        ),
        book: await program.book({ dealId: dealId ?? '' }),
        shown: deal?.properties['introducer_commission'],
        problems: await program.problems(id),
      };
    };

    it.each(mishaps)('$kind when writing the $write leaves one of each and the right commission', (mishap) => {
      expect(outcomes.get(mishap)).toEqual({
        struck: true,
        records: { contacts: 1, companies: 1, deals: 1 },
        tied: [1, 1],
        book: ['commission 1200.00 EUR'],
        shown: '1200.00',
        problems: [],
      });
    });
  });
}
