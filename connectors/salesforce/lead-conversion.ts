import 'jsforce/lib/api/metadata.js';
import { z } from 'zod';
import { CrmFailure, CrmUnavailable } from '../contract.js';
import { CallTimedOut } from './errors.js';
import type { OrgAccess } from './org-access.js';

/** One element comes as itself, none as nothing: XML has no lists. */
const many = <T extends z.ZodType>(one: T) => z.preprocess(listed, z.array(one));

function listed(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? (value as unknown[]) : [value];
}

const settingsShape = z.object({
  objectMapping: many(
    z.object({
      inputObject: z.string().nullish(),
      outputObject: z.string().nullish(),
      mappingFields: many(z.object({ inputField: z.string().nullish(), outputField: z.string().nullish() })),
    }),
  ),
});

/**
 * Which fields of Leads the organisation copies onto the opportunity at conversion, by their names on the Lead; `null` when it does
 * not say. The Metadata API alone tells, to users with a right that nothing else of ours needs.
 * @throws the failures of signing in and of the daily limit, and CrmUnavailable when no answer comes
 */
export async function readConversionMapping({ connect }: OrgAccess): Promise<readonly string[] | null> {
  const connection = await connect();
  let answer: unknown;
  try {
    answer = await connection.metadata.read('LeadConvertSettings', 'LeadConvert');
  } catch (error) {
    if (error instanceof CrmFailure) throw error;
    if (error instanceof CallTimedOut) {
      throw new CrmUnavailable({
        operation: 'read the conversion mapping',
        vendorMessage: error.message,
        cause: error,
      });
    }
    // The library throws errors of its own for what Salesforce refuses, a JWT-shaped session among it.
    return null;
  }
  const settings = settingsShape.safeParse(answer);
  if (!settings.success) return null;
  return settings.data.objectMapping
    .filter(({ outputObject }) => outputObject === 'Opportunity')
    .flatMap(({ mappingFields }) => mappingFields.flatMap(({ inputField }) => inputField ?? []));
}
