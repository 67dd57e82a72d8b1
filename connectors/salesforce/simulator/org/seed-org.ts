import type { FieldValue } from './field.js';
import type { Org } from './org.js';

/** Ids of those who are there from the start. */
export interface People {
  readonly admin: string;
  readonly rep: string;
  /** Whom the app works as. */
  readonly integration: string;
  /** A queue that leads may belong to. */
  readonly queue: string;
  /** The permission set behind everybody's profile. */
  readonly profile: string;
}

type Row = Readonly<Record<string, FieldValue>>;

const stages: readonly (readonly [name: string, probability: number, forecast: string])[] = [
  ['Prospecting', 10, 'Pipeline'],
  ['Qualification', 10, 'Pipeline'],
  ['Needs Analysis', 20, 'Pipeline'],
  ['Value Proposition', 50, 'Pipeline'],
  ['Id. Decision Makers', 60, 'Pipeline'],
  ['Perception Analysis', 70, 'Best Case'],
  ['Proposal/Price Quote', 75, 'Best Case'],
  ['Negotiation/Review', 90, 'Commit'],
  ['Closed Won', 100, 'Closed'],
  ['Closed Lost', 0, 'Omitted'],
];

const statuses: readonly (readonly [name: string, isConverted: boolean])[] = [
  ['Open - Not Contacted', false],
  ['Working - Contacted', false],
  ['Closed - Converted', true],
  ['Closed - Not Converted', false],
];

const users = [
  ['Ada', 'Admin'],
  ['Rosa', 'Rep'],
  ['Introducer', 'Integration'],
] as const;

const currencies: readonly (readonly [code: string, rate: number, places: number])[] = [
  ['USD', 1, 2],
  ['EUR', 0.9, 2],
  ['GBP', 0.8, 2],
  ['CHF', 0.87, 2],
  ['JPY', 150, 0],
  ['KWD', 0.31, 3],
];

/** Objects whose changes are told: four of the five places an org has. */
const capturedEntities = ['Lead', 'Opportunity', 'Account', 'Contact'] as const;

function stageRow([name, probability, forecast]: (typeof stages)[number], index: number): Row {
  return {
    ApiName: name,
    MasterLabel: name,
    IsActive: true,
    IsClosed: name.startsWith('Closed'),
    IsWon: name === 'Closed Won',
    DefaultProbability: probability,
    ForecastCategory: forecast.replace(' ', ''),
    ForecastCategoryName: forecast,
    SortOrder: index + 1,
  };
}

function userRow([FirstName, LastName]: (typeof users)[number], currency: string): Row {
  const name = `${FirstName}.${LastName}`.toLowerCase();
  return {
    FirstName,
    LastName,
    Name: `${FirstName} ${LastName}`,
    Username: `${name}@introducer.example`,
    Email: `${name}@introducer.example`,
    IsActive: true,
    UserType: 'Standard',
    DefaultCurrencyIsoCode: currency,
  };
}

/** Puts in place what every org has: users, a queue, stages, statuses, currencies, and the permission set of the profile. */
export function seedOrg(org: Org, name: string): People {
  const { corporateCurrency } = org.settings;
  const tx = org.begin({ userId: '', client: null, origin: 'ui' });
  const at = new Date(Math.floor(tx.at / 1000) * 1000).toISOString().replace('Z', '+0000');
  const prefixes = new Map(org.schema.objects().map((object) => [object.name, object.keyPrefix]));
  const put = (entity: string, values: Row, id = org.newId(prefixes.get(entity) ?? entityPrefix(entity))): string => {
    const system = { Id: id, IsDeleted: false, CreatedDate: at, LastModifiedDate: at, SystemModstamp: at };
    tx.put({ id, entity, deletedBy: null, values: { ...values, ...system } });
    return id;
  };
  const organization = { Name: name, OrganizationType: 'Developer Edition', IsSandbox: false, InstanceName: 'SIM1' };
  put('Organization', { ...organization, TimeZoneSidKey: 'UTC', DefaultCurrencyIsoCode: corporateCurrency }, org.id);
  for (const [index, stage] of stages.entries()) put('OpportunityStage', stageRow(stage, index));
  for (const [index, [status, IsConverted]] of statuses.entries()) {
    put('LeadStatus', {
      ApiName: status,
      MasterLabel: status,
      IsConverted,
      IsDefault: index === 0,
      SortOrder: index + 1,
    });
  }
  for (const [IsoCode, ConversionRate, DecimalPlaces] of currencies) {
    const rate = { IsoCode, ConversionRate };
    put('CurrencyType', { ...rate, DecimalPlaces, IsActive: true, IsCorporate: IsoCode === corporateCurrency });
    put('DatedConversionRate', { ...rate, StartDate: '2020-01-01', NextStartDate: '9999-12-31' });
  }
  for (const entity of capturedEntities) {
    const SelectedEntity = `${entity}ChangeEvent`;
    const DeveloperName = `ChangeEvents_${SelectedEntity}`;
    put('PlatformEventChannelMember', { DeveloperName, EventChannel: 'ChangeEvents', SelectedEntity });
  }
  const profile = put('PermissionSet', { Name: 'X00ex00000018ozh', Label: 'Profile', IsOwnedByProfile: true });
  const [admin = '', rep = '', integration = ''] = users.map((user) => {
    const id = put('User', userRow(user, corporateCurrency));
    put('PermissionSetAssignment', { PermissionSetId: profile, AssigneeId: id });
    return id;
  });
  const queue = put('Group', { Name: 'Inbound Leads', DeveloperName: 'Inbound_Leads', Type: 'Queue' });
  tx.commit();
  return { admin, rep, integration, queue, profile };
}

/** Objects of features that are switched off have no place in the schema yet, but their rows are there. */
function entityPrefix(entity: string): string {
  return entity === 'CurrencyType' ? '01L' : '04w';
}
