/** The record types this connector touches, as HubSpot's paths name them. */
export type RecordType = 'contacts' | 'companies' | 'deals';

/**
 * Where HubSpot's APIs live: the one place that names their versions. `/v4` ends on 30 March 2027 and `/v3` in September 2027;
 * the dated form each has by then stands beside it. Dated paths from 2026-09 on enforce the account's required properties
 * (BEHAVIOR.md).
 */
const roots = {
  objects: '/crm/v3/objects', // /crm/objects/2026-09
  objectAssociations: '/crm/v4/objects', // /crm/objects/2026-09
  associations: '/crm/v4/associations', // /crm/associations/2026-09
  properties: '/crm/v3/properties', // /crm/properties/2026-09
  pipelines: '/crm/v3/pipelines', // /crm/pipelines/2026-09
  accountInfo: '/account-info/v3', // /account-info/2026-09
  oauth: '/oauth/2026-09',
} as const;

const part = encodeURIComponent;

/** Every path this connector calls. */
export const apiPaths = {
  token: `${roots.oauth}/token`,
  revocation: `${roots.oauth}/token/revoke`,
  accountDetails: `${roots.accountInfo}/details`,
  pipelines: `${roots.pipelines}/deals`,
  properties: (type: RecordType) => `${roots.properties}/${type}`,
  propertyGroups: (type: RecordType) => `${roots.properties}/${type}/groups`,
  records: (type: RecordType) => `${roots.objects}/${type}`,
  record: (type: RecordType, id: string) => `${roots.objects}/${type}/${part(id)}`,
  batch: (type: RecordType, act: 'read' | 'update' | 'upsert') => `${roots.objects}/${type}/batch/${act}`,
  search: (type: RecordType) => `${roots.objects}/${type}/search`,
  tie: (from: RecordReference, to: RecordReference) =>
    `${roots.objectAssociations}/${from.type}/${part(from.id)}/associations/default/${to.type}/${part(to.id)}`,
  ties: (from: RecordType, to: RecordType) => `${roots.associations}/${from}/${to}/batch/read`,
} as const;

export interface RecordReference {
  readonly type: RecordType;
  readonly id: string;
}

/** HubSpot's own association types have one number per direction; this is company → contact, unlabelled. */
export const companyToContact = { associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 280 } as const;

/** Most records HubSpot reads or writes in one batch, and most it reads when history is asked for. */
export const batchSize = 100;
export const batchSizeWithHistory = 50;

/** Most records whose ties one call reads. */
export const tiesBatchSize = 1_000;

/** Most records on one page of a search, and how far its paging reaches. */
export const searchPageSize = 200;
export const searchReach = 10_000;
