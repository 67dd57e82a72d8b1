import { z } from 'zod';

/**
 * How far a change stream has been read. `replayId` is Salesforce's, as text, since it may exceed what a number holds; `null` while
 * no event has come since the stream began. Everything committed before `asOf` (ISO 8601 UTC) has been handed over, except what
 * Salesforce delivered late.
 */
export interface StreamPosition {
  readonly replayId: string | null;
  readonly asOf: string;
}

const replayId = z.string().regex(/^\d{1,20}$/);
const stored = z.object({ replayId: replayId.nullable(), asOf: z.iso.datetime() });

/** As it is kept between runs: opaque to whoever keeps it. */
export function writePosition({ replayId, asOf }: StreamPosition): string {
  return JSON.stringify({ replayId, asOf });
}

/** @returns `null` for what is no position of ours */
export function readPosition(kept: string): StreamPosition | null {
  try {
    return stored.safeParse(JSON.parse(kept)).data ?? null;
  } catch {
    return null;
  }
}
