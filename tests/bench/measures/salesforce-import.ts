import { Connection } from 'jsforce/lib/connection.js';
import { atMost } from '../figure.js';
import type { Measure, MeasureContext } from '../measure.js';
import { openFirstImport } from '../salesforce-import.js';
import { openSalesforceOrg, type SalesforceOrg } from '../salesforce-org.js';
import { spreadOf } from '../statistics.js';

const opportunities = 100_000;
const latencyMs = 300;
const rounds = 3;
const timesDearer = 1.2;
const hourMs = 3_600_000;

/** What the first look at an organisation costs against a loop over a query that stores nothing. */
export const salesforceImport: Measure = {
  name: 'salesforce-import',
  title: `${opportunities.toLocaleString('en')} opportunities read and stored for the first time, ${latencyMs} ms a call`,
  take,
};

interface Taken {
  readonly seconds: number;
  readonly calls: number;
}

async function take({ cleanup }: MeasureContext) {
  const since = new Date(Date.now() - hourMs);
  // Salesforce tells whole seconds: what was made in the second of `since` would count as older.
  const madeAt = new Date(since.getTime() + 1_000);
  const org = await openSalesforceOrg(cleanup, { opportunities, madeAt, won: true });
  const product = await openFirstImport(cleanup, org, since);
  await org.configure({ latencyMs });
  const [bare, swept, withHistories]: [Taken[], Taken[], Taken[]] = [[], [], []];
  for (let round = 0; round < rounds; round += 1) {
    bare.push(await measured(org, () => bareLoop(org)));
    await product.forget();
    const sweep = await measured(org, () => product.sweep());
    const histories = await measured(org, () => product.readHistories());
    swept.push(sweep);
    withHistories.push({ seconds: sweep.seconds + histories.seconds, calls: sweep.calls + histories.calls });
    const stored = await product.countStored();
    if (stored !== opportunities) throw new Error(`${stored} of ${opportunities} opportunities are stored`);
  }
  const median = (taken: readonly Taken[], of: keyof Taken): number => spreadOf(taken.map((one) => one[of])).median;
  const times = (taken: readonly Taken[], of: keyof Taken): number => median(taken, of) / median(bare, of);
  const values = (taken: readonly Taken[], of: keyof Taken): readonly number[] => taken.map((one) => one[of]);
  return {
    figures: [
      { name: 'bare query loop, storing nothing', unit: 's', values: values(bare, 'seconds') },
      { name: 'product, the sweep', unit: 's', values: values(swept, 'seconds') },
      {
        name: 'time of the sweep in times of the loop',
        unit: '×',
        values: [times(swept, 'seconds')],
        target: atMost(timesDearer),
      },
      { name: 'bare query loop', unit: 'calls', values: values(bare, 'calls') },
      { name: 'product, the sweep', unit: 'calls', values: values(swept, 'calls') },
      {
        name: 'calls of the sweep in times of the loop',
        unit: '×',
        values: [times(swept, 'calls')],
        target: atMost(timesDearer),
      },
      { name: 'with the stage histories of the wins', unit: 's', values: values(withHistories, 'seconds') },
      { name: 'with the stage histories of the wins', unit: 'calls', values: values(withHistories, 'calls') },
    ],
    notes: [
      'One opportunity in ten is won. Its stage history says when, which the loop never asks for.',
      'Every opportunity belongs to a registration. PostgreSQL stores while the next page is on its way.',
    ],
  };
}

async function measured(org: SalesforceOrg, act: () => Promise<unknown>): Promise<Taken> {
  await org.resetCalls();
  const startedMs = performance.now();
  await act();
  const seconds = (performance.now() - startedMs) / 1000;
  return { seconds, calls: (await org.countCalls()).reads };
}

const fields =
  'Id, IsDeleted, Name, StageName, Amount, CloseDate, OwnerId, IsClosed, IsWon, CreatedDate, SystemModstamp, ' +
  'RecordTypeId, LastStageChangeDate, Introducer_Registration_Id__c';

/** What a script would do: ask for everything, page by page, and keep it in memory. */
async function bareLoop({ url, accessToken }: SalesforceOrg): Promise<void> {
  const connection = new Connection({ instanceUrl: url, accessToken, version: '67.0' });
  const rows: unknown[] = [];
  let page = await connection.query(`SELECT ${fields} FROM Opportunity`);
  rows.push(...page.records);
  while (!page.done) {
    page = await connection.queryMore(page.nextRecordsUrl ?? '');
    rows.push(...page.records);
  }
  if (rows.length !== opportunities) throw new Error(`The loop read ${rows.length} opportunities`);
}
