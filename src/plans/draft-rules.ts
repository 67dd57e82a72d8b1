import { add, ratio } from '../money/ratio.js';
import { readBase, readPaymentBase, type BaseReading } from './base.js';
import type { DraftLine } from './draft-line.js';
import type { PartnerShare } from './facts.js';
import type { Findings } from './findings.js';
import { holds } from './judge-condition.js';
import type { Occasion } from './occasion.js';
import { baseOf } from './pay.js';
import type { PlanRule, PlanVersion, Trigger } from './plan.js';
import type { Scope } from './scope.js';
import type { EarningKind } from './wanted-line.js';

const zero = ratio(0n);
const noDelay: DraftLine['delay'] = { days: 0, months: 0 };

/** A partner with the version it is paid by; null for none. */
export interface Party<Version = PlanVersion> {
  readonly partnerId: string;
  readonly version: Version;
  /** Its share of the deal, where each partner is paid by its own plan. */
  readonly share: DraftLine['share'];
}

/** A draft for each rule that pays a partner for an occasion: all whose conditions hold, or where the plan says so the first. */
export function draftsFor(
  scope: Scope,
  trigger: Trigger['kind'],
  { partnerId, version, share }: Party,
  occasion: Occasion,
  findings: Findings,
  isMeant: (on: Trigger) => boolean = () => true,
): readonly DraftLine[] {
  const drafts: DraftLine[] = [];
  for (const rule of version.plan.rules) {
    if (rule.on.kind !== trigger || !isMeant(rule.on)) continue;
    const draft = draftOf(scope, { rule, version, partnerId, share }, occasion);
    if (rule.when !== null && !holds(rule.when, { scope, partnerId, occasion })) {
      findings.refuse(draft, 'conditions', 'conditions-not-met', { rule: rule.id });
      continue;
    }
    drafts.push(draft);
    if (version.plan.match === 'first') break;
  }
  return drafts;
}

function draftOf(
  { facts }: Scope,
  { rule, version, partnerId, share }: Party & { readonly rule: PlanRule },
  occasion: Occasion,
): DraftLine {
  const shares =
    rule.split.length > 0
      ? rule.split.map((part) => ({ partnerId: part.partnerId ?? partnerId, share: part.share }))
      : occasion.registration.shares;
  return {
    occasion,
    partnerId,
    payee: rule.payee,
    kind: kindOf(rule),
    component: rule.id,
    share,
    suffix: '',
    version,
    rule,
    reading: readingOf(facts.program, rule, occasion),
    value: zero,
    unchurned: null,
    currency: null,
    slice: null,
    delay: noDelay,
    shares: share === null && rule.payee === 'partner' && rule.on.kind !== 'recruit' ? merged(shares) : [],
    takeBacks: [],
    trail: null,
  };
}

/** Who is named twice, by name and as the registrant, has both shares as one: a partner has one line for one thing. */
function merged(shares: readonly PartnerShare[]): readonly PartnerShare[] {
  const all = new Map<string, PartnerShare>();
  for (const { partnerId, share } of shares) {
    const known = all.get(partnerId);
    all.set(partnerId, { partnerId, share: known === undefined ? share : add(known.share, share) });
  }
  return [...all.values()];
}

/** Beside a fixed sum the amount is read: accelerators and overrides may go by the sale. A lead has none yet. */
function readingOf(
  program: Scope['facts']['program'],
  { on, pay }: PlanRule,
  { deal, payment }: Occasion,
): BaseReading | null {
  if (on.kind === 'approved') return null;
  const base = baseOf(pay) ?? ({ kind: 'amount' } as const);
  if (payment !== null) return readPaymentBase(program, payment, base);
  return deal === null ? null : readBase(program, deal, base);
}

function kindOf({ on, payee }: PlanRule): EarningKind {
  if (payee === 'customer' || on.kind === 'recruit') return 'bonus';
  return on.kind === 'payment' ? 'revshare' : 'commission';
}
