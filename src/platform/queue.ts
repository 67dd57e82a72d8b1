export interface WakeOptions {
  /** Wake no sooner than this many milliseconds from now. */
  readonly delayMs?: number | undefined;
}

/**
 * Carries wake-ups and nothing else: what is to be done stands in the database, so a lost wake-up costs a few seconds
 * (the fallback tick) and a doubled one costs an empty look.
 */
export interface Queue {
  /** Says that `topic` has something to do. Never waits for the network and never throws. */
  wake(topic: string, options?: WakeOptions): void;
  /** Called in this process for wake-ups of `topic`, possibly fewer than were sent but always once after the last one. */
  onWake(topic: string, listener: () => void): void;
  /** Starts delivering. Resolves although the carrier is down: it is then joined later. */
  start(): Promise<void>;
  close(): Promise<void>;
}
