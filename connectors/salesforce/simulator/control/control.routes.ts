import { z } from 'zod';
import { applySettings } from '../settings.js';
import type { WireReply } from '../wire/reply.js';
import { controlReply } from './control-reply.js';
import type { Control, Controls } from './controls.js';
import { recordControls } from './record-controls.js';

/** One control call: `path` is what follows `/_sim`. `null` when there is no such control. */
export type ControlServer = (method: string, path: string, body: unknown) => Promise<WireReply | null>;

const oauthAct = z.discriminatedUnion('act', [
  z.strictObject({ act: z.enum(['expire-sessions', 'revoke-all']) }),
  z.strictObject({ act: z.literal('revoke-refresh-token'), token: z.string() }),
  z.strictObject({ act: z.literal('rotate-secret'), secret: z.string().min(1) }),
  z.strictObject({
    act: z.literal('issue-code'),
    redirectUri: z.string(),
    challenge: z.string().nullable().default(null),
  }),
  z.strictObject({ act: z.literal('sign-in'), user: z.enum(['admin', 'rep', 'integration']).default('integration') }),
]);

function actOnOAuth({ sessions, grants, app, people }: Controls, body: unknown): unknown {
  const act = oauthAct.parse(body);
  switch (act.act) {
    case 'expire-sessions':
      sessions.expireAll();
      return {};
    case 'revoke-all':
      sessions.expireAll();
      grants.revokeAll();
      return {};
    case 'revoke-refresh-token':
      return { revoked: grants.revoke(act.token) };
    case 'rotate-secret':
      app.secret = act.secret;
      return {};
    case 'issue-code': {
      const { redirectUri, challenge } = act;
      return { code: grants.issueCode({ userId: people.integration, redirectUri, challenge }) };
    }
    case 'sign-in': {
      const userId = people[act.user];
      return { accessToken: sessions.open(userId), refreshToken: grants.newRefreshToken(userId) };
    }
  }
}

/** Every switch of the simulator. What reads takes GET, what changes takes POST with JSON. */
function switches(controls: Controls): Readonly<Record<string, Control>> {
  const { org, faults, calls, usage, locators } = controls;
  return {
    'GET /settings': () => org.settings,
    'POST /settings': (body) => {
      applySettings(org.settings, body);
      return org.settings;
    },
    'GET /calls': () => ({ calls: calls.counts(), used: usage.used() }),
    'POST /calls/reset': () => {
      calls.reset();
      return {};
    },
    'POST /usage': (body) => {
      const { add, reset } = z
        .strictObject({ add: z.number().int().default(0), reset: z.boolean().default(false) })
        .parse(body);
      if (reset) usage.reset();
      usage.add(add);
      return { used: usage.used() };
    },
    'GET /faults': () => faults.list(),
    'POST /faults': (body) => ({ id: faults.add(body) }),
    'POST /faults/clear': (body) => {
      const { id } = z.strictObject({ id: z.string().optional() }).parse(body ?? {});
      if (id === undefined) faults.clear();
      else faults.remove(id);
      return faults.list();
    },
    'POST /oauth': (body) => actOnOAuth(controls, body),
    'POST /locators/expire': () => {
      locators.expireAll();
      return {};
    },
    'POST /instance/move': async () => ({ instanceUrl: await controls.moveInstance() }),
  };
}

/** The control endpoints, under `/_sim/`: everything a test in another process may want to switch or do. */
export function createControlServer(controls: Controls): ControlServer {
  const fixed = { ...switches(controls), ...recordControls(controls) };
  return async (method, path, body) => {
    const control = fixed[`${method} ${path}`] ?? null;
    return control === null ? null : controlReply(() => control(body));
  };
}
