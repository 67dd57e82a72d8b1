import type { Reader } from '../platform/database.js';
import type { Flag, GateReport } from '../plans/findings.js';
import { gateReports, position, reportWithoutDeal, reportWithoutRegistration } from '../plans/position.js';
import { loadProgram } from '../program/program.store.js';
import { registrationFacts, type FactSources, type LoadFacts } from './load-facts.handler.js';

export interface WhyDependencies {
  readonly loadFacts: LoadFacts;
  readonly sources: Pick<FactSources, 'registrations' | 'partners'>;
}

/** Why there is, or is not, a commission: the gates as things stand now, and what a person should mend. */
export interface Why {
  readonly report: GateReport;
  readonly flags: readonly Flag[];
}

/** The gates of a registration, with or without a deal; null when there is no such registration. */
export async function whyForRegistration(
  { loadFacts, sources }: WhyDependencies,
  db: Reader,
  now: Date,
  registrationId: string,
): Promise<Why | null> {
  const [record] = await sources.registrations(db, [registrationId]);
  if (record === undefined) return null;
  const facts = await loadFacts(db, now, {
    dealIds: record.dealId === null ? [] : [record.dealId],
    registrationIds: record.dealId === null ? [record.id] : [],
    decisionIds: [],
  });
  const report = gateReports(facts).find((one) => one.registrationId === registrationId);
  if (report !== undefined) return { report, flags: position(facts).flags };
  const { settings } = await loadProgram(db);
  return { report: reportWithoutDeal(facts, registrationFacts(record, settings.timeZone)), flags: [] };
}

/**
 * The gates between a partner and a deal. Of several registrations, the one that got furthest speaks. Null when there is no such
 * deal, or no such partner.
 */
export async function whyForDeal(
  { loadFacts, sources }: WhyDependencies,
  db: Reader,
  now: Date,
  dealId: string,
  partnerId: string,
): Promise<Why | null> {
  const facts = await loadFacts(db, now, { dealIds: [dealId], registrationIds: [], decisionIds: [] });
  const [deal] = facts.deals;
  if (deal === undefined || (await sources.partners(db, [partnerId])).length === 0) return null;
  const own = gateReports(facts).filter((report) => report.partnerId === partnerId);
  const [report] = own.toSorted((a, b) => blockedCount(a) - blockedCount(b));
  const { flags } = position(facts);
  return { report: report ?? reportWithoutRegistration(deal, partnerId), flags };
}

function blockedCount({ gates }: GateReport): number {
  return gates.filter((gate) => gate.kind === 'blocked').length;
}
