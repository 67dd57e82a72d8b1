import type { Peculiarity, StartCrm } from './crm-under-test.js';
import { describeFailures } from './failure-contract.js';
import { describeLeads } from './leads-contract.js';
import { describeLists } from './lists-contract.js';
import { describePush } from './push-contract.js';
import { describeReading } from './reading-contract.js';
import { describeTies } from './ties-contract.js';
import { describeWriteBack } from './write-back-contract.js';

/**
 * What every connector promises, whatever CRM is behind it: the same claims run against each vendor's simulator. `start` makes
 * a fresh account with our fields provisioned. What a vendor does not have is not promised for it, and `lacks` says so.
 */
export function describeCrmContract(name: string, start: StartCrm, lacks: readonly Peculiarity[] = []): void {
  describe(`${name}: bringing a registration into the CRM`, () => describePush(start, lacks));
  describe(`${name}: reading deals`, () => describeReading(start, lacks));
  describe(`${name}: whom deals are about`, () => describeTies(start));
  describe(`${name}: writing the rep's view`, () => describeWriteBack(start, lacks));
  describe(`${name}: telling what it consists of`, () => describeLists(start, lacks));
  describe(`${name}: leads`, () => describeLeads(start, lacks));
  describe(`${name}: when the CRM does not play along`, () => describeFailures(start));
}
