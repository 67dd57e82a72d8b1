/**
 * The service as `src/main.ts` starts it, with a way to end it at a chosen SQL statement: whoever started it sends an order,
 * and the process ends itself, without tidying up, as the statement it names has run. It is loaded and then waits to be told to
 * begin: loading takes longer than most of what is tried here, and the next process can do it while the one before still lives.
 */
import { readSettings } from '../../config/settings.js';
import { startService } from '../../src/service.js';
import { productVersion } from '../../src/version.js';
import { killMessage, type KillOrder } from './kill-order.js';

let standing: KillOrder | null = null;
let hasBegun = false;

/** Called with each statement after it ran, outside any `await`, so that nothing happens between the statement and the end. */
function endHere(statement: string): void {
  if (standing === null) return;
  const { at, then } = standing;
  if (hasBegun) {
    if (then === null || pattern(then).test(statement)) process.kill(process.pid, 'SIGKILL');
    return;
  }
  if (!pattern(at).test(statement)) return;
  if (standing.when === 'ran') process.kill(process.pid, 'SIGKILL');
  hasBegun = true;
}

/** Statements run over several lines. */
function pattern(text: string): RegExp {
  return new RegExp(text, 'is');
}

// Nobody is left to start it again or to stop it.
process.on('disconnect', () => process.exit(0));

const aheadMs = await new Promise<number>((resolve) => {
  process.on('message', (raw: unknown) => {
    const message = killMessage.parse(raw);
    if (message.kind === 'begin') resolve(message.aheadMs);
    else {
      standing = message.order;
      process.send?.('armed');
    }
  });
});

await startService(readSettings(), productVersion, {
  onQuery: endHere,
  clock: { now: () => new Date(Date.now() + aheadMs) },
});
