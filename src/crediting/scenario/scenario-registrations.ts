import { parseDecimal, ratio } from '../../money/ratio.js';
import type { Instant, PartnerShare, RegistrationFacts } from '../../plans/facts.js';
import { addDays, dayIn, startOfDayIn, type Day } from '../../program/calendar.js';
import { instantOf } from './moment.js';
import type { DealStep } from './scenario-deals.js';
import type { ScenarioDocument } from './scenario-document.js';

type RegistrationDocument = ScenarioDocument['registrations'][number];
type Change = Partial<NonNullable<RegistrationDocument['history']>[number]>;

/** A state of a registration, from a moment on. */
export interface RegistrationStep {
  readonly at: Instant;
  readonly state: RegistrationFacts;
}

const forEver = '9999-12-31' as Day;
const nobody = { name: null, domain: null, country: null };

/** The registrations that are written down, and those that a deal's `partner` or `partners` stands for, step by step. */
export function registrationsOf(
  document: ScenarioDocument,
  deals: readonly (readonly DealStep[])[],
): readonly (readonly RegistrationStep[])[] {
  const written = document.registrations.map((one, index) => stepsOf(one, `registration-${index + 1}`, document));
  const implied = document.deals.flatMap(({ id, partner, partners }, index) => {
    const firstAt = deals[index]?.[0]?.at;
    const partnerId = partner ?? Object.keys(partners ?? {})[0];
    if (partnerId === undefined || firstAt === undefined) return [];
    return [[impliedStep(id, partnerId, partners, dayIn(new Date(firstAt), document.program.timeZone), document)]];
  });
  return [...written, ...implied];
}

/** A registration as it was at a moment; nothing before its submission. */
export function registrationAt(steps: readonly RegistrationStep[], moment: Instant): readonly RegistrationFacts[] {
  const state = steps.findLast(({ at }) => at <= moment)?.state;
  return state === undefined ? [] : [state];
}

function stepsOf(one: RegistrationDocument, id: string, { program }: ScenarioDocument): readonly RegistrationStep[] {
  const { timeZone, protectionDays } = program;
  const submittedAt = instantOf(one.submitted, timeZone, 'start');
  let state: RegistrationFacts = {
    id: one.id ?? id,
    partnerId: one.partner,
    dealId: one.deal ?? null,
    submittedAt,
    submittedOn: dayIn(new Date(submittedAt), timeZone),
    approvedAt: null,
    approvedOn: null,
    protectedUntil: null,
    endedAt: null,
    product: one.product ?? null,
    customer: {
      name: one.customer?.name ?? null,
      domain: one.customer?.domain ?? null,
      country: one.customer?.country ?? null,
    },
    shares: sharesOf(one.shares),
  };
  const first = { at: submittedAt, state };
  const later = changesOf(one, timeZone).map(({ at, change }) => {
    const moment = at < submittedAt ? submittedAt : at;
    state = { ...changed(state, change, at, timeZone, one.protectedUntil ?? null, protectionDays) };
    return { at: moment, state };
  });
  return [first, ...later];
}

/** What became of it, in order: as its own fields say, and step by step. */
function changesOf({ approved, ended, history = [] }: RegistrationDocument, timeZone: string) {
  const written: readonly (Change & { readonly at: string })[] = [
    ...(approved === undefined ? [] : [{ at: approved, state: 'approved' as const }]),
    ...(ended === undefined ? [] : [{ at: ended, state: 'withdrawn' as const }]),
    ...history,
  ];
  return written
    .map((change) => ({ at: instantOf(change.at, timeZone, 'start'), change }))
    .toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

function changed(
  before: RegistrationFacts,
  change: Change,
  at: Instant,
  timeZone: string,
  protectedUntil: Day | null,
  protectionDays: number,
): RegistrationFacts {
  const common = {
    ...before,
    dealId: change.deal ?? before.dealId,
    shares: change.shares === undefined ? before.shares : sharesOf(change.shares),
    protectedUntil: change.protectedUntil ?? before.protectedUntil,
  };
  const { state } = change;
  if (state === 'rejected' || state === 'withdrawn') return { ...common, endedAt: at };
  if (state !== 'approved' || (before.approvedAt !== null && before.endedAt === null)) return common;
  const approvedOn = dayIn(new Date(at), timeZone);
  const until = change.protectedUntil ?? protectedUntil ?? addDays(approvedOn, protectionDays);
  return { ...common, approvedAt: at, approvedOn, endedAt: null, protectedUntil: until };
}

function impliedStep(
  dealId: string,
  partnerId: string,
  partners: Readonly<Record<string, string>> | undefined,
  submittedOn: Day,
  { program }: ScenarioDocument,
): RegistrationStep {
  const submittedAt = startOfDayIn(submittedOn, program.timeZone).toISOString();
  const state: RegistrationFacts = {
    id: `of-${dealId}`,
    partnerId,
    dealId,
    submittedAt,
    submittedOn,
    approvedAt: submittedAt,
    approvedOn: submittedOn,
    protectedUntil: forEver,
    endedAt: null,
    product: null,
    customer: nobody,
    shares: sharesOf(partners),
  };
  return { at: submittedAt, state };
}

function sharesOf(shares: Readonly<Record<string, string>> | undefined): readonly PartnerShare[] {
  return Object.entries(shares ?? {}).flatMap(([partnerId, percent]) => {
    const { numerator, denominator } = parseDecimal(percent) ?? ratio(0n);
    return numerator === 0n ? [] : [{ partnerId, share: ratio(numerator, denominator * 100n) }];
  });
}
