import { derived, field, lookup } from './field.js';
import type { ObjectDefinition } from './object-definition.js';
import { setupObject } from './object-definition.js';

const byApi = { createable: true, updateable: true, deletable: true };

const stage = setupObject('OpportunityStage', '01J', [
  derived('ApiName', 'string'),
  derived('MasterLabel', 'string'),
  derived('IsActive', 'boolean'),
  derived('IsClosed', 'boolean'),
  derived('IsWon', 'boolean'),
  derived('DefaultProbability', 'percent'),
  derived('ForecastCategory', 'picklist'),
  derived('ForecastCategoryName', 'picklist'),
  derived('SortOrder', 'int'),
]);

const leadStatus = setupObject('LeadStatus', '01J', [
  derived('ApiName', 'string'),
  derived('MasterLabel', 'string'),
  derived('IsConverted', 'boolean'),
  derived('IsDefault', 'boolean'),
  derived('SortOrder', 'int'),
]);

const user = setupObject('User', '005', [
  derived('Username', 'string'),
  derived('Name', 'string'),
  derived('FirstName', 'string'),
  derived('LastName', 'string'),
  derived('Email', 'email'),
  derived('IsActive', 'boolean'),
  derived('UserType', 'picklist'),
  derived('DefaultCurrencyIsoCode', 'picklist', { feature: 'multiCurrency' }),
]);

const group = setupObject('Group', '00G', [
  derived('Name', 'string'),
  derived('DeveloperName', 'string'),
  derived('Type', 'picklist'),
]);

const recordType = setupObject('RecordType', '012', [
  derived('Name', 'string'),
  derived('DeveloperName', 'string'),
  derived('SobjectType', 'picklist'),
  derived('IsActive', 'boolean'),
  derived('IsPersonType', 'boolean', { feature: 'personAccounts' }),
]);

const organization = setupObject('Organization', '00D', [
  derived('Name', 'string'),
  derived('OrganizationType', 'picklist'),
  derived('IsSandbox', 'boolean'),
  derived('InstanceName', 'string'),
  derived('TimeZoneSidKey', 'picklist'),
  derived('DefaultCurrencyIsoCode', 'picklist', { feature: 'multiCurrency' }),
]);

const currencyType = setupObject(
  'CurrencyType',
  '01L',
  [
    derived('IsoCode', 'picklist'),
    derived('ConversionRate', 'double'),
    derived('DecimalPlaces', 'int'),
    derived('IsActive', 'boolean'),
    derived('IsCorporate', 'boolean'),
  ],
  { feature: 'multiCurrency' },
);

const datedRate = setupObject(
  'DatedConversionRate',
  '04w',
  [
    derived('IsoCode', 'picklist'),
    derived('ConversionRate', 'double'),
    derived('StartDate', 'date'),
    derived('NextStartDate', 'date'),
  ],
  { feature: 'datedRates' },
);

const permissionSet = setupObject(
  'PermissionSet',
  '0PS',
  [
    field('Name', 'string', { length: 80, required: true, unique: true }),
    field('Label', 'string', { length: 80, required: true }),
    field('Description', 'string'),
    derived('IsOwnedByProfile', 'boolean'),
  ],
  byApi,
);

const fieldPermissions = setupObject(
  'FieldPermissions',
  '01k',
  [
    lookup('ParentId', 'PermissionSet', {
      required: true,
      updateable: false,
      children: 'FieldPerms',
      onParentDelete: 'cascade',
    }),
    field('SobjectType', 'picklist', { required: true, updateable: false }),
    field('Field', 'picklist', { required: true, updateable: false }),
    field('PermissionsRead', 'boolean'),
    field('PermissionsEdit', 'boolean'),
  ],
  byApi,
);

const assignment = setupObject(
  'PermissionSetAssignment',
  '0Pa',
  [
    lookup('PermissionSetId', 'PermissionSet', {
      required: true,
      updateable: false,
      children: 'Assignments',
      onParentDelete: 'cascade',
    }),
    lookup('AssigneeId', 'User', { required: true, updateable: false }),
  ],
  { ...byApi, updateable: false },
);

const customField = setupObject(
  'CustomField',
  '00N',
  [derived('DeveloperName', 'string'), derived('TableEnumOrId', 'picklist'), derived('FullName', 'string')],
  { tooling: true },
);

const channelMember = setupObject(
  'PlatformEventChannelMember',
  '0v8',
  [derived('DeveloperName', 'string'), derived('EventChannel', 'string'), derived('SelectedEntity', 'string')],
  { tooling: true },
);

export const setupObjects: readonly ObjectDefinition[] = [
  stage,
  leadStatus,
  user,
  group,
  recordType,
  organization,
  currencyType,
  datedRate,
  permissionSet,
  fieldPermissions,
  assignment,
  customField,
  channelMember,
];
