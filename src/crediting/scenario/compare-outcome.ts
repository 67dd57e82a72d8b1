import { compareRatios, parseDecimal } from '../../money/ratio.js';
import type { ScenarioDocument } from './scenario-document.js';
import type { OutcomeView } from './scenario-view.js';

type Expectation = NonNullable<ScenarioDocument['expect']>;
type Thing = Readonly<Record<string, unknown>>;

/**
 * Where an outcome is not what its scenario expects, as sentences; empty when it is. Of each thing only the fields that are
 * written down count, in whatever order the things come; a list that is written down is a whole one.
 */
export function compareOutcome(expect: Expectation, outcome: OutcomeView): readonly string[] {
  return [
    ...compareThings('line', expect.lines, outcome.lines, shownLine),
    ...compareThings('balance', expect.balances, outcome.balances, shownLine),
    ...compareThings('payout', expect.payouts, outcome.payouts, shownLine),
    ...compareThings('flag', expect.flags, outcome.flags, ({ deal, flag }) => shownLine({ deal, flag })),
  ];
}

function compareThings<T extends object>(
  name: string,
  expected: readonly object[] | undefined,
  found: readonly T[],
  shown: (thing: T) => string,
): readonly string[] {
  if (expected === undefined) return [];
  const left = new Set(found);
  // Those that say most choose first, so that a vague one does not take what only they fit.
  const bySpecificity = expected.toSorted((a, b) => Object.keys(b).length - Object.keys(a).length);
  const missing = bySpecificity.filter((wanted) => {
    const match = [...left].find((thing) => fits(wanted as Thing, thing as Thing));
    if (match !== undefined) left.delete(match);
    return match === undefined;
  });
  return [
    ...missing.map((wanted) => `missing ${name}: ${shownLine(wanted)}`),
    ...[...left].map((thing) => `unexpected ${name}: ${shown(thing)}`),
  ];
}

function fits(wanted: Thing, found: Thing): boolean {
  return Object.entries(wanted).every(([field, value]) => value === undefined || isSame(value, found[field]));
}

/** Amounts are the same whatever their decimals, with their currency behind them or not. */
function isSame(wanted: unknown, found: unknown): boolean {
  if (wanted === found) return true;
  const [[first, unit], [second, otherUnit]] = [String(wanted).split(' '), String(found).split(' ')];
  const [a, b] = [parseDecimal(first ?? ''), parseDecimal(second ?? '')];
  if (unit !== otherUnit) return false;
  return a !== null && b !== null && compareRatios(a, b) === 0;
}

const unsaid = ['working', 'id'];

function shownLine(thing: object): string {
  return Object.entries(thing)
    .filter(([field, value]) => !unsaid.includes(field) && value !== undefined && value !== null && value !== 'partner')
    .map(([field, value]) => `${field} ${String(value)}`)
    .join(', ');
}
