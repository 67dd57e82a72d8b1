import fc from 'fast-check';
import { position } from '../../../src/plans/position.js';
import { memoryBook } from '../../crediting/book.js';
import { evaluateNaively } from '../naive/evaluate.js';
import type { VersionText } from '../naive/world.js';
import { cases, engineLines, inWords, knowledgeOf, someDay } from './cases.js';
import { atLast } from './histories.js';
import { terms } from './plans.js';
import { bookedByAccount, bookedByKey, dueByAccount } from './sums.js';

/** Every line, and so every total, is what the naive evaluation of the same documents says. */
export const linesAgree = fc.property(cases, someDay, (one, asOf) => {
  const { world, facts } = knowledgeOf(one)(asOf);
  expect(inWords(engineLines(facts))).toEqual(inWords(evaluateNaively(world)));
});

/** What a partner earns by one part of one thing is one line: the book keeps lines apart by their keys. */
export const keysAreUnique = fc.property(cases, (one) => {
  const keys = position(knowledgeOf(one)(atLast).facts).lines.map(({ key }) => key);
  expect(keys.toSorted()).toEqual([...new Set(keys)].sort());
});

/** The same facts in any order, repeated, and in any batches end at the same totals, thing by thing; each look books all of it. */
export const orderDoesNotMatter = fc.property(
  cases,
  fc.infiniteStream(fc.nat(2 ** 30)),
  fc.integer({ min: 1, max: 6 }),
  (one, chances, batches) => {
    const known = knowledgeOf(one);
    const { told } = one.history;
    const atOnce = memoryBook();
    atOnce.credit(known(atLast, told).facts);

    const twice = [...told, ...told.filter(() => (chances.next().value ?? 0) % 3 === 0)];
    const shuffled = twice.map((each) => ({ each, at: chances.next().value ?? 0 })).sort((a, b) => a.at - b.at);
    const inPieces = memoryBook();
    for (let batch = 1; batch <= batches; batch += 1) {
      const soFar = shuffled.slice(0, Math.ceil((shuffled.length * batch) / batches)).map(({ each }) => each);
      const { facts } = known(atLast, soFar);
      inPieces.credit(facts);
      expect(inPieces.credit(facts)).toEqual([]);
    }
    expect(bookedByKey(inPieces.lines())).toEqual(bookedByKey(atOnce.lines()));
  },
);

/** Day by day, with payouts in between, ends where one look at the end does, and where the naive evaluation does. */
export const daysDoNotMatter = fc.property(
  cases,
  fc.array(fc.nat(30), { minLength: 1, maxLength: 5 }),
  (one, payouts) => {
    const known = knowledgeOf(one);
    const book = memoryBook();
    const days = new Set([
      ...one.history.told.map(({ on }) => on),
      ...one.versions.flatMap(({ knownOn }) => knownOn ?? []),
    ]);
    const due = [...days].sort();
    for (let day = due.shift(), count = 0; day !== undefined; day = due.shift(), count += 1) {
      const { facts } = known(day);
      book.credit(facts);
      for (const sum of Object.values(bookedByKey(book.lines()))) expect(sum).toBeGreaterThan(0n);
      const ahead = [...position(facts).again.values()].filter((next) => next > day && !days.has(next));
      for (const next of ahead) days.add(next);
      due.splice(0, due.length, ...[...due, ...ahead].sort());
      if (payouts.includes(count)) payAllPayable(book, day);
    }
    book.credit(known(atLast).facts);

    const atOnce = memoryBook();
    const { facts, world } = known(atLast);
    atOnce.credit(facts);
    expect(bookedByKey(book.lines())).toEqual(bookedByKey(atOnce.lines()));
    expect(bookedByAccount(book.lines())).toEqual(dueByAccount(evaluateNaively(world)));
  },
);

export function payAllPayable(book: ReturnType<typeof memoryBook>, day: string): void {
  const payable = book.lines().filter((line) => !line.paid && line.payableOn <= day);
  book.pay(...payable.map(({ id }) => id));
}

/** A version that becomes known later leaves every line as it was booked; new lines move the book to the new position. */
export const versionsOnlyAdd = fc.property(cases, fc.nat(1), (one, payout) => {
  const isFirst = ({ text, number }: VersionText): boolean => text.plan === 'standard' && number === 1;
  const before = knowledgeOf({ ...one, versions: one.versions.filter(isFirst) })(atLast);
  const after = knowledgeOf(one)(atLast);
  const book = memoryBook();
  book.credit(before.facts);
  if (payout === 1) payAllPayable(book, '2026-03-31');
  const booked = [...book.lines()];
  const added = book.credit(after.facts);
  expect(book.lines().slice(0, booked.length)).toEqual(booked);
  expect(book.lines().slice(booked.length)).toEqual(added);
  expect(bookedByAccount(book.lines())).toEqual(dueByAccount(evaluateNaively(after.world)));
});

/** A version that begins after everything that happened changes nothing at all. */
export const laterVersionsChangeNothing = fc.property(cases, terms, (one, later) => {
  const number = one.versions.filter(({ text }) => text.plan === 'standard').length + 1;
  const text = { plan: 'standard', effectiveFrom: atLast, ...later };
  const book = memoryBook();
  book.credit(knowledgeOf(one)(atLast).facts);
  const longer = { ...one, versions: [...one.versions, { number, knownOn: null, text }] };
  expect(book.credit(knowledgeOf(longer)(atLast).facts)).toEqual([]);
});

/** Running again books nothing, also after what was booked has been paid out. */
export const runningAgainBooksNothing = fc.property(cases, someDay, (one, asOf) => {
  const { facts } = knowledgeOf(one)(asOf);
  const book = memoryBook();
  book.credit(facts);
  expect(book.credit(facts)).toEqual([]);
  payAllPayable(book, asOf);
  expect(book.credit(facts)).toEqual([]);
});
