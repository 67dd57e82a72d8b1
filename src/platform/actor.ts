/** Who works for the vendor: a person, or a program with an API key. */
export interface OperatorActor {
  readonly kind: 'operator';
  /** Id of the person or of the key that was used. */
  readonly id: string;
  readonly name: string;
  /** Of a person. */
  readonly role?: string;
  /** What it may do of that which not every operator may; left out: all of it. */
  readonly rights?: readonly string[];
}

/** A partner: it sees and does only what is its own. */
export interface PartnerActor {
  readonly kind: 'partner';
  readonly partnerId: string;
  /** Null when the partner came otherwise than by an API key: by its personal link, or as a person. */
  readonly keyId: string | null;
  /** Who acts for the partner, where it is a person that signed in. */
  readonly person?: { readonly id: string; readonly name: string; readonly role: 'owner' | 'member' };
}

/** The service itself, in the background. */
export interface SystemActor {
  readonly kind: 'system';
}

/** Who asks for something, or did it. */
export type Actor = OperatorActor | PartnerActor | SystemActor;

/** Who may stand behind an HTTP call that was signed in. */
export type SignedInActor = OperatorActor | PartnerActor;

/** What people call an actor. */
export function actorName(actor: Actor): string {
  switch (actor.kind) {
    case 'operator':
      return actor.name;
    case 'partner':
      return actor.partnerId;
    case 'system':
      return 'command line';
  }
}

/** One text per actor, stable over time: `operator:key_…`, `partner:par_…` or `system`. */
export function actorKey(actor: Actor): string {
  switch (actor.kind) {
    case 'operator':
      return `operator:${actor.id}`;
    case 'partner':
      return `partner:${actor.partnerId}`;
    case 'system':
      return 'system';
  }
}
