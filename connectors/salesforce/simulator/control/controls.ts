import type { OAuthWorld } from '../oauth/token-endpoint.js';
import type { ApiUsage } from '../wire/api-usage.js';
import type { CallLog } from '../../../simulator/call-log.js';
import type { FaultRules } from '../wire/fault-rules.js';
import type { QueryLocators } from '../wire/query-locators.js';
import type { Person } from './person.js';

/** Everything of the simulator that can be looked at, switched or acted upon. */
export interface Controls extends OAuthWorld {
  readonly person: Person;
  readonly faults: FaultRules;
  readonly calls: CallLog;
  readonly usage: ApiUsage;
  readonly locators: QueryLocators;
  /** Moves the org to another address. @returns it. */
  readonly moveInstance: () => Promise<string>;
}

/** What one control does with a body; what it returns is the answer's JSON. */
export type Control = (body: unknown) => unknown;
