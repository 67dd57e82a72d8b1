import { partnerTerms } from '../partners/partner-terms.store.js';
import type { Reader } from '../platform/database.js';
import { dayIn } from '../program/calendar.js';
import { loadProgram } from '../program/program.store.js';
import type { ApprovalStep } from '../program/review.api.js';
import type { RegistrationRow } from '../registration/registration.store.js';
import { traitsUnder } from '../registration/registration-traits.handler.js';
import { stepsFor } from './approval-chain.js';

/** The steps in which each of these registrations is approved, by the settings of now; none where one approval is enough. */
export async function approvalSteps(
  db: Reader,
  registrations: readonly RegistrationRow[],
  now: Date,
): Promise<ReadonlyMap<string, readonly ApprovalStep[]>> {
  const { approvalChain, timeZone } = (await loadProgram(db)).settings;
  if (approvalChain.length === 0) return new Map();
  const terms = await partnerTerms(db, [...new Set(registrations.map((one) => one.partner_id))]);
  const today = dayIn(now, timeZone);
  return new Map(
    registrations.map((one) => {
      const traits = traitsUnder(terms.get(one.partner_id) ?? [], one, today);
      return [one.id, stepsFor(approvalChain, { ...traits, amount: one.amount })];
    }),
  );
}
