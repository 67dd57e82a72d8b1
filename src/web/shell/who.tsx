import { createContext, useContext } from 'react';
import type { Me } from '../api/shapes.js';
import { day, dayOfMoment, inDays, moment, month } from '../format/moments.js';
import { money, number } from '../format/money.js';
import { OutsideProvider, useWords } from '../words/use-words.js';

/** Who is signed in. */
export const MeContext = createContext<Me | null>(null);

export function useMe(): Me {
  const me = useContext(MeContext);
  if (me === null) throw new OutsideProvider('Session');
  return me;
}

/** Whether this operator may do what not every one may. A page offers it or leaves it out; the service decides. */
export function useMay(right: string): boolean {
  const { kind, rights } = useMe();
  return kind === 'operator' && (rights === null || rights.includes(right));
}

/** Writes figures and dates for this reader, in the program's time zone. */
export function useFormat() {
  const { locale } = useWords();
  const { timeZone } = useMe();
  return {
    money: (amount: string, currency: string) => money(locale, amount, currency),
    moment: (iso: string) => moment(locale, timeZone, iso),
    dayOfMoment: (iso: string) => dayOfMoment(locale, timeZone, iso),
    day: (text: string) => day(locale, text),
    inDays: (days: number) => inDays(locale, days),
    number: (decimal: string) => number(locale, decimal),
    month: (period: string) => month(locale, period),
  };
}
