import { multiplyDecimals } from './decimal.js';
import type { Stage } from './pipeline-catalogue.js';
import { outcomeOf } from './pipeline-catalogue.js';
import type { PropertyChanges } from './record.js';

export interface DealFacts {
  readonly values: Readonly<Record<string, string>>;
  readonly stage: Stage | undefined;
  /** Currency code → its rate into the company currency, as a decimal string. */
  readonly currencies: Readonly<Record<string, string>>;
  readonly homeCurrency: string;
}

/** What HubSpot works out of a deal's stage, amount and currency. `null` where there is nothing to work from. */
export function derivedValues({ values, stage, currencies, homeCurrency }: DealFacts): PropertyChanges {
  const outcome = stage === undefined ? 'open' : outcomeOf(stage);
  const amount = values.amount ?? null;
  const rate = currencies[values.deal_currency_code ?? homeCurrency] ?? '1.0';
  const inHome = amount === null ? null : multiplyDecimals(amount, rate);
  const closed = (worth: string | null): string | null => (outcome === 'won' ? worth : '0');
  return {
    hs_is_closed: String(outcome !== 'open'),
    hs_is_closed_won: String(outcome === 'won'),
    hs_is_closed_lost: String(outcome === 'lost'),
    hs_deal_stage_probability: stage?.probability ?? null,
    hs_exchange_rate: rate,
    amount_in_home_currency: inHome,
    hs_projected_amount: amount === null || stage === undefined ? null : multiplyDecimals(amount, stage.probability),
    hs_closed_amount: closed(amount),
    hs_closed_amount_in_home_currency: closed(inHome),
  };
}

/** The timing properties of a move between stages. A stage entered again shows the latest time only. */
export function stageTiming(from: string | undefined, to: string | undefined, at: number): PropertyChanges {
  const when = new Date(at).toISOString();
  return {
    ...(from === undefined ? {} : { [`hs_v2_date_exited_${from}`]: when }),
    ...(to === undefined ? {} : { [`hs_v2_date_entered_${to}`]: when }),
  };
}

/**
 * The close date HubSpot sets by itself when a person moves a deal between open, won and lost (not between two won
 * stages). What happens on a move through the API is not established; the caller decides whether to ask.
 */
export function automaticCloseDate(from: Stage | undefined, to: Stage | undefined, at: number): PropertyChanges {
  const before = from === undefined ? 'open' : outcomeOf(from);
  const after = to === undefined ? 'open' : outcomeOf(to);
  return before === after ? {} : { closedate: new Date(at).toISOString() };
}
