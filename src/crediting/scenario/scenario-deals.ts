import type { DealFacts, Instant, StageEntry } from '../../plans/facts.js';
import { dayIn, startOfDayIn } from '../../program/calendar.js';
import { instantOf } from './moment.js';
import type { ScenarioDocument } from './scenario-document.js';

type DealDocument = ScenarioDocument['deals'][number];
type StepDocument = NonNullable<DealDocument['history']>[number];

/** A state of a deal, from a moment on. */
export interface DealStep {
  readonly at: Instant;
  /** When it was seen: then, or where the deal was not known yet when it became known. */
  readonly seenAt: Instant;
  readonly state: Omit<DealFacts, 'wonOn'>;
}

/**
 * The states a deal went through, each whole. A deal that became known late is nothing before, and the stage it was in then counts
 * as entered then: as in the product, which sees no stage that a deal left before it was looked at.
 */
export function stepsOf(deal: DealDocument, { program }: ScenarioDocument): readonly DealStep[] {
  const { timeZone } = program;
  const knownAt = deal.knownOn === undefined ? '' : startOfDayIn(deal.knownOn, timeZone).toISOString();
  let state: DealStep['state'] = {
    id: deal.id,
    outcome: 'open',
    archived: false,
    wonAt: null,
    amount: deal.amount ?? null,
    currency: deal.currency ?? program.defaultCurrency ?? null,
    pipeline: deal.pipeline ?? null,
    stages: [],
    churnedOn: null,
    fields: fieldsOf(deal),
    revision: 0,
  };
  return writtenSteps(deal, timeZone).map(({ at, ...changes }) => {
    const outcome = changes.outcome ?? state.outcome;
    const { amount = state.amount, currency = state.currency, archived = state.archived } = changes;
    const wonAt = outcome !== 'won' ? null : state.outcome === 'won' ? state.wonAt : at;
    state = {
      ...state,
      outcome,
      archived,
      amount,
      currency,
      wonAt,
      pipeline: changes.pipeline ?? state.pipeline,
      stages: changes.stage === undefined ? state.stages : entered(state.stages, changes.stage, at, knownAt, timeZone),
      churnedOn: changes.churned ?? state.churnedOn,
      fields: { ...state.fields, ...fieldsOf(changes) },
      revision: state.revision + 1,
    };
    return { at, seenAt: at < knownAt ? knownAt : at, state };
  });
}

/** What a deal was at a moment; nothing before its first step. */
export function dealAt(steps: readonly DealStep[], moment: Instant, timeZone: string): readonly DealFacts[] {
  const state = steps.findLast(({ seenAt }) => seenAt <= moment)?.state;
  if (state === undefined) return [];
  return [{ ...state, wonOn: state.wonAt === null ? null : dayIn(new Date(state.wonAt), timeZone) }];
}

function writtenSteps(deal: DealDocument, timeZone: string) {
  const written: readonly (Partial<StepDocument> & {
    readonly at: string;
    readonly churned?: DealFacts['churnedOn'];
  })[] = [...(deal.history ?? []), ...(deal.won === undefined ? [] : [{ at: deal.won, outcome: 'won' as const }])];
  const steps = written.map((step) => ({ ...step, at: instantOf(step.at, timeZone, 'noon') }));
  const left = deal.churned;
  const churned: typeof steps =
    left === undefined ? [] : [{ at: startOfDayIn(left, timeZone).toISOString(), churned: left }];
  return [...steps, ...churned].toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

/** `kind` and `products` are CRM fields of those names, written shorter. */
function fieldsOf({ fields, kind, products }: Pick<StepDocument, 'fields' | 'kind' | 'products'>): DealFacts['fields'] {
  return {
    ...fields,
    ...(kind === undefined ? {} : { kind }),
    ...(products === undefined ? {} : { products }),
  };
}

function entered(
  stages: readonly StageEntry[],
  stage: string,
  at: Instant,
  knownAt: Instant,
  timeZone: string,
): readonly StageEntry[] {
  const isSeen = at >= knownAt;
  if (isSeen && stages.some(({ names }) => names.includes(stage))) return stages;
  const seenAt = isSeen ? at : knownAt;
  return [...(isSeen ? stages : []), { names: [stage], at: seenAt, on: dayIn(new Date(seenAt), timeZone) }];
}
