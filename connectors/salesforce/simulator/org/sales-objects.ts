import type { FieldDefinition } from './field.js';
import { derived, field, lookup } from './field.js';
import type { ObjectDefinition } from './object-definition.js';
import { businessObject, setupObject } from './object-definition.js';

const leadSources = ['Web', 'Phone Inquiry', 'Partner Referral', 'Purchased List', 'Other'];
const industries = ['Agriculture', 'Banking', 'Consulting', 'Energy', 'Manufacturing', 'Technology', 'Transportation'];
const currencyCode = field('CurrencyIsoCode', 'picklist', { feature: 'multiCurrency', restricted: true });
const recordType = lookup('RecordTypeId', 'RecordType');
const master = (entity: string): FieldDefinition => lookup('MasterRecordId', entity, { createable: false });
const personName = [
  field('FirstName', 'string', { length: 40 }),
  field('LastName', 'string', { length: 80, required: true }),
  field('Salutation', 'picklist', { values: ['Mr.', 'Ms.', 'Mrs.', 'Dr.', 'Prof.'] }),
  derived('Name', 'string', { length: 121 }),
];

function address(prefix: string): readonly FieldDefinition[] {
  return [
    field(`${prefix}Street`, 'textarea', { length: 255, filterable: true }),
    field(`${prefix}City`, 'string', { length: 40 }),
    field(`${prefix}State`, 'string', { length: 80 }),
    field(`${prefix}PostalCode`, 'string', { length: 20 }),
    field(`${prefix}Country`, 'string', { length: 80 }),
  ];
}

const lead = businessObject('Lead', '00Q', [
  master('Lead'),
  ...personName,
  field('Company', 'string', { required: true }),
  field('Title', 'string', { length: 128 }),
  ...address(''),
  field('Phone', 'phone'),
  field('MobilePhone', 'phone'),
  field('Email', 'email'),
  field('Website', 'url'),
  field('Description', 'textarea'),
  field('LeadSource', 'picklist', { values: leadSources }),
  field('Status', 'picklist', { restricted: true }),
  field('Industry', 'picklist', { values: industries }),
  field('Rating', 'picklist', { values: ['Hot', 'Warm', 'Cold'] }),
  field('AnnualRevenue', 'currency'),
  field('NumberOfEmployees', 'int'),
  lookup('OwnerId', ['User', 'Group']),
  recordType,
  currencyCode,
  derived('IsConverted', 'boolean'),
  derived('ConvertedDate', 'date'),
  lookup('ConvertedAccountId', 'Account', { createable: false }),
  lookup('ConvertedContactId', 'Contact', { createable: false }),
  lookup('ConvertedOpportunityId', 'Opportunity', { createable: false }),
]);

const account = businessObject('Account', '001', [
  master('Account'),
  field('Name', 'string', { required: true }),
  field('Type', 'picklist', { values: ['Prospect', 'Customer - Direct', 'Customer - Channel', 'Partner'] }),
  lookup('ParentId', 'Account', { children: 'ChildAccounts' }),
  ...address('Billing'),
  ...address('Shipping'),
  field('Phone', 'phone'),
  field('Website', 'url'),
  field('Industry', 'picklist', { values: industries }),
  field('AnnualRevenue', 'currency'),
  field('NumberOfEmployees', 'int'),
  field('Description', 'textarea'),
  field('AccountSource', 'picklist', { values: leadSources }),
  lookup('OwnerId', 'User'),
  recordType,
  currencyCode,
  derived('IsPersonAccount', 'boolean', { feature: 'personAccounts' }),
  field('FirstName', 'string', { length: 40, feature: 'personAccounts' }),
  field('LastName', 'string', { length: 80, feature: 'personAccounts' }),
  field('PersonEmail', 'email', { feature: 'personAccounts' }),
  lookup('PersonContactId', 'Contact', { createable: false, feature: 'personAccounts' }),
]);

const contact = businessObject('Contact', '003', [
  master('Contact'),
  lookup('AccountId', 'Account', { children: 'Contacts', onParentDelete: 'cascade' }),
  ...personName,
  field('Title', 'string', { length: 128 }),
  ...address('Mailing'),
  field('Phone', 'phone'),
  field('MobilePhone', 'phone'),
  field('Email', 'email'),
  field('Description', 'textarea'),
  field('LeadSource', 'picklist', { values: leadSources }),
  lookup('OwnerId', 'User'),
  recordType,
  currencyCode,
]);

const opportunity = businessObject('Opportunity', '006', [
  lookup('AccountId', 'Account', { children: 'Opportunities', onParentDelete: 'cascade' }),
  // Only on create: the primary contact role is made from it.
  lookup('ContactId', 'Contact', { updateable: false }),
  field('Name', 'string', { length: 120, required: true }),
  field('Description', 'textarea'),
  field('StageName', 'picklist', { restricted: true, required: true }),
  field('CloseDate', 'date', { required: true }),
  field('Amount', 'currency'),
  field('Probability', 'percent'),
  derived('ExpectedRevenue', 'currency'),
  field('Type', 'picklist', { values: ['New Customer', 'Existing Customer - Upgrade'] }),
  field('LeadSource', 'picklist', { values: leadSources }),
  field('NextStep', 'string'),
  derived('IsClosed', 'boolean'),
  derived('IsWon', 'boolean'),
  derived('ForecastCategory', 'picklist'),
  derived('ForecastCategoryName', 'picklist'),
  derived('HasOpportunityLineItem', 'boolean'),
  derived('LastStageChangeDate', 'datetime'),
  lookup('OwnerId', 'User'),
  recordType,
  currencyCode,
]);

const ofOpportunity = (children: string): FieldDefinition =>
  lookup('OpportunityId', 'Opportunity', { required: true, updateable: false, children, onParentDelete: 'cascade' });

const lineItem = businessObject('OpportunityLineItem', '00k', [
  ofOpportunity('OpportunityLineItems'),
  field('PricebookEntryId', 'string', { length: 18 }),
  field('Product2Id', 'string', { length: 18 }),
  field('ProductCode', 'string'),
  field('Name', 'string', { length: 376 }),
  field('Quantity', 'double', { required: true }),
  field('UnitPrice', 'currency'),
  field('Discount', 'percent'),
  field('TotalPrice', 'currency'),
  field('ServiceDate', 'date'),
  field('Description', 'string'),
  currencyCode,
]);

const contactRole = businessObject('OpportunityContactRole', '00K', [
  ofOpportunity('OpportunityContactRoles'),
  lookup('ContactId', 'Contact', { required: true, onParentDelete: 'cascade' }),
  field('Role', 'picklist', { values: ['Business User', 'Decision Maker', 'Evaluator', 'Other'] }),
  field('IsPrimary', 'boolean'),
]);

const history = setupObject('OpportunityHistory', '008', [
  ofOpportunity('OpportunityHistories'),
  derived('StageName', 'picklist'),
  derived('Amount', 'currency'),
  derived('ExpectedRevenue', 'currency'),
  derived('CloseDate', 'date'),
  derived('Probability', 'percent'),
  derived('ForecastCategory', 'picklist'),
  currencyCode,
]);

const fieldHistory = setupObject('OpportunityFieldHistory', '017', [
  ofOpportunity('Histories'),
  derived('Field', 'picklist'),
  // Old and new values come in the type of their field and cannot be filtered on.
  derived('OldValue', 'string', { filterable: false }),
  derived('NewValue', 'string', { filterable: false }),
]);

export const salesObjects: readonly ObjectDefinition[] = [
  lead,
  account,
  contact,
  opportunity,
  lineItem,
  contactRole,
  history,
  fieldHistory,
];
