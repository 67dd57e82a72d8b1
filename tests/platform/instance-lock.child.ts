import { acquireInstanceLock } from '../../src/platform/instance-lock.js';

/** A process of its own that takes a DATA_DIR, says so (or why not) on one line, and stays until it is ended. */
const [dataDir = ''] = process.argv.slice(2);
try {
  const lock = await acquireInstanceLock(dataDir);
  lock.serveCommands(async ({ argv, stdin }, output) => {
    output.stdout(`began ${argv.join(' ')}\n`);
    await new Promise((resolve) => setTimeout(resolve, argv[0] === 'linger' ? 60_000 : 0));
    output.stderr(`read ${stdin}\n`);
    return 7;
  });
  process.stdout.write(`held ${String(process.pid)}\n`);
  setInterval(() => undefined, 60_000);
} catch (error) {
  process.stdout.write(`refused ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}\n`);
}
