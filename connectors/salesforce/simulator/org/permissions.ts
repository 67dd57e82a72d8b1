import type { Org } from './org.js';
import { OrgFault } from './org-fault.js';
import type { OrgRecord } from './record-store.js';

/**
 * What the org refuses of permission rows beyond the usual checks: a permission for a field that is not there, the same one
 * twice, and the same permission set for the same user twice.
 *
 * @throws OrgFault 400.
 */
export function checkPermissions(org: Org, { id, entity, values }: OrgRecord): void {
  if (entity === 'FieldPermissions') {
    const [object = '', name = ''] = String(values.Field).split('.');
    const field = org.schema.field(object, name);
    if (field === undefined || object !== values.SobjectType) {
      const message = `Field Name: bad value for restricted picklist field: ${String(values.Field)}`;
      throw new OrgFault(400, 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', message, ['Field']);
    }
    refuseTwice(org, id, entity, ['ParentId', 'Field'], values);
  }
  if (entity === 'PermissionSetAssignment') {
    refuseTwice(org, id, entity, ['PermissionSetId', 'AssigneeId'], values);
  }
}

function refuseTwice(
  org: Org,
  id: string,
  entity: string,
  [first, second]: readonly [string, string],
  values: OrgRecord['values'],
): void {
  const clash = org.records
    .byValue(entity, first, values[first] ?? null)
    .find((other) => other.id !== id && other.deletedBy === null && other.values[second] === values[second]);
  if (clash === undefined) return;
  const message = `duplicate value found: ${second} duplicates value on record with id: ${clash.id.slice(0, 15)}`;
  throw new OrgFault(400, 'DUPLICATE_VALUE', message);
}
