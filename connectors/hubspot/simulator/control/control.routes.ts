import { z } from 'zod';
import { ApiFault } from '../account/api-fault.js';
import type { WireReply } from '../wire/error-reply.js';
import { faultReply } from '../wire/error-reply.js';
import { applySettings } from '../settings.js';
import type { Controls } from './controls.js';
import { createRecordControls } from './record-controls.js';

/** One control call: `path` is what follows `/_sim`. `null` when there is no such control. */
export type ControlServer = (method: string, path: string, body: unknown) => Promise<WireReply | null>;

const oauthAct = z.discriminatedUnion('act', [
  z.strictObject({ act: z.enum(['expire-access-tokens', 'uninstall']) }),
  z.strictObject({ act: z.enum(['revoke-refresh-token', 'revoke-static-token']), token: z.string() }),
  z.strictObject({ act: z.literal('rotate-client-secret'), secret: z.string().min(1) }),
  z.strictObject({ act: z.literal('issue-code'), redirectUri: z.string() }),
]);

const requiredRule = z.strictObject({
  objectType: z.string(),
  properties: z.array(z.string()).min(1),
  whenStage: z.enum(['open', 'won', 'lost']).optional(),
});

const cardCall = z.strictObject({
  url: z.url(),
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']).default('GET'),
  body: z.unknown().optional(),
  authorization: z.string().default(''),
  userId: z.number().int().default(5001),
  userEmail: z.string().default('rosa.rep@example.com'),
  timeoutMs: z.number().int().default(15_000),
});

function actOnOAuth({ tokens, credentials }: Controls, body: unknown): unknown {
  const act = oauthAct.parse(body);
  switch (act.act) {
    case 'expire-access-tokens':
      tokens.expireAccessTokens();
      return {};
    case 'uninstall':
      tokens.uninstall();
      return {};
    case 'revoke-refresh-token':
      tokens.revokeRefreshToken(act.token);
      return {};
    case 'revoke-static-token':
      tokens.revokeStaticToken(act.token);
      return {};
    case 'rotate-client-secret':
      credentials.clientSecret = act.secret;
      return {};
    case 'issue-code':
      return { code: tokens.issueCode(act.redirectUri) };
  }
}

type Control = (body: unknown) => unknown;

/** Every switch of the simulator. What reads takes GET, what changes takes POST with JSON. */
function switches(controls: Controls): Readonly<Record<string, Control>> {
  const { account, faults, calls, webhooks, person, card } = controls;
  return {
    'GET /settings': () => account.settings,
    'POST /settings': (body) => {
      applySettings(account.settings, body);
      return account.settings;
    },
    'GET /calls': () => calls.counts(),
    'POST /calls/reset': () => {
      calls.reset();
      return {};
    },
    'GET /faults': () => faults.list(),
    'POST /faults': (body) => ({ id: faults.add(body) }),
    'POST /faults/clear': (body) => {
      const { id } = z.strictObject({ id: z.string().optional() }).parse(body ?? {});
      if (id === undefined) faults.clear();
      else faults.remove(id);
      return faults.list();
    },
    'GET /webhooks': () => ({ ...webhooks.counts(), attempts: webhooks.attempts() }),
    'POST /webhooks/idle': async () => {
      await webhooks.idle();
      return webhooks.counts();
    },
    'POST /oauth': (body) => actOnOAuth(controls, body),
    'POST /required': (body) => {
      person.requireProperties(requiredRule.parse(body));
      return account.required;
    },
    'POST /required/clear': () => {
      person.clearRequired();
      return account.required;
    },
    'POST /properties/delete': (body) => {
      const { objectType, name } = z.strictObject({ objectType: z.string(), name: z.string() }).parse(body);
      person.deleteProperty(objectType, name);
      return {};
    },
    'POST /search/flush': () => {
      account.search.flush();
      return {};
    },
    'POST /card': (body) => {
      const { body: cardBody, authorization, ...call } = cardCall.parse(body);
      return card({
        ...call,
        ...(cardBody === undefined ? {} : { body: cardBody }),
        ...(authorization === '' ? {} : { authorization }),
      });
    },
  };
}

/** The control endpoints, under `/_sim/`: everything a test in another process may want to switch or do. */
export function createControlServer(controls: Controls): ControlServer {
  const fixed = switches(controls);
  const actOnRecords = createRecordControls(controls);
  return async (method, path, body) => {
    try {
      const control = fixed[`${method} ${path}`];
      const answer: unknown = control === undefined ? actOnRecords(method, path, body) : await control(body);
      return answer === null ? null : { status: 200, body: answer };
    } catch (error) {
      if (error instanceof ApiFault) return faultReply(error);
      if (error instanceof z.ZodError)
        return { status: 400, body: { status: 'error', message: z.prettifyError(error) } };
      throw error;
    }
  };
}
