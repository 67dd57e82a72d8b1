import type { SignedInActor } from '../platform/actor.js';
import type { Reader } from '../platform/database.js';
import { defineRoute, type Route } from '../platform/http/route.js';
import { meShape, waysInShape, type Me } from './me.api.js';

type OfTheProgram = Pick<
  Me,
  'programName' | 'timeZone' | 'defaultCurrency' | 'reviewBusinessDays' | 'approvalSteps' | 'attestation'
>;

export interface MeDependencies {
  readonly program: (db: Reader) => Promise<OfTheProgram>;
  readonly agreementAsked: (db: Reader, partnerId: string, now: Date) => Promise<boolean>;
  readonly partnerName: (db: Reader, partnerId: string) => Promise<string>;
  readonly identityProvider: boolean;
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
      handle: async ({ db, now, actor }) => ({
        status: 200,
        body: {
          ...(await whoActs(deps, db, actor)),
          agreementAsked: actor.kind === 'partner' && (await deps.agreementAsked(db, actor.partnerId, now)),
          ...(await deps.program(db)),
        },
      }),
    }),
    defineRoute({
      method: 'get',
      path: '/api/v1/ways-in',
      access: 'public',
      kind: 'read',
      summary: 'Which ways there are to sign in',
      tags: ['Access'],
      responses: { 200: waysInShape },
      handle: () => Promise.resolve({ status: 200 as const, body: { identityProvider: deps.identityProvider } }),
    }),
  ];
}

async function whoActs(
  deps: MeDependencies,
  db: Reader,
  actor: SignedInActor,
): Promise<Pick<Me, 'kind' | 'id' | 'name' | 'partner' | 'role' | 'rights'>> {
  if (actor.kind === 'operator') {
    const rights = actor.rights === undefined ? null : [...actor.rights];
    return { kind: 'operator', id: actor.id, name: actor.name, partner: null, role: actor.role ?? null, rights };
  }
  const name = await deps.partnerName(db, actor.partnerId);
  const { person } = actor;
  const partner = { id: actor.partnerId, name };
  return {
    kind: 'partner',
    id: person?.id ?? actor.partnerId,
    name: person?.name ?? name,
    partner,
    role: person?.role ?? null,
    rights: null,
  };
}
