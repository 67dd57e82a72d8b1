import { validationError } from './api-fault.js';
import type { ObjectType } from './object-type.js';

export type AssociationCategory = 'HUBSPOT_DEFINED' | 'USER_DEFINED' | 'INTEGRATOR_DEFINED';

/** One kind of tie in one direction. `inverseId` is the same tie seen from the other side. */
export interface AssociationType {
  readonly fromType: string;
  readonly toType: string;
  readonly typeId: number;
  readonly inverseId: number;
  readonly category: AssociationCategory;
  readonly role: 'unlabelled' | 'primary' | 'label';
  readonly label: string | null;
  /** How v3 reads name it, e.g. `deal_to_company`. */
  readonly name: string;
}

type Row = readonly [from: string, to: string, typeId: number, inverseId: number, role: 'unlabelled' | 'primary'];

/** HubSpot's own types between the object types the simulator has; from the table in the facts sheet, section 9. */
const rows: readonly Row[] = [
  ['contact', 'company', 279, 280, 'unlabelled'],
  ['contact', 'company', 1, 2, 'primary'],
  ['deal', 'company', 341, 342, 'unlabelled'],
  ['deal', 'company', 5, 6, 'primary'],
  ['deal', 'contact', 3, 4, 'unlabelled'],
  ['deal', 'line_item', 19, 20, 'unlabelled'],
  ['deal', 'deal', 451, 451, 'unlabelled'],
  ['contact', 'contact', 449, 449, 'unlabelled'],
  ['company', 'company', 450, 450, 'unlabelled'],
];

const pairsWithPrimary = new Set(rows.filter((row) => row[4] === 'primary').flatMap((row) => [row[2], row[3]]));

function bothDirections([from, to, typeId, inverseId, role]: Row): AssociationType[] {
  const hasPrimary = rows.some((row) => row[0] === from && row[1] === to && row[4] === 'primary');
  const suffix = hasPrimary && role === 'unlabelled' ? '_unlabeled' : '';
  const label = role === 'primary' ? 'Primary' : null;
  const forth = { fromType: from, toType: to, typeId, inverseId, name: `${from}_to_${to}${suffix}` };
  const back = { fromType: to, toType: from, typeId: inverseId, inverseId: typeId, name: `${to}_to_${from}${suffix}` };
  const both = from === to ? [forth] : [forth, back];
  return both.map((each) => ({ ...each, category: 'HUBSPOT_DEFINED' as const, role, label }));
}

export interface LabelDraft {
  readonly name: string;
  readonly label: string;
  readonly inverseLabel?: string | undefined;
}

/** The association types of the account: HubSpot's own and the labels people add. */
export interface AssociationTypes {
  between(from: ObjectType, to: ObjectType): readonly AssociationType[];
  /** @throws ApiFault 400 when there is no such type between the two. */
  require(from: ObjectType, to: ObjectType, typeId: number): AssociationType;
  /** @throws ApiFault 400 when the two kinds of object cannot be tied. */
  unlabelled(from: ObjectType, to: ObjectType): AssociationType;
  addLabel(from: ObjectType, to: ObjectType, draft: LabelDraft): readonly AssociationType[];
  relabel(from: ObjectType, to: ObjectType, typeId: number, label: string): void;
  removeLabel(from: ObjectType, to: ObjectType, typeId: number): void;
}

/** Deals and contacts have one primary company each; seen from the company the same tie is not exclusive. */
export function isExclusive(type: AssociationType): boolean {
  return type.role === 'primary' && pairsWithPrimary.has(type.typeId) && type.fromType !== 'company';
}

export function createAssociationTypes(): AssociationTypes {
  let types = rows.flatMap(bothDirections);
  let lastId = 10_000;
  const nextId = (): number => (lastId += 1);
  const is = (from: ObjectType, to: ObjectType) => (each: AssociationType) =>
    each.fromType === from.singular && each.toType === to.singular;
  const between = (from: ObjectType, to: ObjectType): AssociationType[] => types.filter(is(from, to));
  const found = (
    from: ObjectType,
    to: ObjectType,
    test: (type: AssociationType) => boolean,
    what: string,
  ): AssociationType => {
    const type = between(from, to).find(test);
    if (type === undefined) throw validationError(`${what} is not valid between ${from.singular} and ${to.singular}.`);
    return type;
  };
  const requireType = (from: ObjectType, to: ObjectType, typeId: number): AssociationType =>
    found(from, to, (each) => each.typeId === typeId, `Association type ${typeId}`);

  return {
    between,
    require: requireType,
    unlabelled: (from, to) => found(from, to, (each) => each.role === 'unlabelled', 'A default association'),
    addLabel(from, to, { name, label, inverseLabel }) {
      if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) throw validationError(`Label name "${name}" is invalid.`);
      const [forthId, backId] = [nextId(), nextId()];
      const shared = { category: 'USER_DEFINED', role: 'label', name } as const;
      const added: readonly AssociationType[] = [
        { ...shared, fromType: from.singular, toType: to.singular, typeId: forthId, inverseId: backId, label },
        {
          ...shared,
          fromType: to.singular,
          toType: from.singular,
          typeId: backId,
          inverseId: forthId,
          label: inverseLabel ?? label,
        },
      ];
      types = [...types, ...added];
      return added;
    },
    relabel(from, to, typeId, label) {
      const old = requireType(from, to, typeId);
      types = types.map((each) => (each === old ? { ...each, label } : each));
    },
    removeLabel(from, to, typeId) {
      const old = requireType(from, to, typeId);
      types = types.filter((each) => each.typeId !== typeId && each.typeId !== old.inverseId);
    },
  };
}
