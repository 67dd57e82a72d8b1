import { compareAmounts, fitsTerms, type RegistrationTraits } from '../program/registration-terms.js';
import type { ProgramSettings } from '../program/program.api.js';

type Step = ProgramSettings['approvalChain'][number];

/** What the settings of a review look at. */
export interface ReviewedTraits extends RegistrationTraits {
  readonly amount: string | null;
}

/**
 * The steps in which a registration is approved. A step from an amount on is needed, too, where the amount is not known or in
 * another currency: nothing gets past it by saying nothing.
 */
export function stepsFor(chain: readonly Step[], traits: ReviewedTraits): readonly Step[] {
  return chain.filter((step) => {
    const compared = step.amountFrom === undefined ? 0 : compareAmounts(traits, step.amountFrom);
    return fitsTerms(step, traits) && (compared === null || compared >= 0);
  });
}

/** The steps that nobody took yet, in their order. */
export function stepsLeft<S extends { readonly name: string }>(
  steps: readonly S[],
  taken: readonly { readonly name: string }[],
): readonly S[] {
  return steps.filter(({ name }) => !taken.some((approval) => approval.name === name));
}

/** Whether one of the rules approves a registration by itself. A rule up to an amount asks for one in its currency. */
export function fitsRule(rules: ProgramSettings['approvalRules'], traits: ReviewedTraits): boolean {
  return rules.some((rule) => {
    const compared = rule.amountUpTo === undefined ? 0 : compareAmounts(traits, rule.amountUpTo);
    return fitsTerms(rule, traits) && compared !== null && compared <= 0;
  });
}
