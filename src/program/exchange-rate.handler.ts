import { recordAudit } from '../audit/audit.store.js';
import type { Actor } from '../platform/actor.js';
import type { UnitOfWork } from '../platform/unit-of-work.js';
import { firstDayOf, periodOf, type Day } from './calendar.js';
import { saveRates } from './exchange-rate.store.js';
import type { SheetText } from './rate-sheet-text.js';

export interface StoreRatesDependencies {
  /** Has every deal won on or after a day looked at again, in this unit of work. */
  readonly recreditSince: (uow: UnitOfWork, day: Day) => Promise<void>;
}

export type StoreRates = (uow: UnitOfWork, actor: Actor, sheets: readonly SheetText[]) => Promise<Day | null>;

/**
 * Stores sheets of rates, and has the deals they bear on credited again. Sent again they change nothing.
 * @returns the earliest day on which a rate is new or another one; null when all of them were known
 */
export function createStoreRates({ recreditSince }: StoreRatesDependencies): StoreRates {
  return async (uow, actor, sheets) => {
    const changedFrom = await saveRates(uow.trx, sheets);
    if (changedFrom === null) return null;
    await recordAudit(uow, {
      actor,
      action: 'program.exchange-rates',
      subject: { type: 'exchange-rates', id: changedFrom },
      details: { sheets: sheets.length, changedFrom },
    });
    // A plan may go by the last day of the month.
    await recreditSince(uow, firstDayOf(periodOf(changedFrom)));
    return changedFrom;
  };
}
