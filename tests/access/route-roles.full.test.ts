import { operatorRoles, type OperatorRole, type Right } from '../../src/access/rights.js';
import type { Route } from '../../src/platform/http/route.js';
import { exampleBodies } from '../flows/example-bodies.js';
import { partnerProgram } from '../support/partner-program.js';
import { startRunningService, type RunningService } from '../support/running-service.js';
import { newSession, type PersonRole } from '../support/sign-in-as.js';

type Caller = PersonRole | 'nobody';

/** Who may make a call that changes something, beside a key with every right. Written out, so that a change of it is seen. */
const writers: Readonly<Record<string, readonly Caller[]>> = {
  'POST /api/v1/api-keys': ['admin'],
  'DELETE /api/v1/api-keys/{keyId}': ['admin'],
  'PUT /api/v1/me/mail': ['admin', 'rev-ops', 'channel-manager', 'viewer', 'partner-owner', 'partner-member'],
  'PUT /api/v1/program': ['admin', 'rev-ops'],
  'POST /api/v1/connections/{id}/sign-ins': ['admin', 'rev-ops'],
  'POST /api/v1/connections/callback': ['admin', 'rev-ops'],
  'POST /api/v1/connections/{id}/disconnect': ['admin', 'rev-ops'],
  'POST /api/v1/connections/{id}/provision': ['admin', 'rev-ops'],
  'POST /api/v1/connections/{id}/examine': ['admin', 'rev-ops'],
  'PUT /api/v1/exchange-rates': ['admin', 'rev-ops'],
  'POST /api/v1/metrics': ['admin', 'rev-ops'],
  'POST /api/v1/payments': ['admin', 'rev-ops'],
  'PUT /api/v1/deals/{id}/supplement': ['admin', 'rev-ops'],
  'POST /api/v1/decisions': ['admin', 'rev-ops'],
  'POST /api/v1/payouts/external': ['admin', 'rev-ops'],
  'PUT /api/v1/plans/{slug}': ['admin', 'rev-ops'],
  'POST /api/v1/plans/{slug}/proposals/{id}/approve': ['admin', 'rev-ops'],
  'POST /api/v1/plans/{slug}/proposals/{id}/reject': ['admin', 'rev-ops'],
  'POST /api/v1/erasures': ['admin', 'rev-ops'],
  'POST /api/v1/person-exports': ['admin', 'rev-ops'],
  'POST /api/v1/disputes': ['partner-owner', 'partner-member'],
  'POST /api/v1/disputes/{id}/withdraw': ['partner-owner', 'partner-member'],
  'POST /api/v1/disputes/{id}/messages': ['admin', 'rev-ops', 'channel-manager', 'partner-owner', 'partner-member'],
  'POST /api/v1/disputes/{id}/settle': ['admin', 'rev-ops', 'channel-manager'],
  'POST /api/v1/agreements': ['admin', 'rev-ops'],
  'POST /api/v1/agreements/accept': ['partner-owner'],
  'POST /api/v1/applications': [
    'admin',
    'rev-ops',
    'channel-manager',
    'viewer',
    'partner-owner',
    'partner-member',
    'nobody',
  ],
  'POST /api/v1/applications/{id}/accept': ['admin', 'rev-ops', 'channel-manager'],
  'POST /api/v1/applications/{id}/reject': ['admin', 'rev-ops', 'channel-manager'],
  'POST /api/v1/partners': ['admin', 'rev-ops', 'channel-manager'],
  'PATCH /api/v1/partners/{id}': ['admin', 'rev-ops', 'channel-manager'],
  'POST /api/v1/partners/{id}/api-keys': ['admin', 'rev-ops', 'channel-manager'],
  'DELETE /api/v1/partners/{id}/api-keys/{keyId}': ['admin', 'rev-ops', 'channel-manager'],
  'POST /api/v1/partners/{id}/people': ['admin', 'rev-ops', 'channel-manager', 'partner-owner'],
  'DELETE /api/v1/partners/{id}/people/{personId}': ['admin', 'rev-ops', 'channel-manager', 'partner-owner'],
  'PUT /api/v1/registrations/{id}/shares': ['admin', 'rev-ops', 'channel-manager'],
  'POST /api/v1/registrations': ['admin', 'rev-ops', 'channel-manager', 'partner-owner', 'partner-member'],
  'POST /api/v1/registrations/{id}/approve': ['admin', 'rev-ops', 'channel-manager'],
  'POST /api/v1/registrations/{id}/reject': ['admin', 'rev-ops', 'channel-manager'],
  'POST /api/v1/registrations/{id}/return': ['admin', 'rev-ops', 'channel-manager'],
  'POST /api/v1/registrations/{id}/assign': ['admin', 'rev-ops', 'channel-manager'],
  'POST /api/v1/registrations/{id}/resubmit': [
    'admin',
    'rev-ops',
    'channel-manager',
    'partner-owner',
    'partner-member',
  ],
  'POST /api/v1/registrations/{id}/withdraw': [
    'admin',
    'rev-ops',
    'channel-manager',
    'partner-owner',
    'partner-member',
  ],
  'POST /api/v1/registrations/{id}/extend': ['admin', 'rev-ops', 'channel-manager', 'partner-owner', 'partner-member'],
  'POST /api/v1/registrations/{id}/link-moves': ['admin', 'rev-ops', 'channel-manager'],
  'POST /api/v1/registrations/{id}/unlink': ['admin', 'rev-ops', 'channel-manager'],
  'POST /api/v1/changes-after-win/{id}/accept': ['admin', 'rev-ops', 'channel-manager'],
  'POST /api/v1/changes-after-win/{id}/restore': ['admin', 'rev-ops', 'channel-manager'],
  'POST /api/v1/missing-commissions/{id}/link': ['admin', 'rev-ops', 'channel-manager'],
  'POST /api/v1/missing-commissions/{id}/dismiss': ['admin', 'rev-ops', 'channel-manager'],
  'POST /api/v1/link-proposals/{id}/accept': ['admin', 'rev-ops', 'channel-manager'],
  'POST /api/v1/link-proposals/{id}/reject': ['admin', 'rev-ops', 'channel-manager'],
  'POST /api/v1/problems/{id}/retry': ['admin', 'rev-ops', 'channel-manager'],
  'POST /api/v1/connections/{id}/read-choices': ['admin', 'rev-ops'],
  'POST /api/v1/people': ['admin'],
  'PATCH /api/v1/people/{id}': ['admin'],
  'DELETE /api/v1/people/{id}': ['admin'],
  'POST /api/v1/invitations/{token}/accept': [
    'admin',
    'rev-ops',
    'channel-manager',
    'viewer',
    'partner-owner',
    'partner-member',
    'nobody',
  ],
};

/** Who may make a call that only reads and needs a right all the same; the admin alone unless it stands here. */
const readers: Readonly<Record<string, readonly Caller[]>> = {
  'GET /api/v1/connections/{id}/fields': ['admin', 'rev-ops'],
  'GET /api/v1/connections/{id}/stages': ['admin', 'rev-ops'],
};

const operatorNames = Object.keys(operatorRoles) as OperatorRole[];
const callers: readonly Caller[] = [...operatorNames, 'partner-owner', 'partner-member', 'nobody'];

describe('who may make which call', () => {
  let service: RunningService;
  let routes: readonly Route[];
  let partnerId: string;
  const sessions = new Map<Caller, string>();

  beforeAll(async () => {
    service = await startRunningService();
    ({ routes } = service.internals.composition);
    const partner = await partnerProgram(service).addPartner();
    partnerId = partner.id;
    for (const caller of callers)
      if (caller !== 'nobody') sessions.set(caller, await newSession(service, caller, partnerId));
  });
  afterAll(() => service.close());

  const statusOf = async (caller: Caller, route: Route): Promise<number> => {
    const name = `${route.method.toUpperCase()} ${route.path}`;
    const path = route.path.replace('/partners/{id}', `/partners/${partnerId}`).replaceAll(/\{\w+\}/g, 'unknown');
    const cookie = sessions.get(caller);
    const body = exampleBodies[name];
    const response = await fetch(`${service.url}${path}`, {
      method: route.method.toUpperCase(),
      headers: {
        ...(cookie === undefined ? {} : { cookie }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    await response.arrayBuffer();
    return response.status;
  };

  it('every call that changes something says who may make it', () => {
    const named = routes
      .filter(({ kind }) => kind !== 'read')
      .map(({ method, path }) => `${method.toUpperCase()} ${path}`);
    expect(named.toSorted()).toEqual(Object.keys(writers).toSorted());
  });

  it('every call of operators that changes something needs a right, which some role has', () => {
    const given = new Set<string>(Object.values(operatorRoles).flatMap((rights: readonly Right[]) => rights));
    const open = routes.filter(
      ({ kind, access, right }) => kind !== 'read' && access !== 'public' && !given.has(right ?? ''),
    );
    // What somebody says about their own mail is nobody else's affair.
    expect(open.map(({ path }) => path)).toEqual(['/api/v1/me/mail']);
  });

  it.each(callers)('%s is refused what the role may not, and nothing else', async (caller) => {
    const wrong: string[] = [];
    for (const route of routes) {
      const name = `${route.method.toUpperCase()} ${route.path}`;
      const isPartner = caller.startsWith('partner');
      const may =
        route.kind !== 'read'
          ? writers[name]?.includes(caller) === true
          : route.access === 'public' ||
            (caller !== 'nobody' &&
              (route.access === 'any' || (route.access === 'partner') === isPartner) &&
              (route.right === undefined || (readers[name] ?? ['admin']).includes(caller)));
      const status = await statusOf(caller, route);
      // Who tries without end is told to wait.
      const refused = [401, 403, ...(caller === 'nobody' ? [429] : [])].includes(status);
      if (refused === may) wrong.push(`${name}: ${String(status)}`);
    }
    expect(wrong).toEqual([]);
  });
});
