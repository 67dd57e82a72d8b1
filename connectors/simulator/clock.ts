/** Where a simulated CRM takes its time from. The same shape as the service's clock, so that a test can share one. */
export interface SimulatorClock {
  now(): Date;
}

export const wallClock: SimulatorClock = { now: () => new Date() };
