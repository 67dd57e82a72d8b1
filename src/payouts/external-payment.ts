import type { StandingLine } from '../crediting/commission-line.js';
import type { Currency } from '../money/currency.js';
import { formatAmount } from '../money/money.js';
import type { FieldFault } from '../platform/domain-error.js';
import type { Day } from '../program/calendar.js';

/** Lines that were paid elsewhere, as somebody reports it. */
export interface ReportedPayment {
  readonly lines: readonly string[];
  readonly paidOn: Day;
  /** What names the payment where it was made. */
  readonly reference: string;
}

/** One payment: what one partner got in one currency, or the customers that it referred. */
export interface Payment {
  readonly partnerId: string;
  readonly payee: 'partner' | 'customer';
  readonly currency: Currency;
  readonly amountMinor: bigint;
  readonly lines: readonly StandingLine[];
}

/** Currencies never net and every partner is paid alone, so a report of many lines may be several payments. */
export function paymentsOf(lines: readonly StandingLine[]): readonly Payment[] {
  const payments = new Map<string, Payment>();
  for (const line of lines) {
    const { partnerId, payee, currency } = line;
    const key = `${partnerId} ${payee} ${currency}`;
    const before = payments.get(key) ?? { partnerId, payee, currency, amountMinor: 0n, lines: [] };
    payments.set(key, {
      ...before,
      amountMinor: before.amountMinor + line.amountMinor,
      lines: [...before.lines, line],
    });
  }
  return [...payments.values()];
}

/**
 * What is wrong with a report. A line that is not payable yet, or on hold, may be reported: that it was paid is a fact, and the
 * book has to know it so that an undone deal is clawed back.
 * @param found the lines of the report that exist
 */
export function faultsOfReport(
  report: ReportedPayment,
  found: readonly StandingLine[],
  today: Day,
): readonly FieldFault[] {
  const byId = new Map(found.map((line) => [line.id, line]));
  const lineFaults = report.lines.flatMap((id, index): readonly FieldFault[] => {
    const field = `lines[${index}]`;
    const line = byId.get(id);
    if (line === undefined) {
      return [
        { field, value: id, expected: 'the id of a commission line', message: `There is no commission line ${id}.` },
      ];
    }
    if (line.status === 'paid') {
      return [{ field, value: id, expected: 'a line that is not paid yet', message: `Line ${id} is paid already.` }];
    }
    return [];
  });
  const future: readonly FieldFault[] =
    report.paidOn > today
      ? [
          {
            field: 'paidOn',
            value: report.paidOn,
            expected: `a day up to today, ${today}`,
            message: `${report.paidOn} is in the future.`,
          },
        ]
      : [];
  return [...lineFaults, ...future, ...paymentsOf(found).flatMap(faultOfSum)];
}

function faultOfSum({ partnerId, currency, amountMinor }: Payment): readonly FieldFault[] {
  if (amountMinor > 0n) return [];
  const sum = `${formatAmount(amountMinor, currency)} ${currency}`;
  const message = `The lines of partner ${partnerId} sum to ${sum}, which nobody can have been paid.`;
  return [
    { field: 'lines', value: sum, expected: 'lines that sum to more than zero per partner and currency', message },
  ];
}
