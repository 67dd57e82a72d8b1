import { changesSince } from '../../../connectors/salesforce/changes.js';
import { answerStages, answerUserInfo, createReading, describeObject, stageRows } from './recorded-org.js';
import { data, salesforce } from './fake-salesforce.js';

interface ChangedRow {
  readonly Id: string;
  readonly SystemModstamp: string;
  readonly [field: string]: unknown;
}

const stamp = (ms: number): string => new Date(ms).toISOString().replace('Z', '+0000');
const start = Date.parse('2026-11-22T06:00:00Z');

const keyOf = (row: ChangedRow): string => row.SystemModstamp + row.Id;

/** Rows in the order Salesforce keeps, as far as the query's own conditions go. */
function rowsFor(query: string, rows: readonly ChangedRow[]): readonly ChangedRow[] {
  const at = (text: string | undefined): number => Date.parse(text ?? '');
  const from = /SystemModstamp >= (\S+?)\)? /.exec(query)?.[1];
  const [, after, same, id = ''] =
    /SystemModstamp > (\S+) OR \(SystemModstamp = (\S+) AND Id > '(\w+)'\)/.exec(query) ?? [];
  return rows
    .filter((row) => {
      const ms = at(row.SystemModstamp.replace('+0000', 'Z'));
      if (from !== undefined) return ms >= at(from);
      return ms > at(after) || (ms === at(same) && row.Id > id);
    })
    .toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
    .slice(0, 2_000);
}

/** An organisation that answers sweeps. @returns how many calls it took */
function answerSweeps(org: { deals: readonly ChangedRow[]; leads: readonly ChangedRow[] }): {
  calls: number;
  asked: string[];
} {
  const seen = { calls: 0, asked: [] as string[] };
  const answerTo = (query: string) => {
    seen.asked.push(query);
    const records = rowsFor(query, query.includes('FROM Lead') ? org.leads : org.deals);
    return { totalSize: records.length, done: true, records };
  };
  const textOf = (url: string): string => new URL(url, 'http://x').searchParams.get('q') ?? '';
  salesforce()
    .persist()
    .get(`${data}/queryAll`)
    .query(true)
    .reply((uri) => [200, ((seen.calls += 1), answerTo(textOf(uri)))]);
  salesforce()
    .persist()
    .post(`${data}/composite`)
    .reply((_, body) => {
      seen.calls += 1;
      const { compositeRequest } = body as { compositeRequest: readonly { url: string }[] };
      const parts = compositeRequest.map(({ url }) => ({ body: answerTo(textOf(url)), httpStatusCode: 200 }));
      return [200, { compositeResponse: parts }];
    });
  return seen;
}

function createSweeper({ hidden = false } = {}) {
  describeObject('Opportunity', ['Id', 'Introducer_Registration_Id__c']);
  describeObject('Lead', hidden ? ['Id'] : ['Id', 'Introducer_Registration_Id__c']);
  answerUserInfo('EUR');
  answerStages(stageRows);
  const reading = createReading();
  return async (cursor: string | null, betweenPages: () => void = () => undefined) => {
    const ids: string[] = [];
    const leadIds: string[] = [];
    for (let pages = 0; pages < 50; pages += 1) {
      const page = await changesSince(reading, cursor, new Date(start));
      ids.push(...page.deals.map((deal) => deal.crmDealId));
      leadIds.push(...page.leadIds);
      cursor = page.cursor;
      if (!page.more) return { ids, leadIds, cursor };
      betweenPages();
    }
    throw new Error('changes do not end');
  };
}

const deal = (index: number, ms: number): ChangedRow => ({
  Id: `006${String(index).padStart(15, '0')}`,
  SystemModstamp: stamp(ms),
  StageName: 'Prospecting',
});

describe('a sweep', () => {
  it('finds every change, over several pages, although thousands share one second', async () => {
    const deals = Array.from({ length: 5_000 }, (_, index) => deal(index, start + (index < 100 ? 0 : 1_000)));
    const seen = answerSweeps({ deals, leads: [] });
    const { ids } = await createSweeper()(null);
    expect(ids).toHaveLength(5_000);
    expect(new Set(ids).size).toBe(5_000);
    expect(seen.calls).toBeLessThanOrEqual(4);
  });

  it('costs at most four calls a thousand changes, its overlap included', async () => {
    const org = { deals: [] as ChangedRow[], leads: [] };
    const seen = answerSweeps(org);
    const sweep = createSweeper();
    let cursor: string | null = null;
    for (let round = 0; round < 10; round += 1) {
      org.deals = org.deals.concat(
        Array.from({ length: 1_000 }, (_, index) => deal(round * 1_000 + index, start + round * 300_000)),
      );
      ({ cursor } = await sweep(cursor));
    }
    expect(seen.calls).toBeLessThanOrEqual(40);
  });

  it('finds a change that became visible after the sweep had passed its time', async () => {
    const org = { deals: [deal(1, start), deal(2, start + 600_000)], leads: [] as ChangedRow[] };
    answerSweeps(org);
    const sweep = createSweeper();
    const first = await sweep(null);
    // A long transaction: stamped nine minutes ago, committed now.
    org.deals.push(deal(3, start + 60_000));
    const second = await sweep(first.cursor);
    expect(first.ids).toHaveLength(2);
    expect(second.ids).toContain(deal(3, 0).Id);
  });

  it('misses none of the deals that change while it pages', async () => {
    const org = { deals: Array.from({ length: 4_100 }, (_, index) => deal(index, start + index * 1_000)), leads: [] };
    answerSweeps(org);
    const sweep = createSweeper();
    // After each page some of those already read, and some of those not read yet, move to the end.
    let moved = 0;
    const { ids } = await sweep(null, () => {
      moved += 1;
      const at = start + 5_000_000 + moved * 1_000;
      org.deals = org.deals.map((row, index) => (index % 7 === moved ? deal(index, at) : row));
    });
    expect(moved).toBeGreaterThan(1);
    expect(new Set(ids).size).toBe(4_100);
  });

  it('names Leads that carry a registration, and those converted or merged, in the same call', async () => {
    const lead = { Id: '00Q000000000001AAA', SystemModstamp: stamp(start) };
    const seen = answerSweeps({ deals: [deal(1, start)], leads: [lead] });
    const { ids, leadIds } = await createSweeper()(null);
    expect([ids, leadIds]).toEqual([[deal(1, 0).Id], [lead.Id]]);
    expect(seen.calls).toBe(1);
    expect(seen.asked.find((query) => query.includes('FROM Lead'))).toContain(
      'WHERE (Introducer_Registration_Id__c != null OR IsConverted = true OR MasterRecordId != null) AND (',
    );
  });

  it('still names converted and merged Leads where our user does not see the registration', async () => {
    const seen = answerSweeps({ deals: [], leads: [{ Id: '00Q000000000001AAA', SystemModstamp: stamp(start) }] });
    const { leadIds } = await createSweeper({ hidden: true })(null);
    expect(leadIds).toEqual(['00Q000000000001AAA']);
    expect(seen.asked.find((query) => query.includes('FROM Lead'))).toContain(
      'WHERE (IsConverted = true OR MasterRecordId != null) AND (',
    );
  });

  it('begins anew with a cursor it cannot read, rather than stop for ever', async () => {
    answerSweeps({ deals: [deal(1, start)], leads: [] });
    const { ids } = await createSweeper()('{"of":"an older version"}');
    expect(ids).toHaveLength(1);
  });

  it('moves on with what it saw and not with a clock', async () => {
    const org = { deals: [deal(1, start)], leads: [] as ChangedRow[] };
    const seen = answerSweeps(org);
    const sweep = createSweeper();
    const first = await sweep(null);
    await sweep((await sweep(first.cursor)).cursor);
    expect(seen.asked.at(-1) ?? '').toMatch(/SystemModstamp >= /);
    const lastAsked = seen.asked.filter((query) => query.includes('FROM Opportunity')).at(-1);
    expect(lastAsked).toContain('SystemModstamp >= 2026-11-22T05:50:00.000Z');
  });
});
