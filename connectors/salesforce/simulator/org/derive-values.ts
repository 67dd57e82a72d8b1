import { stamp } from '../stamp.js';
import type { FieldValue } from './field.js';
import type { Values } from './incoming-values.js';
import type { Org } from './org.js';
import { stageNamed } from './picklists.js';
import type { OrgRecord } from './record-store.js';

interface Save {
  readonly before: OrgRecord | null;
  /** What the caller wrote. */
  readonly written: Values;
  /** The record as it would be saved. */
  readonly values: Values;
  /** Epoch milliseconds. */
  readonly at: number;
}

function fullName(values: Values): string {
  return [values.FirstName, values.LastName].filter((part) => typeof part === 'string').join(' ');
}

/** Whether won, closed, forecast and probability follow from the stage; a probability that was written stays. */
function deriveOpportunity(org: Org, { before, written, values, at }: Save): Values {
  const stage = stageNamed(org, values.StageName)?.values ?? {};
  const isMoved = before?.values.StageName !== values.StageName;
  const probability =
    isMoved && written.Probability === undefined ? (stage.DefaultProbability ?? null) : (values.Probability ?? null);
  const amount = typeof values.Amount === 'number' ? values.Amount : null;
  const expected = amount === null || typeof probability !== 'number' ? null : Math.round(amount * probability) / 100;
  return {
    Probability: probability,
    ExpectedRevenue: expected,
    IsClosed: stage.IsClosed ?? false,
    IsWon: stage.IsWon ?? false,
    ForecastCategory: stage.ForecastCategory ?? null,
    ForecastCategoryName: stage.ForecastCategoryName ?? null,
    ...(isMoved && before !== null ? { LastStageChangeDate: stamp(at) } : {}),
  };
}

/** Price times quantity, less the discount, unless the total itself was written. */
function deriveLineItem({ written, values }: Save): Values {
  const { Quantity: quantity, UnitPrice: price, Discount: discount } = values;
  const isPriced = ['Quantity', 'UnitPrice', 'Discount'].some((name) => written[name] !== undefined);
  if (typeof quantity !== 'number' || quantity === 0) return {};
  if (written.UnitPrice === undefined && typeof written.TotalPrice === 'number') {
    return { UnitPrice: written.TotalPrice / quantity };
  }
  if (!isPriced || typeof price !== 'number') return {};
  const share = typeof discount === 'number' ? discount : 0;
  return { TotalPrice: Math.round(quantity * price * (100 - share)) / 100 };
}

function deriveAccount(org: Org, { values }: Save): Values {
  const isPerson = org.settings.personAccounts && typeof values.LastName === 'string';
  return isPerson ? { IsPersonAccount: true, Name: fullName(values) } : { IsPersonAccount: false };
}

/** What the org fills in by itself. */
export function deriveValues(org: Org, entity: string, save: Save): Record<string, FieldValue> {
  switch (entity) {
    case 'Opportunity':
      return deriveOpportunity(org, save);
    case 'OpportunityLineItem':
      return deriveLineItem(save);
    case 'Account':
      return deriveAccount(org, save);
    case 'Lead':
    case 'Contact':
      return { Name: fullName(save.values) };
    default:
      return {};
  }
}
