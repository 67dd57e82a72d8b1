import type { Facts } from '../plans/facts.js';
import { sentenceOfGate } from '../plans/gate.js';
import { gateReports } from '../plans/position.js';
import type { Circumstances } from './explanation.js';

/** Looks the gates up at most once, and only when a line has to say why nothing is due any more. */
export function createWhyNot(facts: Facts): Circumstances['whyNot'] {
  let reports: ReturnType<typeof gateReports> | undefined;
  return (dealId, registrationId) => {
    if (dealId === null) return [];
    reports ??= gateReports(facts);
    const report = reports.find((one) => one.dealId === dealId && one.registrationId === registrationId);
    const blocked = report?.gates.filter((gate) => gate.kind === 'blocked' && gate.gate !== 'hold-over') ?? [];
    return blocked.map(sentenceOfGate);
  };
}
