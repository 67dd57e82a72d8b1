import { setTimeout as pause } from 'node:timers/promises';

const lookEveryMs = 5;
const defaultPatienceMs = 5_000;

/** Waits until `holds` says yes. @throws Error naming `claim` when that has not happened within the time given */
export async function eventually(
  claim: string,
  holds: () => boolean | Promise<boolean>,
  patienceMs = defaultPatienceMs,
): Promise<void> {
  const giveUpAt = Date.now() + patienceMs;
  while (!(await holds())) {
    if (Date.now() > giveUpAt) throw new Error(`not within ${patienceMs} ms: ${claim}`);
    await pause(lookEveryMs);
  }
}
