import type { CrmConnector, CrmLeads, WriteBack } from '../../connectors/contract.js';
import type { CrmUnderTest, Peculiarity, SimulatedLeads, StartCrm } from './crm-under-test.js';
import { plainRecord, stampFor } from './push-registration.js';

export function describeLeads(start: StartCrm, lacks: readonly Peculiarity[]): void {
  let under: CrmUnderTest;
  let connector: CrmConnector;
  beforeEach(async () => {
    under = await start();
    connector = under.connect();
  });
  afterEach(() => under.close());

  if (lacks.includes('leads')) {
    it('are none of this CRM’s, and what registrations become is a deal', () => {
      expect([connector.leads, under.crm.leads]).toEqual([null, null]);
    });
    return;
  }

  const leads = (): CrmLeads => connector.leads!;
  const people = (): SimulatedLeads => under.crm.leads!;
  const addLeads = async (count: number): Promise<string[]> => {
    const made: string[] = [];
    for (let number = 0; number < count; number += 1) made.push(await addLead(`reg_${String(number)}`));
    return made;
  };
  const addLead = async (registrationId: string): Promise<string> => {
    const email = `${registrationId}@acme.test`;
    const { crmId } = await leads().ensureLead({
      registrationId,
      company: { name: `Acme ${registrationId}`, domain: null, country: null },
      contact: { firstName: 'Ida', lastName: registrationId, email, phone: null },
      deal: { name: 'Rollout', amount: null, currency: null, closeDate: null },
      stamp: stampFor(registrationId),
      record: plainRecord,
      mayExist: false,
    });
    return crmId;
  };
  const updatesFor = (ids: readonly string[], partner: string): WriteBack[] =>
    ids.map((crmId, index) => ({ crmId, stamp: stampFor(`reg_${String(index)}`, { partner, status: 'expired' }) }));

  it('show what became of their registrations, many in one call', async () => {
    const ids = await addLeads(20);
    under.crm.resetCalls();
    const results = await leads().writeBack(updatesFor(ids, 'Southwind'));
    expect(results).toEqual(ids.map((crmId) => ({ kind: 'written', crmId })));
    expect(under.crm.calls()).toBe(1);
    expect(ids.map((id) => people().partnerOn(id))).toEqual(ids.map(() => 'Southwind'));
  });

  it('that were converted, merged or deleted are gone, and the others are written', async () => {
    const [converted = '', merged = '', deleted = '', other = ''] = await addLeads(4);
    people().convert(converted);
    people().merge(other, merged);
    people().archive(deleted);
    const results = await leads().writeBack(updatesFor([converted, merged, deleted, other], 'Southwind'));
    expect(results.map(({ kind }) => kind)).toEqual(['gone', 'gone', 'gone', 'written']);
    expect(people().partnerOn(converted)).toBe('Northwind Partners');
    expect(people().partnerOn(other)).toBe('Southwind');
  });

  it('that the CRM refuses are named with its words, and the others are written', async () => {
    const [first = '', second = ''] = await addLeads(2);
    people().refusePartner('Southwind');
    const [refused, written] = [updatesFor([first], 'Southwind'), updatesFor([first, second], 'Eastwind').slice(1)];
    expect(await leads().writeBack([...refused, ...written])).toEqual([
      { kind: 'rejected', crmId: first, detail: expect.stringContaining('Not this one') },
      { kind: 'written', crmId: second },
    ]);
  });

  it('show nothing any more that is no longer so', async () => {
    const [id = ''] = await addLeads(1);
    await leads().writeBack([{ crmId: id, stamp: stampFor('reg_0', { partner: null }) }]);
    expect(people().partnerOn(id)).toBeNull();
  });
}
