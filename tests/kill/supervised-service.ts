import { once } from 'node:events';
import { startService, untilReady, type ServiceProcess } from '../support/service-process.js';
import type { RunningClock } from '../support/running-clock.js';
import type { KillMessage, KillOrder } from './kill-order.js';

/** A service in a process of its own that is started again whenever it ends, as a process manager would. */
export interface SupervisedService {
  readonly url: string;
  /** How often it ended by being killed, and how often in any other way. */
  ends(): { readonly killed: number; readonly crashed: number };
  /** Lets the running process end itself at a statement. */
  arm(order: KillOrder): Promise<void>;
  /** Ends the running process here and now. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

export interface SupervisedServiceOptions {
  /** The compiled killable entry point. */
  readonly main: string;
  readonly environment: Readonly<Record<string, string>> & { readonly PORT: string };
  /** The service lives by this clock. */
  readonly clock: RunningClock;
  /** How much later the next process starts: on a database server, claims of a killed process are free only after their lease. */
  readonly restartAfterMs: number;
}

export async function superviseService(options: SupervisedServiceOptions): Promise<SupervisedService> {
  const { environment, clock } = options;
  let killed = 0;
  let crashed = 0;
  let stopping = false;
  let failure: Error | null = null;
  const command = [process.execPath, options.main];
  /** A process that has loaded everything and touched nothing; it waits to be told to begin. */
  const load = (): Promise<ServiceProcess> => startService(environment, { command, ipc: true, ready: false });
  let spare = load();
  const begin = async (): Promise<ServiceProcess> => {
    const service = await spare;
    tell(service, { kind: 'begin', aheadMs: clock.now().getTime() - Date.now() });
    await untilReady(service);
    spare = load();
    void service.ended.then((signal) => {
      if (stopping) return;
      if (signal === 'SIGKILL') killed += 1;
      else crashed += 1;
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
    ends: () => ({ killed, crashed }),
    arm: async (order) => {
      const service = await current();
      const armed = once(service.process, 'message');
      tell(service, { kind: 'arm', order });
      await armed;
    },
    kill: async () => (await current()).kill(),
    stop: async () => {
      stopping = true;
      await (await current()).stop();
      await (await spare).kill();
    },
  };
}

function tell(service: ServiceProcess, message: KillMessage): void {
  service.process.send(message);
}
