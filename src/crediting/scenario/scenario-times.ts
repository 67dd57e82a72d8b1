import type { Instant } from '../../plans/facts.js';
import type { FieldPath } from '../../plans/field-path.js';
import type { PlanFault } from '../../plans/plan-faults.js';
import { dayIn } from '../../program/calendar.js';
import { instantOf, isOnClocks } from './moment.js';
import type { ScenarioDocument } from './scenario-document.js';
import { faultAt, type FindFaults } from './scenario-fault.js';

/** What cannot come before something else. */
export const faultsOfTimes: FindFaults = (document, lineOf) => {
  const { registrations, payments, refunds, program } = document;
  const { timeZone } = program;
  const wrong = (path: FieldPath, value: unknown, expected: string): readonly PlanFault[] => [
    faultAt(lineOf, path, value, expected),
  ];
  return [
    ...momentsOf(document)
      .filter(({ value }) => value !== undefined && !isOnClocks(value, timeZone))
      .flatMap(({ path, value }) => wrong(path, value, `a moment that the clocks of ${timeZone} show`)),
    ...registrations.flatMap(({ submitted, approved, protectedUntil, ended }, index) => {
      const at = (field: string): FieldPath => ['registrations', index, field];
      const notBefore = approved ?? submitted;
      const last = approved === undefined ? 'submitted' : 'approved';
      return [
        ...(approved !== undefined && isBefore(approved, submitted, timeZone)
          ? wrong(at('approved'), approved, `a moment that is not before it was submitted, ${submitted}`)
          : []),
        ...(ended !== undefined && isBefore(ended, notBefore, timeZone)
          ? wrong(at('ended'), ended, `a moment that is not before it was ${last}, ${notBefore}`)
          : []),
        ...(protectedUntil !== undefined && isBefore(protectedUntil, notBefore, timeZone)
          ? wrong(at('protectedUntil'), protectedUntil, `a day that is not before it was ${last}, ${notBefore}`)
          : []),
      ];
    }),
    ...(['payments', 'refunds'] as const).flatMap((list) =>
      (list === 'payments' ? payments : refunds).flatMap(({ on, knownOn }, index) => {
        if (knownOn === undefined || knownOn >= on) return [];
        return wrong([list, index, 'knownOn'], knownOn, `a day that is not before it happened, ${on}`);
      }),
    ),
    ...document.deals.flatMap((deal, index) =>
      contradictions(deal, timeZone).map(({ path, value, expected }) =>
        faultAt(lineOf, ['deals', index, ...path], value, expected),
      ),
    ),
  ];
};

/** Every moment of deals, registrations and partners, with its place. */
function momentsOf({ deals, registrations, partners }: ScenarioDocument) {
  const stepsAt = (path: FieldPath, history: readonly { readonly at: string }[] = []) =>
    history.map(({ at }, index) => ({ path: [...path, 'history', index, 'at'], value: at }));
  return [
    ...deals.flatMap(({ won, history }, index) => {
      const path: FieldPath = ['deals', index];
      return [{ path: [...path, 'won'], value: won }, ...stepsAt(path, history)];
    }),
    ...registrations.flatMap(({ submitted, approved, ended, history }, index) => {
      const path: FieldPath = ['registrations', index];
      const own = Object.entries({ submitted, approved, ended });
      return [...own.map(([field, value]) => ({ path: [...path, field], value })), ...stepsAt(path, history)];
    }),
    ...partners.map(({ left }, index) => ({ path: ['partners', index, 'left'], value: left })),
  ];
}

interface Contradiction {
  readonly path: FieldPath;
  readonly value: unknown;
  readonly expected: string;
}

type Deal = ScenarioDocument['deals'][number];
const sayable = ['outcome', 'amount', 'currency'] as const;

/** Where the history of a deal says two things of one moment, or is at odds with when it was won and left. */
function contradictions(deal: Deal, timeZone: string): readonly Contradiction[] {
  const { won, churned, history = [] } = deal;
  const told = history.map((step, index) => ({ ...step, path: ['history', index] as FieldPath }));
  const steps = [
    ...told,
    ...(won === undefined ? [] : [{ at: won, outcome: 'won' as const, path: ['won'] as FieldPath }]),
  ]
    .map((step) => ({ ...step, instant: instantOf(step.at, timeZone, 'noon') }))
    .toSorted((a, b) => (a.instant < b.instant ? -1 : a.instant > b.instant ? 1 : 0));
  const doubled = steps.flatMap((step, index): readonly Contradiction[] => {
    const other = steps.slice(0, index).find(({ instant, ...said }) => {
      return instant === step.instant && sayable.some((field) => saysOther(said, step, field));
    });
    if (other === undefined) return [];
    const path = step.path[0] === 'won' ? step.path : [...step.path, 'at'];
    return [{ path, value: step.at, expected: 'a moment of its own: another step says otherwise of that one' }];
  });
  const firstWon = steps.find(({ outcome }) => outcome === 'won');
  return [...doubled, ...wonBefore(steps, won), ...leftTooSoon(churned, firstWon?.instant, timeZone)];
}

function saysOther(
  a: { readonly [field in (typeof sayable)[number]]?: unknown },
  b: { readonly [field in (typeof sayable)[number]]?: unknown },
  field: (typeof sayable)[number],
): boolean {
  return a[field] !== undefined && b[field] !== undefined && a[field] !== b[field];
}

/** `won` says when a deal was won that was not won already. */
function wonBefore(
  steps: readonly { readonly at: string; readonly outcome?: string | undefined; readonly path: FieldPath }[],
  won: string | undefined,
): readonly Contradiction[] {
  const place = steps.findIndex(({ path }) => path[0] === 'won');
  const before = steps.slice(0, Math.max(place, 0)).findLast(({ outcome }) => outcome !== undefined);
  if (before?.outcome !== 'won') return [];
  return [{ path: ['won'], value: won, expected: `${before.at}, when it was won by its history` }];
}

function leftTooSoon(churned: string | undefined, firstWon: Instant | undefined, timeZone: string) {
  if (churned === undefined) return [];
  if (firstWon === undefined) return [{ path: ['churned'], value: churned, expected: 'a deal that was won before' }];
  const wonOn = dayIn(new Date(firstWon), timeZone);
  if (churned >= wonOn) return [];
  return [{ path: ['churned'], value: churned, expected: `a day that is not before it was won, ${wonOn}` }];
}

/** Whether one is before the other for certain: where one of them is a day alone, days are compared. */
function isBefore(one: string, other: string, timeZone: string): boolean {
  const [a, b] = [instantOf(one, timeZone, 'start'), instantOf(other, timeZone, 'start')];
  if (one.includes('T') && other.includes('T')) return a < b;
  return dayIn(new Date(a), timeZone) < dayIn(new Date(b), timeZone);
}
