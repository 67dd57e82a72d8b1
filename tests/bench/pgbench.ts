import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { sampleExplanation, sampleMemo } from './posting.js';

/** The five inserts of one posting, in one transaction, with nothing of the product around them. */
const script = `
\\set n random(1, 9000000000000000)
begin;
insert into journal_entries
  (id, kind, idempotency_key, partner_id, deal_id, occurred_on, booked_at, memo, posting_count)
  values ('jrn_' || :n, 'commission', 'key ' || :n, 'par_1', 'deal_' || :n, '2026-03-02', now(), '${sampleMemo}', 2);
insert into postings (entry_id, posting_count, position, account_code, partner_id, currency, amount_minor)
  values ('jrn_' || :n, 2, 1, 'commission-expense', null, 'EUR', 12000);
insert into postings (entry_id, posting_count, position, account_code, partner_id, currency, amount_minor)
  values ('jrn_' || :n, 2, 2, 'partner-payable', 'par_1', 'EUR', -12000);
insert into commission_lines
  (id, entry_id, line_key, occasion, ordinal, partner_id, payee, kind, component, amount_minor, currency, earned_on,
   payable_on, deal_id, deal_revision, registration_id, plan_version_id, plan_version, explanation, inputs_hash, booked_at)
  values ('line_' || :n, 'jrn_' || :n, 'key ' || :n, 'occasion ' || :n, 1, 'par_1', 'partner', 'commission',
   'new-business', 12000, 'EUR', '2026-03-02', '2026-04-01', 'deal_' || :n, 2, 'reg_1', 'pvn_1', 'standard@1',
   '${JSON.stringify(sampleExplanation)}', '${'f'.repeat(64)}', now());
insert into work (kind, key, payload, due_at, created_at) values ('write-back', 'deal_' || :n, 'null', now(), now());
commit;
`;

export interface PgbenchOptions {
  readonly databaseUrl: string;
  /** Where the script may be put. */
  readonly folder: string;
  readonly clients: number;
  readonly seconds: number;
}

/** @returns transactions per second; statements are prepared once, which is pgbench's fastest way */
export async function pgbenchRate(options: PgbenchOptions): Promise<number> {
  const file = join(options.folder, 'posting.sql');
  await writeFile(file, script);
  const { stdout } = await promisify(execFile)('pgbench', [
    ...['--no-vacuum', '--protocol=prepared', `--file=${file}`],
    ...[`--client=${options.clients}`, '--jobs=2', `--time=${options.seconds}`],
    options.databaseUrl,
  ]);
  const rate = /^tps = ([\d.]+)/m.exec(stdout)?.[1];
  if (rate === undefined) throw new Error(`pgbench said no rate:\n${stdout}`);
  return Number(rate);
}
