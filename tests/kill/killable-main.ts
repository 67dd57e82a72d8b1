/**
 * The service as `src/main.ts` starts it, with a way to end it at a chosen SQL statement: whoever started it sends an order,
 * and the process ends itself, without tidying up, as the statement it names has run.
 */
import { readSettings } from '../../config/settings.js';
import { startService } from '../../src/service.js';
import { productVersion } from '../../src/version.js';
import { killOrder, type KillOrder } from './kill-order.js';

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

process.on('message', (message: unknown) => {
  standing = killOrder.parse(message);
  process.send?.('armed');
});

// Nobody is left to start it again or to stop it.
process.on('disconnect', () => process.exit(0));

/** How far ahead of the wall clock this process lives: a test lets leases run out by starting the next one later. */
const aheadMs = Number(process.argv[2] ?? 0);

await startService(readSettings(), productVersion, {
  onQuery: endHere,
  clock: { now: () => new Date(Date.now() + aheadMs) },
});
