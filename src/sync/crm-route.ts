import type { ProgramSettings } from '../program/program.api.js';

export type CrmRoute = ProgramSettings['crmRoutes'][number];

/** What a rule may look at. `null`: not known, which no rule that names the field fits. */
export interface RoutedFacts {
  readonly partnerType: string | null;
  readonly partnerTier: string | null;
  readonly country: string | null;
  readonly product: string | null;
  readonly currency: string | null;
}

/**
 * The connection a registration goes to by the first rule that fits: a rule fits when each field it names has one of the values
 * it lists, however they are spelt. @returns its id; null where no rule fits
 */
export function routeOf(routes: readonly CrmRoute[], facts: RoutedFacts): string | null {
  return routes.find((route) => fits(route, facts))?.connection ?? null;
}

function fits(route: CrmRoute, facts: RoutedFacts): boolean {
  return (
    isOneOf(route.partnerTypes, facts.partnerType) &&
    isOneOf(route.partnerTiers, facts.partnerTier) &&
    isOneOf(route.countries, facts.country) &&
    isOneOf(route.products, facts.product) &&
    isOneOf(route.currencies, facts.currency)
  );
}

function isOneOf(listed: readonly string[] | undefined, value: string | null): boolean {
  if (listed === undefined) return true;
  return value !== null && listed.some((one) => spelling(one) === spelling(value));
}

function spelling(text: string): string {
  return text.normalize('NFKC').trim().replaceAll(/\s+/gu, ' ').toLowerCase();
}
