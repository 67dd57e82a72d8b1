import type { AssociationType, AssociationTypes } from './association-types.js';
import { isExclusive } from './association-types.js';
import type { ObjectType } from './object-type.js';

/** One end of a tie. */
export interface ObjectRef {
  readonly type: ObjectType;
  readonly id: string;
}

export interface Tie {
  readonly toId: string;
  readonly types: readonly AssociationType[];
}

/** Which records belong together. Every tie is kept from both sides. */
export interface AssociationBook {
  /** Adds types to a tie; the unlabelled type always comes along, a new primary takes the old one's place. */
  link(from: ObjectRef, to: ObjectRef, types: readonly AssociationType[]): void;
  /** Removes these types, or the whole tie. */
  unlink(from: ObjectRef, to: ObjectRef, typeIds?: readonly number[]): void;
  ties(from: ObjectRef, to: ObjectType): readonly Tie[];
  /** Gives everything tied to one record to another, as a merge does. */
  moveAll(from: ObjectRef, to: ObjectRef, types: readonly ObjectType[]): void;
}

const keyOf = ({ type, id }: ObjectRef, to: ObjectType): string => `${type.id}/${id}/${to.id}`;

export function createAssociationBook(known: AssociationTypes): AssociationBook {
  /** `from type/from id/to type` → to id → association type ids. */
  const ties = new Map<string, Map<string, Set<number>>>();

  const put = (from: ObjectRef, to: ObjectRef, typeId: number): void => {
    const key = keyOf(from, to.type);
    const byId = ties.get(key) ?? new Map<string, Set<number>>();
    ties.set(key, byId);
    const typeIds = byId.get(to.id) ?? new Set<number>();
    byId.set(to.id, typeIds.add(typeId));
  };
  const drop = (from: ObjectRef, to: ObjectRef, typeId: number): void => {
    const byId = ties.get(keyOf(from, to.type));
    const typeIds = byId?.get(to.id);
    typeIds?.delete(typeId);
    if (typeIds?.size === 0) byId?.delete(to.id);
  };
  const dropBoth = (from: ObjectRef, to: ObjectRef, type: AssociationType): void => {
    drop(from, to, type.typeId);
    drop(to, from, type.inverseId);
  };
  const read = (from: ObjectRef, to: ObjectType): Tie[] => {
    const defined = new Map(known.between(from.type, to).map((type) => [type.typeId, type]));
    return [...(ties.get(keyOf(from, to)) ?? [])].map(([toId, typeIds]) => ({
      toId,
      types: [...typeIds].flatMap((typeId) => defined.get(typeId) ?? []),
    }));
  };
  const giveUpPrimary = (owner: ObjectRef, type: AssociationType, to: ObjectType): void => {
    for (const tie of read(owner, to)) {
      if (tie.types.some((each) => each.typeId === type.typeId)) dropBoth(owner, { type: to, id: tie.toId }, type);
    }
  };
  const link = (from: ObjectRef, to: ObjectRef, types: readonly AssociationType[]): void => {
    for (const type of [known.unlabelled(from.type, to.type), ...types]) {
      const inverse = known.require(to.type, from.type, type.inverseId);
      if (isExclusive(type)) giveUpPrimary(from, type, to.type);
      if (isExclusive(inverse)) giveUpPrimary(to, inverse, from.type);
      put(from, to, type.typeId);
      put(to, from, type.inverseId);
    }
  };
  return {
    link,
    unlink(from, to, typeIds) {
      const tie = read(from, to.type).find((each) => each.toId === to.id);
      for (const type of tie?.types ?? []) {
        if (typeIds === undefined || typeIds.includes(type.typeId)) dropBoth(from, to, type);
      }
    },
    ties: read,
    moveAll(from, to, types) {
      for (const other of types) {
        for (const tie of read(from, other)) {
          const partner = { type: other, id: tie.toId };
          for (const type of tie.types) dropBoth(from, partner, type);
          if (!(other === to.type && partner.id === to.id)) link(to, partner, tie.types);
        }
      }
    },
  };
}
