import { blocked, flagKinds, type Evidence, type FlagKind, type Gate } from './gate.js';
import type { Day } from '../program/calendar.js';
import type { Refuse } from './draft-line.js';

/** The gates between one registration and the commission for one deal, in order. */
export interface GateReport {
  /** Null where the registration is not linked to a deal yet. */
  readonly dealId: string | null;
  /** Null where the partner asked about has no registration for the deal. */
  readonly registrationId: string | null;
  readonly partnerId: string;
  readonly gates: readonly Gate[];
  /** Whether some part of the plan earns something: a blocked gate then holds up another part. */
  readonly isEarning: boolean;
}

/** Something a person should mend, after which the line comes by itself. */
export interface Flag {
  readonly dealId: string;
  readonly kind: FlagKind;
  /** Which base it is about, where a plan may have several; otherwise empty. */
  readonly about: string;
  readonly evidence: Evidence;
}

/** What an evaluation notes down beside the lines it makes. */
export interface Findings {
  /** Whether somebody asked for the gates: they are not worth making otherwise. */
  readonly keepsReports: boolean;
  /** Takes the gates of one registration. */
  report(report: GateReport): void;
  raise(dealId: string, kind: FlagKind, evidence: Evidence): void;
  /** Notes that more follows for a deal on a day to come although nothing happens. */
  comeBack(dealId: string, on: Day): void;
  /** Notes why a line is not made: as a gate of its registration, and as a flag where a person can mend it. */
  readonly refuse: Refuse;
  reports(): readonly GateReport[];
  flags(): readonly Flag[];
  /** The first day on which to look at a deal again. */
  again(): ReadonlyMap<string, Day>;
}

/** @param keep whether gates are kept: among many deals nobody asks for them, and they are most of what is found */
export function collectFindings(keep: 'gates-and-flags' | 'flags'): Findings {
  const reports = new Map<string, GateReport>();
  const flags = new Map<string, Flag>();
  const again = new Map<string, Day>();
  const raise: Findings['raise'] = (dealId, kind, evidence) => {
    const about = evidence['base'] ?? evidence['metric'] ?? '';
    flags.set(`${dealId}|${kind}|${about}`, { dealId, kind, about, evidence });
  };
  const comeBack: Findings['comeBack'] = (dealId, on) => {
    const known = again.get(dealId);
    if (known === undefined || on < known) again.set(dealId, on);
  };
  return {
    raise,
    comeBack,
    again: () => again,
    keepsReports: keep === 'gates-and-flags',
    report: (report) => {
      reports.set(`${String(report.registrationId)}|${String(report.dealId)}`, report);
    },
    refuse: ({ occasion: { deal, registration } }, gate, reason, evidence) => {
      if (deal === null) return;
      const key = `${registration.id}|${deal.id}`;
      const report = reports.get(key);
      const isNoted = report?.gates.some((known) => known.kind === 'blocked' && known.reason === reason) ?? true;
      if (report !== undefined && !isNoted) {
        reports.set(key, { ...report, gates: [...report.gates, blocked(gate, reason, evidence)] });
      }
      const kind = flagKinds.find((flag) => flag === reason);
      if (kind !== undefined) raise(deal.id, kind, evidence);
    },
    reports: () => [...reports.values()],
    flags: () => [...flags.values()],
  };
}
