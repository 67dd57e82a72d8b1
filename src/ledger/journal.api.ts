import { z } from 'zod';

const amount = z.string().meta({ description: 'Decimal, in major units', example: '1200.00' });

/** An entry of the journal. */
export const journalEntryShape = z
  .object({
    id: z.string(),
    kind: z.string().meta({ example: 'commission' }),
    partnerId: z.string(),
    dealId: z.string().nullable(),
    occurredOn: z.string().meta({ description: 'The day it belongs to.', example: '2026-03-01' }),
    bookedAt: z.iso.datetime(),
    memo: z.string(),
    postings: z.array(
      z.object({
        account: z.string().meta({ example: 'partner-payable' }),
        partnerId: z.string().nullable(),
        currency: z.string(),
        debit: amount.nullable(),
        credit: amount.nullable(),
      }),
    ),
  })
  .meta({ id: 'JournalEntry' });
export type JournalEntryView = z.output<typeof journalEntryShape>;

export const bookVerdictShape = z
  .object({
    holds: z.boolean(),
    entries: z.int().nullable().meta({ description: 'How many there are; null where a claim does not hold.' }),
    claims: z.array(z.string()).meta({ description: 'What was proven of all of them; or the one that does not hold.' }),
    fault: z.string().nullable().meta({ description: 'The first place where it does not hold.' }),
    checkedAt: z.iso.datetime(),
  })
  .meta({ id: 'BookVerdict' });
