const dayMs = 86_400_000;

/** From a day on and up to, not including, another; epoch milliseconds at midnight UTC. */
export interface DateRange {
  readonly from: number;
  readonly until: number;
}

function month(year: number, index: number, length = 1): DateRange {
  return { from: Date.UTC(year, index, 1), until: Date.UTC(year, index + length, 1) };
}

/** The days a date literal means, seen from `now` (epoch milliseconds). Weeks begin on Sunday; the org lives in UTC. */
export function dateRange(name: string, days: number, now: number): DateRange {
  const today = Math.floor(now / dayMs) * dayMs;
  const date = new Date(today);
  const [year, monthIndex] = [date.getUTCFullYear(), date.getUTCMonth()];
  const quarter = Math.floor(monthIndex / 3) * 3;
  const sunday = today - date.getUTCDay() * dayMs;
  switch (name) {
    case 'yesterday':
      return { from: today - dayMs, until: today };
    case 'tomorrow':
      return { from: today + dayMs, until: today + 2 * dayMs };
    case 'this_week':
      return { from: sunday, until: sunday + 7 * dayMs };
    case 'last_week':
      return { from: sunday - 7 * dayMs, until: sunday };
    case 'this_month':
      return month(year, monthIndex);
    case 'last_month':
      return month(year, monthIndex - 1);
    case 'next_month':
      return month(year, monthIndex + 1);
    case 'this_quarter':
      return month(year, quarter, 3);
    case 'last_quarter':
      return month(year, quarter - 3, 3);
    case 'this_year':
      return month(year, 0, 12);
    case 'last_year':
      return month(year - 1, 0, 12);
    case 'last_n_days':
      return { from: today - days * dayMs, until: today + dayMs };
    case 'next_n_days':
      return { from: today + dayMs, until: today + (days + 1) * dayMs };
    default:
      return { from: today, until: today + dayMs };
  }
}
