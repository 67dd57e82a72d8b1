import { isDeepStrictEqual } from 'node:util';
import type { ProgramChange, ProgramSettings } from './program.api.js';

/** What holds until somebody sets it (design section 3). */
export const defaultProgram: ProgramSettings = {
  publicName: 'Partner program',
  timeZone: 'UTC',
  protectionDays: 90,
  reviewBusinessDays: 2,
  workingWeekdays: ['mon', 'tue', 'wed', 'thu', 'fri'],
  holidays: [],
  reviewLadder: [
    { workingDays: 0, tell: 'assignee' },
    { workingDays: 1, tell: 'channel-manager' },
    { workingDays: 3, tell: 'rev-ops' },
  ],
  approvalRules: [],
  approvalChain: [],
  creditWhen: 'approved',
  wonDate: 'stage-history',
  defaultCurrency: null,
  knownCurrencies: null,
  fieldMap: {},
  newDealStages: {},
  newRecords: {},
  crmRoutes: [],
  planApproval: 'one',
  applications: 'open',
  embedOrigins: [],
  registrationNeedsAgreement: false,
  disputeBusinessDays: 5,
  retention: {
    rejectedRegistrationsDays: null,
    expiredRegistrationsDays: null,
    applicationsDays: null,
    mailsDays: 365,
  },
  missingCommissionDays: 90,
  changesAfterWin: { amount: 'accept', closeDate: 'accept', registrationId: 'restore', partner: 'restore' },
  attestation:
    'I introduced this prospect to your company, and I have told the contact that I pass on their details for this purpose.',
  formFields: [],
};

/** The settings at one moment. `revision` 0 and no `updatedAt`: nobody has set anything yet. */
export interface Program {
  readonly revision: number;
  readonly updatedAt: Date | null;
  readonly settings: ProgramSettings;
}

/** The settings after a change; what the change leaves out stays as it was. */
export function changedSettings(current: ProgramSettings, change: ProgramChange): ProgramSettings {
  return { ...current, ...namedIn(change) };
}

/** Whether a change names no setting, as who wants everything looked at again sends. */
export function namesNothing(change: ProgramChange): boolean {
  return Object.keys(namedIn(change)).length === 0;
}

function namedIn(change: ProgramChange) {
  const { revision: _revision, updatedAt: _updatedAt, ...named } = change;
  return withoutUndefined(named);
}

function withoutUndefined<T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as { [K in keyof T]: Exclude<T[K], undefined> };
}

/** Names of the settings in which the two differ; in which order the names within a setting stand is no difference. */
export function changedNames(before: ProgramSettings, after: ProgramSettings): readonly (keyof ProgramSettings)[] {
  const names = Object.keys(after) as (keyof ProgramSettings)[];
  return names.filter((name) => !isDeepStrictEqual(asStored(before[name]), asStored(after[name])));
}

function asStored(value: ProgramSettings[keyof ProgramSettings]): unknown {
  return JSON.parse(JSON.stringify(value));
}

/** What is asked of partners, and what new records say: nothing that a deal is read or credited by. */
const apartFromDeals: readonly (keyof ProgramSettings)[] = [
  'publicName',
  'attestation',
  'formFields',
  'embedOrigins',
  'newRecords',
  'newDealStages',
];

/** Whether deals are to be looked at again because these settings changed. */
export function bearsOnDeals(changed: readonly (keyof ProgramSettings)[]): boolean {
  return changed.some((name) => !apartFromDeals.includes(name));
}

/** A default currency that is not among the known ones would flag every deal it is meant for. */
export function isDefaultCurrencyKnown(settings: ProgramSettings): boolean {
  const { defaultCurrency, knownCurrencies } = settings;
  return defaultCurrency === null || knownCurrencies === null || knownCurrencies.includes(defaultCurrency);
}
