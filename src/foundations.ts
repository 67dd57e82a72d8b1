import type { Registry } from 'prom-client';
import type { Settings } from '../config/settings.js';
import type { Meters } from './meters.js';
import type { Clock } from './platform/clock.js';
import type { OpenDatabase } from './platform/database.js';
import type { Log } from './platform/log.js';
import type { Queue } from './platform/queue.js';
import type { Secrets } from './platform/secrets.js';
import type { Signer } from './platform/signing.js';
import type { Transact } from './platform/unit-of-work.js';
import type { Connections } from './sync/connections.js';
import type { ConnectionTrouble } from './watch/connection-trouble.handler.js';

/** What a process has opened before its parts are put together. */
export interface Foundations {
  readonly settings: Settings;
  readonly database: OpenDatabase;
  readonly queue: Queue;
  readonly clock: Clock;
  readonly log: Log;
  readonly secrets: Secrets;
  readonly signer: Signer;
  readonly registry: Registry;
  /** Under which the world reaches the service; known only once the port is. */
  readonly publicUrl: () => string;
}

/** What nearly every part is made from. */
export interface Core extends Foundations {
  readonly transact: Transact;
  readonly connections: Connections;
  readonly trouble: ConnectionTrouble;
  readonly meters: Meters;
}
