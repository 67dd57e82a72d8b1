import type { Command } from 'commander';
import type { Composition } from './compose.js';
import { metricFile } from './partners/partner-metric.api.js';
import { supplementFile } from './crediting/deal-supplement.api.js';
import { paymentFile } from './crediting/payment-file.js';
import { recordPayments } from './crediting/record-payments.handler.js';
import { supplementDeals } from './crediting/supplement-deals.handler.js';
import { readNamedFile } from './named-file.js';
import { readCsvRows, type CsvForm, type PlacedRow } from './platform/http/csv-form.js';

/** How a command speaks to the person who called it, and reaches the service. */
export interface ImportTalk {
  readonly open: () => Promise<{ readonly composition: Composition }>;
  /** The whole path of a file that the person named. */
  readonly file: (name: string) => string;
  readonly say: (words: string) => void;
  /** Says what is wrong; the command ends with an exit code that says so too. */
  readonly fail: (words: string) => void;
}

/** Facts that come in files. A file with a wrong line changes nothing. */
export function addImportCommands(program: Command, talk: ImportTalk): void {
  addImport(program, {
    of: 'payments',
    about: "customers' payments and refunds",
    columns: paymentFile.columns.join(', '),
    run: (name) => importPayments(talk, name),
  });
  addImport(program, {
    of: 'metrics',
    about: 'figures about partners',
    columns: metricFile.columns.join(', '),
    run: (name) => importMetrics(talk, name),
  });
  addImport(program, {
    of: 'deals',
    about: 'what the CRM does not know of deals',
    columns: `${supplementFile.columns.join(', ')} and the fields of your plans`,
    run: (name) => importDeals(talk, name),
  });
}

interface Import {
  readonly of: string;
  readonly about: string;
  readonly columns: string;
  readonly run: (name: string) => Promise<void>;
}

function addImport(program: Command, { of, about, columns, run }: Import): void {
  program
    .command(of)
    .description(about)
    .command('import')
    .argument('<file>', `a CSV file whose first line names its columns, of ${columns}`)
    .description(`store ${about} from a file; what is known already stays as it is`)
    .action(run);
}

async function importPayments(talk: ImportTalk, name: string): Promise<void> {
  const rows = await rowsIn(talk, name, paymentFile);
  if (rows === null) return;
  const { composition } = await talk.open();
  const report = rows.map(({ place, value }) => ({ place, payment: value }));
  const { fresh } = await composition.transact((uow) => recordPayments(uow, { kind: 'system' }, report));
  talk.say(`${String(fresh)} of ${String(rows.length)} payments are new.`);
}

async function importMetrics(talk: ImportTalk, name: string): Promise<void> {
  const rows = await rowsIn(talk, name, metricFile);
  if (rows === null) return;
  const { composition } = await talk.open();
  const report = rows.map(({ place, value }) => ({ place, metric: value }));
  const fresh = await composition.transact((uow) => composition.storeMetrics(uow, { kind: 'system' }, report));
  talk.say(`${String(fresh)} of ${String(rows.length)} metrics are new.`);
}

async function importDeals(talk: ImportTalk, name: string): Promise<void> {
  const rows = await rowsIn(talk, name, supplementFile);
  if (rows === null) return;
  const { composition } = await talk.open();
  const report = rows.map(({ place, value: { dealId, ...change } }) => ({ place, dealId, change }));
  const fresh = await composition.transact((uow) => supplementDeals(uow, { kind: 'system' }, report));
  talk.say(`Something is new of ${String(fresh)} deals.`);
}

/** The rows of a file; null when it was refused, and the person was told why. */
async function rowsIn<T>(talk: ImportTalk, name: string, form: CsvForm<T>): Promise<readonly PlacedRow<T>[] | null> {
  const reading = readCsvRows(await readNamedFile({ name, path: talk.file(name) }), form);
  if (reading.kind === 'rows') return reading.rows;
  for (const message of reading.messages) talk.fail(`${name}, ${message}`);
  return null;
}
