import { formatAmount } from '../money/money.js';
import { formatRatio, multiply, ratio, type Ratio } from '../money/ratio.js';
import { round } from '../money/rounding.js';
import { readingIn, type Refuse } from './draft-line.js';
import { converted, rateFor } from './exchange.js';
import { told, type Part } from './part.js';
import type { Override } from './plan.js';
import { takesPart, type Scope } from './scope.js';
import { portion } from './term.js';

/** What the recruiters of a partner get on its part of a commission, on top of it (design section 3). */
export function overridesOn(part: Part, refuse: Refuse, scope: Scope): readonly Part[] {
  const { line, partnerId } = part;
  if (line.rule.overrides.length === 0 || line.kind === 'bonus') return [];
  const found: Part[] = [];
  let below: Part | null = null;
  let recruiter = scope.facts.partners.get(partnerId)?.recruitedBy ?? null;
  for (const [index, override] of line.rule.overrides.entries()) {
    if (recruiter === null) break;
    const own = overrideFor(recruiter, index + 1, { part, override, below }, refuse, scope);
    if (own === null) break;
    // Who has left is passed over, and nobody moves up into its place.
    if (own.grossMinor !== 0n && takesPart(scope, recruiter, line.occasion)) found.push(own);
    below = own;
    recruiter = scope.facts.partners.get(recruiter)?.recruitedBy ?? null;
  }
  return found;
}

interface Sold {
  readonly part: Part;
  readonly override: Override;
  readonly below: Part | null;
}

function overrideFor(recruiter: string, level: number, sold: Sold, refuse: Refuse, scope: Scope): Part | null {
  const { part, override } = sold;
  const { line, currency } = part;
  const base = baseOf(sold, refuse, scope);
  if (base === null) return null;
  const mode = line.version.plan.rounding;
  const grossMinor = round(multiply(base.gross, override.rate), mode);
  const keptMinor = round(multiply(base.kept, override.rate), mode);
  const trail = told(part.trail, () => {
    const percent = formatRatio(multiply(override.rate, ratio(100n)));
    const own = formatAmount(grossMinor, currency);
    const sentence = `Override of level ${String(level)} on ${base.name}, ${percent} %: ${own} ${currency}.`;
    return { step: 'override', sentence, level, percent, of: override.of, result: own, currency };
  });
  return {
    ...part,
    line: {
      ...line,
      kind: 'override',
      component: `${line.rule.id}/override-${String(level)}`,
      suffix: `|${part.partnerId}|${line.component}`,
    },
    partnerId: recruiter,
    grossMinor,
    keptMinor,
    trail,
  };
}

interface OverrideBase {
  readonly gross: Ratio;
  readonly kept: Ratio;
  readonly name: string;
}

function baseOf({ part, override, below }: Sold, refuse: Refuse, scope: Scope): OverrideBase | null {
  const { grossMinor, keptMinor, partnerId } = part;
  switch (override.of) {
    case 'commission':
      return { gross: ratio(grossMinor), kept: ratio(keptMinor), name: `the commission of ${partnerId}` };
    case 'level-below': {
      const under = below ?? part;
      return {
        gross: ratio(under.grossMinor),
        kept: ratio(under.keptMinor),
        name: `the override of ${under.partnerId}`,
      };
    }
    case 'sale': {
      const gross = saleOf(part, refuse, scope);
      if (gross === null) return null;
      // What the customer's leaving takes of the commission, it takes of the override.
      const kept = multiply(gross, ratio(keptMinor, grossMinor));
      return { gross, kept, name: `the sale of ${partnerId}` };
    }
  }
}

/** What the deal or payment is worth to the plan, in the currency the commission is paid in. */
function saleOf({ line, share, currency, grossMinor }: Part, refuse: Refuse, scope: Scope): Ratio | null {
  if (grossMinor <= 0n) return null;
  const reading = readingIn(line, refuse);
  if (reading === null) return null;
  const whole = [line.share, share].reduce<Ratio>(
    (value, part) => (part === null ? value : multiply(value, part)),
    reading.minor,
  );
  const own = portion(whole, line.slice);
  if (reading.currency === currency) return own;
  const rate = rateFor(line, reading.currency, currency, refuse, scope);
  return rate === null ? null : converted(own, reading.currency, currency, rate);
}
