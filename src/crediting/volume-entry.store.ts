import { sql } from 'kysely';
import { add, lowestTerms, ratio, type Ratio } from '../money/ratio.js';
import type { Reader, Tx } from '../platform/database.js';
import { nameOfVolume, type Volume } from '../plans/volume.js';
import type { VolumeElsewhere, VolumeEntry } from '../plans/volume-entries.js';

interface VolumeRow {
  readonly partner_id: string;
  readonly plan: string;
  readonly rule: string;
  readonly period: string;
  readonly measure: string;
}

interface EntryRow extends VolumeRow {
  readonly deal_id: string;
  readonly numerator: string;
  readonly denominator: string;
  readonly place: string;
}

/** What is known of a volume without some deals, and whether no deal is missing. */
export interface KnownVolume extends VolumeElsewhere {
  readonly isComplete: boolean;
}

const nothing: KnownVolume = { sum: ratio(0n), last: null, isComplete: false };

/** What these deals add to volumes. */
export async function entriesOfDeals(db: Reader, dealIds: readonly string[]): Promise<readonly VolumeEntry[]> {
  const { rows } = await sql<EntryRow>`
    select entry.* from (select distinct unnest(${[...dealIds]}::text[]) as id) as deal
      join volume_entries entry on entry.deal_id = deal.id`.execute(db);
  return rows.map((row) => ({
    volume: volumeOfRow(row),
    dealId: row.deal_id,
    size: ratio(BigInt(row.numerator), BigInt(row.denominator)),
    place: row.place,
  }));
}

/** What is known of volumes by their name, without what these deals add. */
export async function knownVolumes(
  db: Reader,
  volumes: readonly Volume[],
  withoutDeals: readonly string[],
): Promise<ReadonlyMap<string, KnownVolume>> {
  const asked = JSON.stringify(volumes.map(rowOfVolume));
  const { rows } = await sql<VolumeRow & SumRow>`
    select asked.*, sums.*, exists (
      select 1 from complete_volumes complete
      where (complete.partner_id, complete.plan, complete.rule, complete.period, complete.measure)
        = (asked.partner_id, asked.plan, asked.rule, asked.period, asked.measure)
    ) as is_complete
    from jsonb_to_recordset(${asked}::jsonb) as asked
      (partner_id text, plan text, rule text, period text, measure text)
    left join lateral (
      select denominator, sum(numerator) as numerator, max(place) as last
      from volume_entries entry
      where (entry.partner_id, entry.plan, entry.rule, entry.period, entry.measure)
        = (asked.partner_id, asked.plan, asked.rule, asked.period, asked.measure)
        and not entry.deal_id = any(${[...withoutDeals]}::text[])
      group by denominator
    ) as sums on true`.execute(db);
  const known = new Map<string, KnownVolume>();
  for (const row of rows) {
    const name = nameOfVolume(volumeOfRow(row));
    const { sum, last } = known.get(name) ?? nothing;
    known.set(name, {
      isComplete: row.is_complete,
      sum: row.numerator === null ? sum : add(sum, ratio(BigInt(row.numerator), BigInt(row.denominator))),
      last: row.last === null || (last !== null && last > row.last) ? last : row.last,
    });
  }
  return known;
}

type SumRow = { readonly is_complete: boolean } & (
  | { readonly numerator: string; readonly denominator: string; readonly last: string }
  | { readonly numerator: null; readonly denominator: null; readonly last: null }
);

/** Makes the entries of some deals these, and writes only what differs. */
export async function saveEntries(
  trx: Tx,
  { stored, wanted }: { readonly stored: readonly VolumeEntry[]; readonly wanted: readonly VolumeEntry[] },
): Promise<void> {
  const before = new Map(stored.map((entry) => [nameOfEntry(entry), entry]));
  const after = new Set(wanted.map(nameOfEntry));
  const gone = stored.filter((entry) => !after.has(nameOfEntry(entry)));
  const changed = wanted.filter((entry) => !isSame(before.get(nameOfEntry(entry)), entry));
  if (gone.length > 0) {
    await sql`
      delete from volume_entries entry using jsonb_to_recordset(${JSON.stringify(gone.map(rowOf))}::jsonb) as gone
        (deal_id text, partner_id text, plan text, rule text, period text, measure text)
      where (entry.deal_id, entry.partner_id, entry.plan, entry.rule, entry.period, entry.measure)
        = (gone.deal_id, gone.partner_id, gone.plan, gone.rule, gone.period, gone.measure)`.execute(trx);
  }
  if (changed.length > 0) {
    await sql`
      insert into volume_entries
      select * from jsonb_populate_recordset(null::volume_entries, ${JSON.stringify(changed.map(rowOf))}::jsonb)
      on conflict (deal_id, partner_id, plan, rule, period, measure) do update
        set numerator = excluded.numerator, denominator = excluded.denominator, place = excluded.place`.execute(trx);
  }
}

/** Notes that every deal that adds to these volumes has an entry. */
export async function markComplete(trx: Tx, volumes: readonly Volume[]): Promise<void> {
  if (volumes.length === 0) return;
  await sql`
    insert into complete_volumes
    select * from jsonb_populate_recordset(null::complete_volumes, ${JSON.stringify(volumes.map(rowOfVolume))}::jsonb)
    on conflict do nothing`.execute(trx);
}

function nameOfEntry({ dealId, volume }: VolumeEntry): string {
  return `${dealId}|${nameOfVolume(volume)}`;
}

function isSame(known: VolumeEntry | undefined, entry: VolumeEntry): boolean {
  return known?.place === entry.place && isEqual(known.size, entry.size);
}

function isEqual(a: Ratio, b: Ratio): boolean {
  return a.numerator * b.denominator === b.numerator * a.denominator;
}

function volumeOfRow({ partner_id, plan, rule, period, measure }: VolumeRow): Volume {
  return { partnerId: partner_id, slug: plan, ruleId: rule, period, measure };
}

function rowOfVolume({ partnerId, slug, ruleId, period, measure }: Volume): VolumeRow {
  return { partner_id: partnerId, plan: slug, rule: ruleId, period, measure };
}

function rowOf({ dealId, volume, size, place }: VolumeEntry): EntryRow {
  const { numerator, denominator } = lowestTerms(size);
  return {
    ...rowOfVolume(volume),
    deal_id: dealId,
    numerator: String(numerator),
    denominator: String(denominator),
    place,
  };
}
