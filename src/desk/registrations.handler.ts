import type { Reader } from '../platform/database.js';
import { openProblemsAbout } from '../platform/problems.store.js';
import { loadProgram } from '../program/program.store.js';
import { pushRegistrationWork } from '../registration/decision.handler.js';
import { conflictsOf, contactsOf, type RegistrationRow } from '../registration/registration.store.js';
import { approvalSteps } from '../review/approval-steps.handler.js';
import { answerBy } from '../review/ageing.js';
import { approvalsOf, assignmentsOf } from '../registration/review.store.js';
import { findDeals, linksOfRegistrations } from '../sync/crm-link.store.js';
import { findDealStates } from '../watch/deal-state.store.js';
import type { RegistrationFile } from './registration-view.js';

/** Gathers what every stage knows of these registrations, one query a stage however many there are. */
export async function openFiles(
  db: Reader,
  registrations: readonly RegistrationRow[],
  now: Date,
): Promise<readonly RegistrationFile[]> {
  const ids = registrations.map((registration) => registration.id);
  const [contacts, conflicts, assignments, approvals, steps, links, problems] = await Promise.all([
    contactsOf(db, ids),
    conflictsOf(db, ids),
    assignmentsOf(db, ids),
    approvalsOf(db, ids),
    approvalSteps(db, registrations, now),
    linksOfRegistrations(db, ids),
    openProblemsAbout(db, pushRegistrationWork, ids),
  ]);
  const { settings } = await loadProgram(db);
  const dealIds = links.flatMap((link) => link.deal_id ?? []);
  const [deals, states] = await Promise.all([findDeals(db, dealIds), findDealStates(db, dealIds)]);
  return registrations.map((registration) => {
    const link = links.find((one) => one.registration_id === registration.id);
    const dealId = link?.deal_id ?? '';
    return {
      registration,
      decideBy: registration.awaits_since && answerBy(registration.awaits_since, settings),
      assignment: assignments.get(registration.id),
      approvals: approvals.filter((one) => one.registration_id === registration.id),
      steps: steps.get(registration.id) ?? [],
      contact: contacts.find((one) => one.registration_id === registration.id),
      conflicts: conflicts.filter((one) => one.registration_id === registration.id),
      link,
      deal: deals.find((one) => one.id === dealId),
      known: states.get(dealId),
      problem: problems.find((one) => one.workKey === registration.id),
    };
  });
}
