import type { BookedLine } from '../../src/crediting/booked-line.js';
import { bookDifference, type DueLine } from '../../src/crediting/difference.js';
import type { Facts } from '../../src/plans/facts.js';
import { position } from '../../src/plans/position.js';
import type { WantedLine } from '../../src/plans/wanted-line.js';

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
      const booked = lines.filter(({ dealId }) => dealId === null || scope.has(dealId));
      let number = lines.length;
      const added = bookDifference(position(facts), booked, facts.asOf, (due) => {
        number += 1;
        return bookedLine(due, `line_${String(number)}`);
      });
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
  const version = cause.kind === 'earned' ? versionOf(cause.wanted) : cause.source.planVersionId;
  return {
    ...due,
    id,
    planVersionId: version,
    planVersion: version,
    sourceLineId: cause.kind === 'earned' ? null : cause.source.id,
    paid: false,
  };
}

function versionOf({ source }: WantedLine): string | null {
  return source.kind === 'plan' ? source.version.id : null;
}
