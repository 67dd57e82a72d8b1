import { z } from 'zod';
import { line, lines, text } from '../platform/http/text.api.js';

const moment = z.string().meta({ description: 'ISO 8601, UTC' });

const findingShape = z.object({
  level: z.enum(['limit', 'fault']),
  found: z.string().meta({ description: 'What the CRM lacks' }),
  costs: z.string().nullable().meta({ description: 'What that costs' }),
  remedy: z.string().nullable().meta({ description: 'What a person can do' }),
});

export const connectionShape = z
  .object({
    id: z.string(),
    crm: z.enum(['hubspot', 'salesforce']),
    name: z.string(),
    accountId: z.string().nullable(),
    signIn: z
      .enum(['web', 'access-token', 'refresh-token', 'jwt', 'client-credentials', 'none'])
      .meta({ description: '`web`: a person connects it; `none`: the environment names it no more' }),
    connected: z.boolean().meta({ description: 'While it is not, everything that is for it waits' }),
    connectedAt: moment.nullable(),
    connectedBy: z.string().nullable().meta({ description: 'Name of the person' }),
    disconnectedAt: moment.nullable(),
    disconnectedBy: z.string().nullable(),
    disconnectReason: z.string().nullable(),
    redirectUrl: z
      .string()
      .nullable()
      .meta({ description: 'To be entered with the app in the CRM, where people connect it' }),
    provisionedAt: moment.nullable(),
    lastSignalAt: moment.nullable().meta({ description: 'When the CRM last told of a change, within some seconds' }),
    sweptAt: moment.nullable(),
    fullReadAt: moment.nullable(),
    calls: z
      .object({ used: z.int(), limit: z.int(), seenAt: moment })
      .nullable()
      .meta({ description: 'Calls of the day, of all tools of the customer, where the CRM tells' }),
    changeFeed: z
      .object({
        state: z.enum(['connecting', 'live', 'waiting', 'refused']),
        since: moment,
        detail: z.string().nullable(),
      })
      .nullable()
      .meta({ description: 'How the CRM tells of changes by itself; null where it does not, or is not listened to' }),
    examinedAt: moment.nullable(),
    findings: z.array(findingShape).meta({ description: 'What the last examination found missing' }),
  })
  .meta({ id: 'Connection' });

export const begunSignInShape = z.object({
  url: z.string().meta({ description: 'The page of the CRM that asks the person; it works for this person, once' }),
  expiresAt: moment,
});

export const signInAnswerBody = z.strictObject({
  state: line(200),
  code: line(4000).optional().meta({ description: 'Left out where the CRM says no' }),
  error: text(200).optional(),
  errorDescription: text(1000).optional(),
});

export const completedSignInShape = z.object({
  connectionId: z.string(),
  accountId: z.string(),
  refusal: z.string().nullable().meta({ description: "The CRM's words where it did not revoke the tokens before" }),
});

export const disconnectBody = z.strictObject({ reason: lines(2000) });

export const disconnectedShape = z.object({
  revoked: z.boolean(),
  refusal: z.string().nullable().meta({ description: "The CRM's words where it did not revoke the tokens" }),
});

export const provisionedShape = z.object({
  created: z.array(z.string()),
  existing: z.array(z.string()),
});

export const examinedShape = z.object({ findings: z.array(findingShape) });
