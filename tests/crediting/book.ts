import type { BookedLine } from '../../src/crediting/booked-line.js';
import { difference, type DueLine } from '../../src/crediting/difference.js';
import type { Facts } from '../../src/plans/facts.js';
import { position } from '../../src/plans/position.js';

/** A book in memory: books the difference between the position and itself, as the handler does in the database. */
export interface MemoryBook {
  /** Books what the facts ask for, and says what that was. */
  credit(facts: Facts): readonly BookedLine[];
  pay(...lineIds: readonly string[]): void;
  lines(): readonly BookedLine[];
  /** Sum of all lines by `partner currency`; zeros are left out. */
  totals(): Readonly<Record<string, bigint>>;
}

export function memoryBook(): MemoryBook {
  const lines: BookedLine[] = [];
  return {
    credit: (facts) => {
      const scope = new Set(facts.deals.map(({ id }) => id));
      const due = difference(
        position(facts),
        lines.filter(({ dealId }) => scope.has(dealId)),
        facts.asOf,
      );
      const added = due.map((line, index) => bookedLine(line, `line_${String(lines.length + index + 1)}`));
      lines.push(...added);
      return added;
    },
    pay: (...lineIds) => {
      lines.forEach((line, index) => {
        if (lineIds.includes(line.id)) lines[index] = { ...line, paid: true };
      });
    },
    lines: () => lines,
    totals: () => totalsOf(lines),
  };
}

export function totalsOf(
  lines: readonly Pick<BookedLine, 'partnerId' | 'currency' | 'amountMinor'>[],
): Readonly<Record<string, bigint>> {
  const sums = new Map<string, bigint>();
  for (const { partnerId, currency, amountMinor } of lines) {
    const account = `${partnerId} ${currency}`;
    sums.set(account, (sums.get(account) ?? 0n) + amountMinor);
  }
  return Object.fromEntries([...sums].filter(([, sum]) => sum !== 0n).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function bookedLine(line: DueLine, id: string): BookedLine {
  const { cause, ...due } = line;
  const version = cause.kind === 'earned' ? cause.wanted.version.id : cause.source.planVersionId;
  return {
    ...due,
    id,
    planVersionId: version,
    planVersion: version,
    sourceLineId: cause.kind === 'earned' ? null : cause.source.id,
    paid: false,
  };
}
