import type { StartCrm } from './crm-under-test.js';
import { describeFailures } from './failure-contract.js';
import { describePush } from './push-contract.js';
import { describeReading } from './reading-contract.js';
import { describeWriteBack } from './write-back-contract.js';

/**
 * What every connector promises, whatever CRM is behind it: the same claims run against each vendor's simulator. `start` makes
 * a fresh account with our fields provisioned.
 */
export function describeCrmContract(name: string, start: StartCrm): void {
  describe(`${name}: bringing a registration into the CRM`, () => describePush(start));
  describe(`${name}: reading deals`, () => describeReading(start));
  describe(`${name}: writing the rep's view`, () => describeWriteBack(start));
  describe(`${name}: when the CRM does not play along`, () => describeFailures(start));
}
