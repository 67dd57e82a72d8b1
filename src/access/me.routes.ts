import type { SignedInActor } from '../platform/actor.js';
import type { Reader } from '../platform/database.js';
import { defineRoute, type Route } from '../platform/http/route.js';
import { meShape, type Me } from './me.api.js';

type OfTheProgram = Pick<Me, 'programName' | 'timeZone' | 'defaultCurrency' | 'reviewBusinessDays' | 'attestation'>;

export interface MeDependencies {
  readonly program: (db: Reader) => Promise<OfTheProgram>;
  readonly partnerName: (db: Reader, partnerId: string) => Promise<string>;
}

/** What the web application asks first. */
export function meRoutes(deps: MeDependencies): readonly Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/v1/me',
      access: 'any',
      kind: 'read',
      summary: 'Who is signed in, and in which program',
      tags: ['Access'],
      responses: { 200: meShape },
      handle: async ({ db, actor }) => ({
        status: 200,
        body: { ...(await whoActs(deps, db, actor)), ...(await deps.program(db)) },
      }),
    }),
  ];
}

async function whoActs(
  deps: MeDependencies,
  db: Reader,
  actor: SignedInActor,
): Promise<Pick<Me, 'kind' | 'name' | 'partner' | 'rights'>> {
  if (actor.kind === 'operator') {
    const rights = actor.rights === undefined ? null : [...actor.rights];
    return { kind: 'operator', name: actor.name, partner: null, rights };
  }
  const name = await deps.partnerName(db, actor.partnerId);
  return { kind: 'partner', name, partner: { id: actor.partnerId, name }, rights: null };
}
