import { multiply, ratio } from '../money/ratio.js';
import { round } from '../money/rounding.js';
import { carried, type DraftLine, type Refuse, type Stage } from './draft-line.js';
import { exchange } from './exchange.js';
import { applyCap, applyFloor } from './limits.js';
import { baseName } from './plan.js';
import { formatExact } from './step.js';
import { applyTiers } from './tiers.js';

/** base → rate → floor → cap → exchange → rounding. What a plan can say besides goes between these, in the order of the design. */
export const stages: readonly Stage[] = [takeBase, applyRate, applyTiers, applyFloor, applyCap, exchange, roundOnce];

function takeBase(lines: readonly DraftLine[], refuse: Refuse): readonly DraftLine[] {
  return lines.flatMap((line) => {
    const { pay } = line.rule;
    if (pay.kind === 'flat') {
      const { amountMinor, currency } = pay.money;
      return [carried(line, ratio(amountMinor), { step: 'flat', money: pay.money }, currency)];
    }
    const { reading } = line;
    if (reading === null) return [];
    if (reading.kind === 'missing') {
      const evidence = { base: baseName(pay.of), value: reading.text, currency: reading.currency };
      refuse(line, reading.flag.startsWith('currency-') ? 'currency' : 'amount', reading.flag, evidence);
      return [];
    }
    return [carried(line, reading.minor, { step: 'base', base: pay.of, reading }, reading.currency)];
  });
}

function applyRate(lines: readonly DraftLine[]): readonly DraftLine[] {
  return lines.map((line) => {
    const { pay } = line.rule;
    if (pay.kind !== 'percent' || line.currency === null) return line;
    const result = multiply(line.value, pay.rate);
    return carried(line, result, { step: 'rate', rate: pay.rate, of: line.value, result, currency: line.currency });
  });
}

function roundOnce(lines: readonly DraftLine[], refuse: Refuse): readonly DraftLine[] {
  return lines.flatMap((line) => {
    const { value, currency } = line;
    if (currency === null) return [];
    const mode = line.version.plan.rounding;
    const amountMinor = round(value, mode);
    if (amountMinor === 0n) {
      refuse(line, 'worth', 'rounds-to-nothing', { exact: formatExact(value, currency), currency });
      return [];
    }
    return [
      carried(line, ratio(amountMinor), { step: 'rounding', mode, exact: value, money: { amountMinor, currency } }),
    ];
  });
}
