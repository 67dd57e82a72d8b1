import { formatRatio, multiply, ratio, subtract, type Ratio } from '../money/ratio.js';
import { carried, type DraftLine } from './draft-line.js';
import { monthsSince } from './term.js';

const one = ratio(1n);

/** Keeps the share of what was earned that the customer stayed for. What it would have been is kept beside it. */
export function applyChurn(lines: readonly DraftLine[]): readonly DraftLine[] {
  if (lines.every(({ takeBacks }) => takeBacks.length === 0)) return lines;
  return lines.map((line) => {
    const left = line.takeBacks.find((one) => one.left === null);
    if (left === undefined) return line;
    const kept = keptShare(line);
    const sentence = `${left.sentence} The share that is kept is ${formatRatio(kept)}.`;
    const tell = () => ({ step: 'churn', sentence, churnedOn: left.on, kept: formatRatio(kept) });
    return { ...carried(line, multiply(line.value, kept), { step: 'told', tell }), unchurned: line.value };
  });
}

function keptShare({ rule, occasion }: DraftLine): Ratio {
  const left = occasion.deal?.churnedOn ?? null;
  if (rule.churn === null || left === null) return one;
  const { months, takeBack } = rule.churn;
  if (takeBack !== 'prorated') return subtract(one, takeBack);
  return ratio(BigInt(Math.max(monthsSince(occasion.on, left), 0)), BigInt(months));
}
