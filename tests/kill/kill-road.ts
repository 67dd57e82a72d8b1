import type { RunningClock } from '../support/running-clock.js';
import type { KillPoint } from './kill-points.js';
import type { PatientClient } from './patient-client.js';

/** How long a road may take, a kill and a new start included. */
export const withinMs = 120_000;

/** A simulated CRM with a way through it from the form to the credited commission, at whose every step a process can be killed. */
export interface KillRoad {
  readonly name: string;
  readonly points: readonly KillPoint[];
  /** Where every walk ends, whatever was killed on its way. */
  readonly end: Readonly<Record<string, unknown>>;
  open(options: { readonly url: string; readonly clock: RunningClock }): Promise<OpenRoad>;
}

export interface OpenRoad {
  /** Where the CRM is, as settings of the service. */
  readonly environment: Readonly<Record<string, string>>;
  /** Has `kill` called as the CRM is about to carry a write out, or just has; the answer is lost. @returns takes it back */
  strikeAt(point: Extract<KillPoint, { kind: 'crm' }>, kill: () => Promise<void>): () => void;
  walk(walker: Walker): Promise<Readonly<Record<string, unknown>>>;
  close(): Promise<void>;
}

export interface Walker {
  readonly operator: PatientClient;
  readonly partnerId: string;
  readonly point: KillPoint;
  /** Says that the road has come to one of its sections: from the point's own on, the kill is due. */
  reached(section: string): Promise<void>;
}

/** What is read of a prospect that only one walk knows. */
export interface WalkedProspect {
  readonly company: { readonly name: string; readonly domain: string };
  readonly contact: { readonly firstName: string; readonly lastName: string; readonly email: string };
}

let prospects = 0;

export function newProspect(): WalkedProspect {
  prospects += 1;
  const domain = `killed-${prospects}.com`;
  return {
    company: { name: `Killed ${prospects}`, domain },
    contact: { firstName: 'Ida', lastName: 'Brandt', email: `ida@${domain}` },
  };
}

/** Registers a prospect and approves it. @returns the registration's id */
export async function introduce(
  { operator, partnerId }: Pick<Walker, 'operator' | 'partnerId'>,
  prospect: WalkedProspect,
  currency: string,
): Promise<string> {
  const { id } = await operator.post<{ id: string }>('/api/v1/registrations', {
    partnerId,
    ...prospect,
    deal: { amount: '12000.00', currency },
    attestation: true,
  });
  await operator.post(`/api/v1/registrations/${id}/approve`, {});
  return id;
}

/** The lines of a registration, as `commission 1200.00 EUR`, and what a person would be told of. */
export async function bookAndProblems(
  operator: PatientClient,
  registrationId: string,
): Promise<{ readonly book: readonly string[]; readonly problems: readonly unknown[] }> {
  const { items } = await operator.get<{
    items: readonly { readonly kind: string; readonly amount: string; readonly currency: string }[];
  }>(`/api/v1/commissions?registrationId=${registrationId}`);
  return {
    book: items.map((line) => `${line.kind} ${line.amount} ${line.currency}`),
    problems: (await operator.get<{ items: readonly unknown[] }>('/api/v1/problems')).items,
  };
}
