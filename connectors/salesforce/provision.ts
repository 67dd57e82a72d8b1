import { z } from 'zod';
import { CrmFailure, CrmRejected, CrmUnauthorised, type ProvisionReport } from '../contract.js';
import type { ObjectName } from './ids.js';
import { ourPrefix, registrationIdField, wantedFields, type WantedField } from './our-fields.js';
import type { Call } from './org-access.js';
import { grantFields } from './permission-set.js';
import { rowShape } from './row-values.js';
import type { Schema } from './schema.js';

const operation = 'provision';

/** Without its key on these no registration can be made once and only once. */
const essential: readonly ObjectName[] = ['Opportunity', 'Lead'];

/**
 * Makes our fields where they are missing, over the Tooling API, and makes them visible to our user by a permission set. Looks before
 * it writes, so that running it again changes nothing.
 * @throws CrmRejected or CrmUnauthorised, in words that say what to do, when a field we cannot do without is not there in the end
 */
export async function provision(call: Call, schema: Schema): Promise<ProvisionReport> {
  schema.forget();
  const report = { created: [] as string[], existing: [] as string[] };
  const existing = await existingFields(call, schema);
  const refusals: CrmFailure[] = [];
  for (const { object, wanted } of everyField()) {
    const name = `${object}: ${wanted.name}`;
    if (existing.has(name)) {
      report.existing.push(name);
      continue;
    }
    const refusal = await makeField(call, object, wanted);
    if (refusal === null) report.created.push(name);
    else refusals.push(refusal);
  }
  const granted = await grantFields(call, [...report.created, ...report.existing]).catch((error: unknown) => {
    if (!isRefusal(error)) throw error;
    refusals.push(error);
    return { created: [], existing: [] };
  });
  schema.forget();
  await assertUsable(schema, refusals);
  return {
    created: [...report.created, ...granted.created],
    existing: [...report.existing, ...granted.existing],
  };
}

function everyField(): readonly { readonly object: ObjectName; readonly wanted: WantedField }[] {
  const objects = Object.keys(wantedFields) as ObjectName[];
  return objects.flatMap((object) => wantedFields[object].map((wanted) => ({ object, wanted })));
}

/** What a person has to mend; everything else is waited out. */
function isRefusal(error: unknown): error is CrmFailure {
  return error instanceof CrmFailure && !error.retryable;
}

const fieldRows = z.object({ records: z.array(rowShape) });

/**
 * Fields that are there, seen or not: a field that nobody was given rights on is missing from every description. They may have come
 * with the package, which our user may see although it may not look into the setup.
 */
export async function existingFields(call: Call, schema: Schema): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for (const { object, wanted } of everyField()) {
    if ((await schema.object(object))?.field(wanted.name) !== undefined) found.add(`${object}: ${wanted.name}`);
  }
  if (found.size === everyField().length) return found;
  const q = `SELECT Id, DeveloperName, TableEnumOrId FROM CustomField WHERE DeveloperName LIKE '${ourPrefix}%'`;
  try {
    const { records } = await call({ operation, method: 'GET', path: '/tooling/query', query: { q } }, fieldRows);
    for (const row of records) found.add(`${String(row['TableEnumOrId'])}: ${String(row['DeveloperName'])}__c`);
  } catch (error) {
    // Making them will say why, in more words.
    if (!isRefusal(error)) throw error;
  }
  return found;
}

/** Another process was a moment faster. */
const nameTaken = /DUPLICATE_DEVELOPER_NAME|already (a|exists)/i;

/** @returns why it could not be made, or `null` */
async function makeField(call: Call, object: ObjectName, wanted: WantedField): Promise<CrmFailure | null> {
  const body = { FullName: `${object}.${wanted.name}`, Metadata: wanted.metadata };
  const path = '/tooling/sobjects/CustomField';
  try {
    await call({ operation, method: 'POST', path, body }, z.unknown());
    return null;
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return nameTaken.test(error.vendorMessage) ? null : error;
  }
}

async function assertUsable(schema: Schema, refusals: readonly CrmFailure[]): Promise<void> {
  const faults: string[] = [];
  for (const object of essential) {
    const field = (await schema.object(object))?.field(registrationIdField);
    const name = `${object}.${registrationIdField}`;
    if (field === undefined) faults.push(`${name} is missing or hidden from our user`);
    else if (!field.externalId || !field.unique) faults.push(`${name} has to be a unique external id and is not`);
    else if (!field.updateable) faults.push(`${name} is read-only to our user`);
  }
  if (faults.length === 0) return;
  const [refusal] = refusals;
  const details = {
    operation,
    vendorMessage:
      `${faults.join('; ')}. ${refusal === undefined ? '' : `Salesforce says: ${refusal.vendorMessage}. `}Let an ` +
      'administrator install the Introducer package, or give our user "Customize Application" and "Manage Profiles and ' +
      'Permission Sets", then run "introducer provision" again',
    vendorCategory: refusal?.vendorCategory,
  };
  throw refusal instanceof CrmUnauthorised ? new CrmUnauthorised(details) : new CrmRejected(details);
}
