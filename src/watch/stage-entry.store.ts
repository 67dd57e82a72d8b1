import { sql } from 'kysely';
import type { Reader } from '../platform/database.js';

/** A stage by the names it goes by, with when a deal was first seen in it. */
export interface SeenStage {
  readonly names: readonly string[];
  readonly at: string;
}

/**
 * The first time each deal was seen in each of its stages, earliest first. That it was in a stage for less time than passes
 * between two looks at it, nobody saw.
 */
export async function firstEntries(
  db: Reader,
  dealIds: readonly string[],
): Promise<ReadonlyMap<string, readonly SeenStage[]>> {
  const { rows } = await sql<{ deal_id: string; stage_id: string; labels: (string | null)[]; first: Date }>`
    select deal_id, snapshot ->> 'stageId' as stage_id,
      array_agg(distinct snapshot ->> 'stageLabel') as labels, min(observed_at) as first
    from deal_revisions
    where deal_id = any(${[...dealIds]}::text[]) and snapshot ->> 'stageId' is not null
    group by 1, 2 order by 4, 2`.execute(db);
  const byDeal = new Map<string, SeenStage[]>();
  for (const { deal_id: dealId, stage_id: stageId, labels, first } of rows) {
    const names = [stageId, ...labels.filter((label) => label !== null)];
    byDeal.set(dealId, [...(byDeal.get(dealId) ?? []), { names, at: first.toISOString() }]);
  }
  return byDeal;
}
