import type { Account } from '../account/account.js';
import { validationError } from '../account/api-fault.js';
import type { AssociationType } from '../account/association-types.js';
import type { ObjectType } from '../account/object-type.js';
import { objectTypes } from '../account/object-type.js';
import type { NewTie } from '../account/write-record.js';
import type { AssociationSpec } from './request-body.js';

interface AssociationInput {
  readonly to: { readonly id: string };
  readonly types: readonly AssociationSpec[];
}

/** A create body does not say what kind of record `to` is: the association type does. */
function target(
  account: Account,
  from: ObjectType,
  { associationTypeId }: AssociationSpec,
): { to: ObjectType; type: AssociationType } {
  for (const to of objectTypes) {
    const type = account.associationTypes.between(from, to).find((each) => each.typeId === associationTypeId);
    if (type !== undefined) return { to, type };
  }
  throw validationError(`Association type ${associationTypeId} is not valid from ${from.singular}.`);
}

/**
 * Reads the associations of a create body.
 * @throws ApiFault 400 for an unknown type or a record that is not there (HubSpot's wording is not established).
 */
export function newTies(account: Account, from: ObjectType, inputs: readonly AssociationInput[]): readonly NewTie[] {
  return inputs.map(({ to: { id }, types }) => {
    const targets = types.map((spec) => target(account, from, spec));
    const to = targets[0]?.to;
    if (to === undefined || targets.some((each) => each.to !== to)) {
      throw validationError(`The association types for record ${id} do not lead to one kind of object.`);
    }
    const record = account.records.find(to, id);
    if (record === undefined || record.archivedAt !== null) {
      throw validationError(`The ${to.singular} ${id} to associate with does not exist.`, { context: { id: [id] } });
    }
    return { to: { type: to, id }, types: targets.map((each) => each.type) };
  });
}
