import { readSettings } from '../config/settings.js';
import { SettingsError } from '../config/settings-error.js';
import { startService } from './service.js';
import { productVersion } from './version.js';

/** How long a stop may take before the process ends all the same; the rows it worked on are free again after their lease. */
const stopWithinMs = 25_000;

async function main(): Promise<void> {
  const settings = readSettings();
  const service = await startService(settings, productVersion);
  const { log } = service.foundations;
  log.info({ url: service.url, role: settings.role }, 'Introducer is ready');
  const stop = (signal: NodeJS.Signals): void => {
    log.info({ signal }, 'stopping');
    setTimeout(() => process.exit(1), stopWithinMs).unref();
    service.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'could not stop cleanly');
        process.exit(1);
      },
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

/** What keeps the service from starting is said in words, not as a stack. */
main().catch((error: unknown) => {
  const words = error instanceof SettingsError ? error.message : `Introducer cannot start: ${wordsOf(error)}`;
  process.stderr.write(`${words}\n`);
  process.exitCode = 1;
});

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
