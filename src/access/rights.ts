import type { Actor } from '../platform/actor.js';

/**
 * What may be kept from an operator, whether person or key. Reading is open to every operator.
 *
 * - `plans:apply`: store, approve and reject plans.
 * - `keys:manage`: make and revoke operator keys, with which the other rights could be come by.
 * - `people:manage`: invite operators, give them roles and end their access.
 * - `program:change`: change the program's settings, one of which says how many approve a plan.
 * - `connections:manage`: connect and disconnect the CRM, and have it set up and looked at again.
 * - `partners:manage`: partners, their terms, keys and people.
 * - `registrations:decide`: register for a partner, decide on registrations, share one between partners.
 * - `disputes:decide`: answer and settle what partners dispute.
 * - `contacts:erase`: erase a person everywhere, and read everything that is held about one.
 * - `links:decide`: say which deal is a registration's.
 * - `money:record`: what commission is computed from: payments, supplements, metrics, rates, corrections by hand.
 * - `payouts:record`: say that lines were paid.
 * - `problems:retry`: have work that was set aside tried again.
 */
export const rights = [
  'plans:apply',
  'keys:manage',
  'people:manage',
  'program:change',
  'connections:manage',
  'partners:manage',
  'registrations:decide',
  'disputes:decide',
  'contacts:erase',
  'links:decide',
  'money:record',
  'payouts:record',
  'problems:retry',
] as const;
export type Right = (typeof rights)[number];

/** Who may do what: the rights of each role an operator can have. A key has the rights it was made with. */
export const operatorRoles = {
  admin: rights,
  'rev-ops': [
    'plans:apply',
    'program:change',
    'connections:manage',
    'partners:manage',
    'registrations:decide',
    'disputes:decide',
    'contacts:erase',
    'links:decide',
    'money:record',
    'payouts:record',
    'problems:retry',
  ],
  'channel-manager': ['partners:manage', 'registrations:decide', 'disputes:decide', 'links:decide', 'problems:retry'],
  viewer: [],
} as const satisfies Readonly<Record<string, readonly Right[]>>;
export type OperatorRole = keyof typeof operatorRoles;

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
