import type { SignedInActor } from '../platform/actor.js';

/** Whether what belongs to this partner may be shown. What may not is answered as if it did not exist. */
export function maySeePartner(actor: SignedInActor, partnerId: string): boolean {
  return actor.kind === 'operator' || actor.partnerId === partnerId;
}

/** Whose rows a list shows: of all partners, of one, or none because another partner's were asked for. */
export type PartnerScope =
  { readonly kind: 'all' } | { readonly kind: 'one'; readonly partnerId: string } | { readonly kind: 'none' };

/** @param asked the `partnerId` the caller filters by */
export function partnerScope(actor: SignedInActor, asked: string | undefined): PartnerScope {
  if (actor.kind === 'operator') return asked === undefined ? { kind: 'all' } : { kind: 'one', partnerId: asked };
  const isOwn = asked === undefined || asked === actor.partnerId;
  return isOwn ? { kind: 'one', partnerId: actor.partnerId } : { kind: 'none' };
}
