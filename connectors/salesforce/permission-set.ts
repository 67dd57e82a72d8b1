import { z } from 'zod';
import { CrmRejected, type ProvisionReport } from '../contract.js';
import type { Call } from './org-access.js';
import { queryMany, queryRows } from './queries.js';
import { createRecord, createRecords, type NewRow, type RowResult } from './records.js';
import { idOf, textOf } from './row-values.js';
import { soql } from './soql.js';
import { wordsOf } from './vendor-words.js';

const operation = 'provision';
export const permissionSetName = 'Introducer';

const userShape = z.object({ user_id: z.string().min(1) });

/**
 * Gives our user the right to see and write these fields (`Lead: Introducer_Partner__c`), by a permission set that is named like us. A
 * field made over the API is hidden from everybody, its maker included, until somebody gives that right.
 * @throws CrmRejected or CrmUnauthorised when our user may not give rights
 */
export async function grantFields(call: Call, fields: readonly string[]): Promise<ProvisionReport> {
  const label = `permission set ${permissionSetName}`;
  const query = soql`SELECT Id FROM PermissionSet WHERE Name = ${permissionSetName} LIMIT 1`;
  const [known] = await queryRows(call, operation, { soql: query });
  const setId =
    known === undefined
      ? await createRecord(call, 'PermissionSet', {
          Name: permissionSetName,
          Label: permissionSetName,
          Description: 'Sees and writes the fields of Introducer.',
        })
      : idOf(known);
  const { user_id: userId } = await call({ operation, method: 'GET', path: '/services/oauth2/userinfo' }, userShape);
  const missing = await missingRights(call, { setId, userId, fields });
  for (const result of await createRecords(call, missing)) assertGiven(result);
  return known === undefined ? { created: [label], existing: [] } : { created: [], existing: [label] };
}

async function missingRights(
  call: Call,
  { setId, userId, fields }: { readonly setId: string; readonly userId: string; readonly fields: readonly string[] },
): Promise<readonly NewRow[]> {
  const [rights = [], assignments = []] = await queryMany(call, operation, [
    { soql: soql`SELECT Id, Field FROM FieldPermissions WHERE ParentId = ${setId}` },
    {
      soql: soql`SELECT Id FROM PermissionSetAssignment WHERE PermissionSetId = ${setId} AND AssigneeId = ${userId} LIMIT 1`,
    },
  ]);
  const given = new Set(rights.map((row) => textOf(row, 'Field')));
  const newRights = fields.flatMap((field) => {
    const [object = '', name = ''] = field.split(': ');
    const Field = `${object}.${name}`;
    if (given.has(Field)) return [];
    const right = { ParentId: setId, SobjectType: object, Field, PermissionsRead: true, PermissionsEdit: true };
    return [{ object: 'FieldPermissions', fields: right }];
  });
  const assignment = { object: 'PermissionSetAssignment', fields: { PermissionSetId: setId, AssigneeId: userId } };
  return assignments.length === 0 ? [...newRights, assignment] : newRights;
}

/** Another process was a moment faster, or the right comes with the user's profile. */
const givenAlready = ['DUPLICATE_VALUE', 'DUPLICATES_DETECTED'];

function assertGiven(result: RowResult): void {
  if (result.kind === 'written' || result.faults.some(({ code = '' }) => givenAlready.includes(code))) return;
  throw new CrmRejected({ operation, vendorMessage: wordsOf(result.faults), vendorCategory: result.faults[0]?.code });
}
