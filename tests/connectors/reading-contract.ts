import type { CrmConnector, CrmDeal } from '../../connectors/contract.js';
import type { CrmUnderTest, Peculiarity, StartCrm } from './crm-under-test.js';

export function describeReading(start: StartCrm, lacks: readonly Peculiarity[]): void {
  let under: CrmUnderTest;
  let connector: CrmConnector;
  let stages: Readonly<Record<'open' | 'won' | 'lost', string>>;
  beforeEach(async () => {
    under = await start();
    connector = under.connect();
    const known = await connector.stages();
    const first = (outcome: string): string => known.find((stage) => stage.outcome === outcome)!.id;
    stages = { open: first('open'), won: first('won'), lost: first('lost') };
  });
  afterEach(() => under.close());

  const addDeals = (count: number): string[] =>
    Array.from({ length: count }, (_, index) =>
      under.crm.addDeal({ name: `Deal ${String(index)}`, stageId: stages.open, amount: '100', currency: 'EUR' }),
    );

  it('reads a full batch of deals in one call', async () => {
    const ids = addDeals(connector.limits.readDeals);
    under.crm.resetCalls();
    const readings = await connector.readDeals(ids, { history: false });
    expect(readings.map((reading) => reading.requestedId)).toEqual(ids);
    expect(new Set(readings.map((reading) => reading.kind))).toEqual(new Set(['found']));
    expect(under.crm.calls()).toBe(1);
  });

  it('tells the stage history oldest first, with what each stage meant', async () => {
    const [id = ''] = addDeals(1);
    for (const stageId of [stages.won, stages.open, stages.won]) under.crm.moveDeal(id, stageId);
    const [reading] = await connector.readDeals([id], { history: true });
    const deal = reading?.kind === 'found' ? reading.deal : undefined;
    expect(deal?.outcome).toBe('won');
    expect(deal?.stageHistory?.map((change) => change.outcome)).toEqual(['open', 'won', 'open', 'won']);
    const times = deal?.stageHistory?.map((change) => change.at) ?? [];
    expect(times).toEqual(times.toSorted());
    const [plain] = await connector.readDeals([id], { history: false });
    expect(plain).toMatchObject({ deal: { stageHistory: null } });
  });

  it('tells won and lost apart in a pipeline made after it last looked', async () => {
    const renewals = under.crm.addPipeline('Renewals');
    const won = under.crm.addDeal({ name: 'Won there', stageId: renewals.won });
    const lost = under.crm.addDeal({ name: 'Lost there', stageId: renewals.lost });
    const later = under.connect();
    const readings = await later.readDeals([won, lost], { history: false });
    expect(readings.map((reading) => ('deal' in reading ? reading.deal.outcome : reading.kind))).toEqual([
      'won',
      'lost',
    ]);
  });

  it('tells archived, restored and never known deals apart', async () => {
    const [kept = '', archived = ''] = addDeals(2);
    under.crm.archiveDeal(archived);
    const unknown = '999999999';
    const kinds = async () => {
      const readings = await connector.readDeals([unknown, archived, kept, 'not-an-id'], { history: false });
      return readings.map((reading) => [reading.requestedId, reading.kind]);
    };
    expect(await kinds()).toEqual([
      [unknown, 'missing'],
      [archived, 'archived'],
      [kept, 'found'],
      ['not-an-id', 'missing'],
    ]);
    under.crm.restoreDeal(archived);
    expect((await kinds())[1]).toEqual([archived, 'found']);
  });

  if (!lacks.includes('merged-deals')) {
    it('follows a merged deal to the one it became, with its history', async () => {
      const [first = '', second = ''] = addDeals(2);
      under.crm.moveDeal(first, stages.won);
      const survivor = under.crm.mergeDeals(first, second);
      const readings = await connector.readDeals([first, second], { history: true });
      for (const [index, requestedId] of [first, second].entries()) {
        const reading = readings[index];
        expect(reading).toMatchObject({
          kind: survivor === requestedId ? 'found' : 'moved',
          requestedId,
          deal: { crmDealId: survivor, outcome: 'won' },
        });
        expect(reading && 'deal' in reading ? reading.deal.mergedIds : []).toEqual(
          expect.arrayContaining([first, second].filter((id) => id !== survivor)),
        );
      }
    });
  }

  const readAllChanges = async (cursor: string | null, since: Date) => {
    const seen: CrmDeal[] = [];
    for (let pages = 0; pages < 50; pages += 1) {
      const page = await connector.changesSince(cursor, since);
      seen.push(...page.deals);
      cursor = page.cursor;
      if (!page.more) return { seen, cursor };
    }
    throw new Error('changes do not end');
  };

  it('finds every deal changed since the cursor, over several pages', async () => {
    const since = new Date(Date.now() - 60_000);
    const ids = addDeals(450);
    under.crm.catchUpSearch();
    const first = await readAllChanges(null, since);
    expect(new Set(first.seen.map((deal) => deal.crmDealId))).toEqual(new Set(ids));
    const [changed = ''] = ids;
    under.crm.setAmount(changed, '777.25');
    under.crm.catchUpSearch();
    const second = await readAllChanges(first.cursor, since);
    expect(second.seen.find((deal) => deal.crmDealId === changed)?.amount).toBe('777.25');
  });

  it('finds a change that search learnt of after the sweep had passed', async () => {
    const since = new Date(Date.now() - 60_000);
    const [seen = ''] = addDeals(1);
    const first = await readAllChanges(null, since);
    expect(first.seen.map((deal) => deal.crmDealId)).toEqual([seen]);
    const writtenAt = new Date(Date.now() - 30_000);
    const late = under.crm.addDeal({ name: 'Late', stageId: stages.open, writtenAt });
    const second = await readAllChanges(first.cursor, since);
    expect(second.seen.map((deal) => deal.crmDealId)).toContain(late);
  });

  it('misses none of the deals that move while it pages', async () => {
    const since = new Date(Date.now() - 60_000);
    const ids = addDeals(450);
    const first = await connector.changesSince(null, since);
    for (const id of ids.slice(0, 100)) under.crm.setAmount(id, '5');
    const rest = await readAllChanges(first.cursor, since);
    const seen = new Set([...first.deals, ...rest.seen].map((deal) => deal.crmDealId));
    expect(ids.filter((id) => !seen.has(id))).toEqual([]);
  });
}
