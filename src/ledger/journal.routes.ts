import { z } from 'zod';
import { isCurrency } from '../money/currency.js';
import { formatAmount } from '../money/money.js';
import { assert } from '../platform/assert.js';
import { pageOf, pageQuery, readCursor, toPage } from '../platform/http/page.js';
import { defineRoute, type Route } from '../platform/http/route.js';
import type { BookCheck } from './book-check.store.js';
import { chartOfAccounts } from './chart-of-accounts.js';
import { checkBook, type BookVerdict } from './check-book.handler.js';
import { entryKinds } from './entry-kinds.js';
import { listEntries, type EntryWithPostings } from './journal-list.store.js';
import { bookVerdictShape, journalEntryShape, type JournalEntryView } from './journal.api.js';

const tags = ['Journal'];
const id = z.string().max(60).optional();
const day = z.iso.date().optional();
const position = z.strictObject({ beforeId: z.string().max(60) });
const namesOf = <K extends string>(of: Readonly<Record<K, unknown>>) => Object.keys(of) as [K, ...K[]];

/** Reading the journal, and proving it. @param checks what must hold of the book, of every stage that adds to it */
export function journalRoutes(checks: readonly BookCheck[]): readonly Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/v1/journal',
      access: 'operator',
      kind: 'read',
      summary: 'Entries of the journal with their postings, newest first',
      description:
        '`from` and `to` are days an entry belongs to, both included; `account` and `currency` are of a posting of it.',
      tags,
      query: z.strictObject({
        ...pageQuery,
        partnerId: id,
        dealId: id,
        kind: z.enum(namesOf(entryKinds)).optional(),
        account: z.enum(namesOf(chartOfAccounts)).optional(),
        currency: z
          .string()
          .regex(/^[A-Z]{3}$/, { error: 'three capital letters' })
          .optional(),
        from: day,
        to: day,
      }),
      responses: { 200: pageOf(journalEntryShape) },
      handle: async ({ db, query }) => {
        const filter = { ...query, ...readCursor(query.cursor, position) };
        const entries = await listEntries(db, filter, query.limit + 1);
        return {
          status: 200,
          body: toPage(entries, query.limit, ({ entry }) => ({ beforeId: entry.id }), entryOnWire),
        };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/v1/journal/check',
      access: 'operator',
      kind: 'read',
      summary: 'Whether the books hold, proven now',
      description:
        'The whole book is read, as by `introducer ledger check`: the first fault found, or what was found to hold.',
      tags,
      responses: { 200: bookVerdictShape },
      handle: async ({ db, now }) => ({ status: 200, body: verdictOnWire(await checkBook(db, checks), now) }),
    }),
  ];
}

function entryOnWire({ entry, postings }: EntryWithPostings): JournalEntryView {
  return {
    id: entry.id,
    kind: entry.kind,
    partnerId: entry.partner_id,
    dealId: entry.deal_id,
    occurredOn: entry.occurred_on,
    bookedAt: entry.booked_at.toISOString(),
    memo: entry.memo,
    postings: postings.map(({ account_code: account, partner_id: partnerId, currency, amount_minor: posted }) => {
      assert(isCurrency(currency), 'only what is a currency is booked');
      const minor = BigInt(posted);
      const size = formatAmount(minor < 0n ? -minor : minor, currency);
      return { account, partnerId, currency, debit: minor < 0n ? null : size, credit: minor < 0n ? size : null };
    }),
  };
}

function verdictOnWire(verdict: BookVerdict, now: Date): z.input<typeof bookVerdictShape> {
  const checkedAt = now.toISOString();
  return verdict.kind === 'sound'
    ? { holds: true, entries: verdict.entries, claims: [...verdict.claims], fault: null, checkedAt }
    : { holds: false, entries: null, claims: [verdict.claim], fault: verdict.fault, checkedAt };
}
