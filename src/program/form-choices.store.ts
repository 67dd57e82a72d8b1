import type { Reader, Tx } from '../platform/database.js';
import type { JsonColumn } from '../platform/platform-tables.js';
import type { FormRecord } from './form-field.api.js';
import type { ChoicePlace, ReadChoices } from './form-fields.js';

export interface FormChoicesTable {
  connection_id: string;
  record: FormRecord;
  field: string;
  choices: JsonColumn<ReadChoices['choices']>;
  read_at: Date;
}

declare module '../platform/database.js' {
  interface Tables {
    form_choices: FormChoicesTable;
  }
}

/** Every list of choices that was read, those of fields that the form has no more included. */
export async function listFormChoices(db: Reader): Promise<readonly ReadChoices[]> {
  const rows = await db.selectFrom('form_choices').selectAll().execute();
  return rows.map(({ connection_id: connection, record, field, choices, read_at: readAt }) => ({
    ...{ connection, record, field },
    ...{ choices, readAt },
  }));
}

/** Keeps what the CRM offers there now, in place of what it offered before. */
export async function keepFormChoices(
  trx: Tx,
  { connection, record, field }: ChoicePlace,
  choices: ReadChoices['choices'],
  now: Date,
): Promise<void> {
  const read = { choices: JSON.stringify(choices), read_at: now };
  await trx
    .insertInto('form_choices')
    .values({ connection_id: connection, record, field, ...read })
    .onConflict((conflict) => conflict.columns(['connection_id', 'record', 'field']).doUpdateSet(read))
    .execute();
}
