import { textOf, type Row } from './row-values.js';
import type { Query } from './queries.js';
import type { Schema } from './schema.js';
import { soql } from './soql.js';

/** Where an organisation keeps the stages its opportunities went through. */
export interface HistorySource {
  /** `null`: there is nothing to ask. */
  query(opportunityIds: readonly string[]): Query | null;
  /** The rows of one opportunity, as `StageName` and `CreatedDate`, oldest first. */
  rowsOf(opportunity: Row, rows: readonly Row[]): readonly Row[];
}

/**
 * `OpportunityHistory` is kept by every organisation and from the first stage on. Where our user may not see it, field history tells the
 * changes, if an administrator tracks the stage. Where neither can be seen every history is empty, and asking again would not help.
 */
export async function historySource(schema: Schema): Promise<HistorySource> {
  if ((await schema.object('OpportunityHistory')) !== null) return opportunityHistory;
  return (await schema.object('OpportunityFieldHistory')) === null ? noHistory : fieldHistory;
}

const noHistory: HistorySource = { query: () => null, rowsOf: () => [] };

const opportunityHistory: HistorySource = {
  query: (ids) => ({
    soql: soql`SELECT Id, OpportunityId, StageName, CreatedDate FROM OpportunityHistory WHERE OpportunityId IN ${ids}
      ORDER BY CreatedDate, Id`,
  }),
  rowsOf: (_, rows) => rows,
};

const fieldHistory: HistorySource = {
  query: (ids) => ({
    soql: soql`SELECT Id, OpportunityId, OldValue, NewValue, CreatedDate FROM OpportunityFieldHistory
      WHERE Field = 'StageName' AND OpportunityId IN ${ids} ORDER BY CreatedDate, Id`,
  }),
  rowsOf: (opportunity, rows) => {
    const [first] = rows;
    if (first === undefined) return [];
    const born = { StageName: textOf(first, 'OldValue'), CreatedDate: textOf(opportunity, 'CreatedDate') };
    return [
      born,
      ...rows.map((row) => ({ StageName: textOf(row, 'NewValue'), CreatedDate: textOf(row, 'CreatedDate') })),
    ];
  },
};
