import type { BookedLine } from './booked-line.js';

/** A booked line and what of it has not been taken back. */
export interface OpenLine {
  readonly line: BookedLine;
  readonly openMinor: bigint;
}

/**
 * What is left of the lines under one key, oldest first. A reversal or clawback reduces the line it names, and so does an
 * adjustment that takes exactly what is left of it; any other adjustment stands beside it as a line of its own.
 * @param lines all lines under the key, by their ordinal
 */
export function openLines(lines: readonly BookedLine[]): readonly OpenLine[] {
  const open = new Map<string, OpenLine>();
  for (const line of lines) {
    const source = line.sourceLineId === null ? undefined : open.get(line.sourceLineId);
    if (source === undefined || !takesBack(line, source)) {
      open.set(line.id, { line, openMinor: line.amountMinor });
      continue;
    }
    const openMinor = source.openMinor + line.amountMinor;
    if (openMinor === 0n) open.delete(source.line.id);
    else open.set(source.line.id, { ...source, openMinor });
  }
  return [...open.values()];
}

function takesBack(line: BookedLine, source: OpenLine): boolean {
  if (line.currency !== source.line.currency) return false;
  return line.kind === 'reversal' || line.kind === 'clawback' || line.amountMinor === -source.openMinor;
}
