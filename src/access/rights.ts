import type { Actor } from '../platform/actor.js';

/** What an operator key may be kept from. Everything else is open to every operator key. */
export const rights = ['plans:apply', 'keys:manage', 'program:change'] as const;
/**
 * `plans:apply`: store, approve and reject plans. `keys:manage`: make and revoke operator keys, with which the other rights could
 * be come by. `program:change`: change the program's settings, one of which says how many approve a plan.
 */
export type Right = (typeof rights)[number];

export function isRight(text: string): text is Right {
  return (rights as readonly string[]).includes(text);
}

/** The rights of whoever acts; null: all of them, which the service itself has too. */
function rightsOf(actor: Actor): readonly string[] | null {
  return actor.kind === 'operator' ? (actor.rights ?? null) : null;
}

export type Grant =
  /** Null: all rights. */
  | { readonly kind: 'granted'; readonly rights: readonly Right[] | null }
  | { readonly kind: 'refused'; readonly lacking: readonly Right[] };

/**
 * The rights of a key that somebody makes: those asked for, or all of the maker's own. Nobody gives what they lack, or the
 * limits of a key would end with the key it makes.
 */
export function grantOf(maker: Actor, asked: readonly Right[] | undefined): Grant {
  const own = rightsOf(maker);
  if (asked === undefined) return { kind: 'granted', rights: own === null ? null : own.filter(isRight) };
  const lacking = asked.filter((right) => own !== null && !own.includes(right));
  if (lacking.length > 0) return { kind: 'refused', lacking };
  return { kind: 'granted', rights: rights.filter((right) => asked.includes(right)) };
}
