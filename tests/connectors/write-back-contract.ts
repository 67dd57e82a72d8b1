import type { CrmConnector, WriteBack } from '../../connectors/contract.js';
import type { CrmUnderTest, Peculiarity, StartCrm } from './crm-under-test.js';
import { stampFor } from './push-registration.js';

export function describeWriteBack(start: StartCrm, lacks: readonly Peculiarity[]): void {
  let under: CrmUnderTest;
  let connector: CrmConnector;
  beforeEach(async () => {
    under = await start();
    connector = under.connect();
  });
  afterEach(() => under.close());

  const addDeals = async (count: number): Promise<string[]> => {
    const stageId = (await connector.stages()).find((stage) => stage.outcome === 'open')!.id;
    return Array.from({ length: count }, (_, index) => under.crm.addDeal({ name: `Deal ${String(index)}`, stageId }));
  };
  const updatesFor = (ids: readonly string[]): WriteBack[] =>
    ids.map((crmId) => ({
      crmId,
      stamp: stampFor(`reg_${crmId}`, {
        commission: '120.05',
        commissionCurrency: 'EUR',
        commissionStatus: 'pending',
      }),
    }));

  it('writes a full batch in one call', async () => {
    const ids = await addDeals(connector.limits.writeBack);
    under.crm.resetCalls();
    const results = await connector.writeBack(updatesFor(ids));
    expect(results).toEqual(ids.map((crmId) => ({ kind: 'written', crmId })));
    expect(under.crm.calls()).toBe(1);
    expect(under.crm.records('deal').every((deal) => deal.partner === 'Northwind Partners')).toBe(true);
  });

  it('writes the others when some are archived or merged away', async () => {
    const ids = await addDeals(connector.limits.writeBack);
    const [archived = '', eaten = '', other = ''] = ids;
    under.crm.archiveDeal(archived);
    const survivor = lacks.includes('merged-deals') ? null : under.crm.mergeDeals(other, eaten);
    const results = await connector.writeBack(updatesFor(ids));
    const gone = survivor === null ? [archived] : [archived, eaten, other].filter((id) => id !== survivor);
    expect(results.filter((result) => result.kind === 'gone').map((result) => result.crmId)).toEqual(gone);
    expect(results.filter((result) => result.kind === 'written')).toHaveLength(ids.length - gone.length);
  });

  it('names the one deal the CRM refuses, and writes the others', async () => {
    const ids = await addDeals(20);
    const updates = updatesFor(ids).map((update, index) =>
      index === 7 ? { ...update, stamp: { ...update.stamp, commission: 'a lot' } } : update,
    );
    const results = await connector.writeBack(updates);
    expect(results.filter((result) => result.kind === 'rejected').map((result) => result.crmId)).toEqual([ids[7]]);
    expect(results.filter((result) => result.kind === 'written')).toHaveLength(19);
  });

  it('clears what is no longer so', async () => {
    const [id = ''] = await addDeals(1);
    await connector.writeBack(updatesFor([id]));
    await connector.writeBack([{ crmId: id, stamp: stampFor(`reg_${id}`, { partner: null }) }]);
    expect(under.crm.records('deal')[0]?.partner).toBeNull();
  });

  it('says in words which of our fields is missing, in few calls, and works again once it is made', async () => {
    const ids = await addDeals(50);
    under.crm.loseOurPartnerField();
    under.crm.resetCalls();
    const results = await connector.writeBack(updatesFor(ids));
    expect(results.every((result) => result.kind === 'rejected' && /partner.*provision/i.test(result.detail))).toBe(
      true,
    );
    expect(under.crm.calls()).toBeLessThan(5);
    const mended = await connector.provision();
    expect(mended.created).toHaveLength(1);
    expect((await connector.writeBack(updatesFor(ids))).every((result) => result.kind === 'written')).toBe(true);
  });
}
