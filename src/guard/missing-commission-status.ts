/** `obsolete`: the deal is no longer won, or a registration that stands has it. */
export const missingStatuses = ['open', 'linked', 'dismissed', 'obsolete'] as const;
export type MissingStatus = (typeof missingStatuses)[number];
