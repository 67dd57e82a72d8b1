import { once } from 'node:events';
import { startService, type ServiceProcess } from '../support/service-process.js';
import type { RunningClock } from '../support/running-clock.js';
import type { KillOrder } from './kill-order.js';

/** A service in a process of its own that is started again whenever it ends, as a process manager would. */
export interface SupervisedService {
  readonly url: string;
  /** How often it ended by being killed. */
  kills(): number;
  /** Lets the running process end itself at a statement. */
  arm(order: KillOrder): Promise<void>;
  /** Ends the running process here and now. */
  kill(): Promise<void>;
  stop(): Promise<void>;
  output(): string;
}

export interface SupervisedServiceOptions {
  readonly environment: Readonly<Record<string, string>> & { readonly PORT: string };
  /** The service lives by this clock. */
  readonly clock: RunningClock;
  /** How much later the next process starts: on a database server, claims of a killed process are free only after their lease. */
  readonly restartAfterMs: number;
}

const entryPoint = new URL('./killable-main.ts', import.meta.url).pathname;

export async function superviseService(options: SupervisedServiceOptions): Promise<SupervisedService> {
  const { environment, clock } = options;
  let kills = 0;
  let stopping = false;
  let failure: Error | null = null;
  const begin = async (): Promise<ServiceProcess> => {
    const ahead = String(clock.now().getTime() - Date.now());
    const command = [process.execPath, '--import', 'tsx', entryPoint, ahead];
    const service = await startService(environment, { command, ipc: true });
    void service.ended.then((signal) => {
      if (stopping) return;
      if (signal === 'SIGKILL') kills += 1;
      clock.advanceMs(options.restartAfterMs);
      next = begin();
      next.catch((error: unknown) => {
        failure = error instanceof Error ? error : new Error(String(error));
      });
    });
    return service;
  };
  let next = begin();
  const first = await next;
  const current = async (): Promise<ServiceProcess> => {
    if (failure !== null) throw failure;
    return next;
  };
  return {
    url: first.url,
    kills: () => kills,
    arm: async (order) => {
      const { process: child } = await current();
      const armed = once(child, 'message');
      child.send(order);
      await armed;
    },
    kill: async () => (await current()).kill(),
    stop: async () => {
      stopping = true;
      await (await current()).stop();
    },
    output: () => '',
  };
}
