import type { KeySum, Recomputation } from './crediting/recompute.js';
import type { Finding } from './doctor.js';
import { formatAmount } from './money/money.js';

/** What recomputing a line found, as sentences for a person: the hash of its inputs, then what is due in each currency. */
export function wordsOfRecomputation(found: Recomputation): readonly Finding[] {
  const { line, computedHash, hashMatches, sums, working } = found;
  const amount = `${formatAmount(line.amountMinor, line.currency)} ${line.currency}`;
  return [
    {
      ok: true,
      words: `Line ${line.id}: ${line.kind} of ${amount} by rule ${line.component}, deal ${line.dealId ?? 'none'}.`,
    },
    hashMatches
      ? { ok: true, words: `ok     The stored inputs have the stored hash ${computedHash}.` }
      : { ok: false, words: `FAULT  The stored inputs hash to ${computedHash}; stored is ${line.inputsHash}.` },
    ...sums.map((sum) => amountFinding(sum, found)),
    ...working.map(({ summary, steps }) => ({
      ok: false,
      words: [`Would be booked: ${summary}`, ...steps.map(({ sentence }) => `  ${sentence}`)].join('\n'),
    })),
  ];
}

function amountFinding({ currency, wantedMinor, bookedMinor }: KeySum, { asOf }: Recomputation): Finding {
  const ok = wantedMinor === bookedMinor;
  const shown = (minor: bigint): string => `${formatAmount(minor, currency)} ${currency}`;
  return {
    ok,
    words: `${ok ? 'ok    ' : 'FAULT '} Due by the facts of ${asOf}: ${shown(wantedMinor)}. Booked: ${shown(bookedMinor)}.`,
  };
}
