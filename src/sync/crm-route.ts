import type { ProgramSettings } from '../program/program.api.js';
import { fitsTerms, type RegistrationTraits } from '../program/registration-terms.js';

export type CrmRoute = ProgramSettings['crmRoutes'][number];

/**
 * The connection a registration goes to by the first rule that fits: a rule fits when each field it names has one of the values
 * it lists. @returns its id; null where no rule fits
 */
export function routeOf(routes: readonly CrmRoute[], traits: RegistrationTraits): string | null {
  return routes.find((route) => fitsTerms(route, traits))?.connection ?? null;
}
