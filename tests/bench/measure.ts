import type { Cleanup } from './cleanup.js';
import type { Finding } from './report.js';

export interface MeasureContext {
  readonly cleanup: Cleanup;
  /** The compiled entry point of the service. */
  readonly main: string;
}

/** One question the bench answers. It leaves everything it opens to `cleanup`. */
export interface Measure {
  readonly name: string;
  readonly title: string;
  take(context: MeasureContext): Promise<Omit<Finding, 'measure'>>;
}
