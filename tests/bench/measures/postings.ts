import { migrations } from '../../../src/migrations.js';
import { systemClock } from '../../../src/platform/clock.js';
import { openDatabase } from '../../../src/platform/database.js';
import { createInProcessQueue } from '../../../src/platform/in-process-queue.js';
import { migrate } from '../../../src/platform/migration.js';
import { createTransact, type Transact } from '../../../src/platform/unit-of-work.js';
import { createTestSchema } from '../../support/databases.js';
import { temporaryFolder } from '../../support/service-process.js';
import { atLeast } from '../figure.js';
import type { Measure, MeasureContext } from '../measure.js';
import { pgbenchRate } from '../pgbench.js';
import { bookOne } from '../posting.js';
import { seedHistory } from '../seed-history.js';

const rounds = 3;
const secondsEach = 4;
const concurrency = 16;
const shareOfPgbench = 0.5;
const hotPostings = 1_000;
/** One partner as fast as a thousand, give or take what two runs of the same differ by. */
const hotRowShare = 0.8;

/** The product's posting code by itself, beside `pgbench` making the same five inserts. */
export const postings: Measure = {
  name: 'postings',
  title: `Postings, one transaction each, ${concurrency} at a time`,
  take,
};

async function take({ cleanup }: MeasureContext) {
  const schema = await createTestSchema();
  cleanup.add(() => schema.drop());
  const folder = await temporaryFolder('bench');
  cleanup.add(() => folder.remove());
  const database = await openDatabase({ databaseUrl: schema.databaseUrl, dataDir: '', poolSize: concurrency });
  cleanup.add(() => database.close());
  await migrate(database.db, migrations);
  await seedHistory(database.db);
  const transact = createTransact({ db: database.db, queue: createInProcessQueue(), clock: systemClock });
  await bookMany(transact, hotPostings, partnerOf(hotPostings));

  const bare: number[] = [];
  const own: number[] = [];
  const onePartner: number[] = [];
  const manyPartners: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    bare.push(
      await pgbenchRate({
        databaseUrl: schema.databaseUrl,
        folder: folder.path,
        clients: concurrency,
        seconds: secondsEach,
      }),
    );
    own.push(await bookFor(transact, secondsEach * 1_000));
    onePartner.push(await bookMany(transact, hotPostings, partnerOf(1)));
    manyPartners.push(await bookMany(transact, hotPostings, partnerOf(hotPostings)));
  }
  return {
    figures: [
      { name: 'pgbench, the same five inserts', unit: '/s', values: bare },
      { name: 'product', unit: '/s', values: own },
      {
        name: 'product as a share of pgbench',
        unit: '×',
        values: own.map((rate, round) => rate / (bare[round] ?? rate)),
        target: atLeast(shareOfPgbench),
      },
      { name: `${hotPostings} postings to one partner`, unit: '/s', values: onePartner },
      { name: `${hotPostings} postings to ${hotPostings} partners`, unit: '/s', values: manyPartners },
      {
        name: 'one partner as a share of many',
        unit: '×',
        values: onePartner.map((rate, round) => rate / (manyPartners[round] ?? rate)),
        target: atLeast(hotRowShare),
      },
    ],
    notes: [
      'In production crediting books up to a hundred deals in one transaction; here it is one posting each, as pgbench does.',
    ],
  };
}

function partnerOf(partners: number): (posting: number) => string {
  return (posting) => `par_${posting % partners}`;
}

/** @returns postings per second */
async function bookFor(transact: Transact, ms: number): Promise<number> {
  const startedMs = performance.now();
  let booked = 0;
  await inParallel(async () => {
    while (performance.now() - startedMs < ms) {
      await transact((uow) => bookOne(uow, 'par_1'));
      booked += 1;
    }
  });
  return (booked * 1000) / (performance.now() - startedMs);
}

async function bookMany(transact: Transact, count: number, partnerFor: (posting: number) => string): Promise<number> {
  const startedMs = performance.now();
  let next = 0;
  await inParallel(async () => {
    for (let posting = next++; posting < count; posting = next++) {
      await transact((uow) => bookOne(uow, partnerFor(posting)));
    }
  });
  return (count * 1000) / (performance.now() - startedMs);
}

async function inParallel(act: () => Promise<void>): Promise<void> {
  await Promise.all(Array.from({ length: concurrency }, act));
}
