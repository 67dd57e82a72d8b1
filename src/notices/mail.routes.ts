import { z } from 'zod';
import { pageOf, pageQuery, readCursor, toPage } from '../platform/http/page.js';
import { defineRoute, type Route } from '../platform/http/route.js';
import type { Secrets } from '../platform/secrets.js';
import { mailShape } from './mail.api.js';
import { listMails, mailStates, type MailRow } from './mail.store.js';
import { openBody } from './send-mail.handler.js';

const position = z.object({ beforeId: z.string() });

/** Mail on its way, for whoever passes it on by hand where there is no mail server. It may hold links that let people in. */
export function mailRoutes(secrets: Secrets): readonly Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/v1/mails',
      access: 'operator',
      right: 'people:manage',
      kind: 'read',
      summary: 'Mail that waits, was sent or was withheld, newest first',
      description:
        'Without `SMTP_URL` mail waits here, to be passed on by hand. Withheld is what its reader chose not to get.',
      tags: ['Mail'],
      query: z.strictObject({ ...pageQuery, state: z.enum(mailStates).optional() }),
      responses: { 200: pageOf(mailShape) },
      handle: async ({ db, query }) => {
        const filter = { ...query, ...readCursor(query.cursor, position) };
        const rows = await listMails(db, filter, query.limit + 1);
        const onWire = (row: MailRow) => mailOnWire(secrets, row);
        return { status: 200, body: toPage(rows, query.limit, (row) => ({ beforeId: row.id }), onWire) };
      },
    }),
  ];
}

function mailOnWire(secrets: Secrets, row: MailRow): z.input<typeof mailShape> {
  return {
    id: row.id,
    topic: row.topic,
    to: row.recipient,
    subject: row.subject,
    text: row.sealed_body === null ? null : openBody(secrets, row.sealed_body).text,
    createdAt: row.created_at.toISOString(),
    sentAt: row.sent_at?.toISOString() ?? null,
    withheldAt: row.withheld_at?.toISOString() ?? null,
  };
}
