import { z } from 'zod';
import { pageOf, pageQuery, readCursor, toPage } from '../platform/http/page.js';
import { defineRoute, type Route } from '../platform/http/route.js';
import { auditEntry } from './audit.api.js';
import { listAudit, type AuditRow } from './audit.store.js';

const word = z.string().max(100).optional();
const moment = z.iso.datetime().optional();
const position = z.object({ beforeId: z.string().regex(/^\d{1,18}$/) });

export function auditRoutes(): readonly Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/v1/audit',
      access: 'operator',
      kind: 'read',
      summary: 'Who did what, newest first',
      tags: ['Audit'],
      query: z.strictObject({
        ...pageQuery,
        subjectType: word,
        subjectId: word,
        actorId: word,
        action: word,
        from: moment,
        until: moment,
      }),
      responses: { 200: pageOf(auditEntry) },
      handle: async ({ db, query }) => {
        const filter = { ...query, ...readCursor(query.cursor, position) };
        const rows = await listAudit(db, filter, query.limit + 1);
        return { status: 200, body: toPage(rows, query.limit, (row) => ({ beforeId: row.id }), onWire) };
      },
    }),
  ];
}

function onWire(row: AuditRow): z.input<typeof auditEntry> {
  return {
    id: row.id,
    at: row.at.toISOString(),
    actor: { kind: row.actor_kind, id: row.actor_id, name: row.actor_name, personId: row.person_id },
    action: row.action,
    subject: { type: row.subject_type, id: row.subject_id },
    // zod's own type of a JSON value is not readonly.
    details: { ...row.details } as Record<string, z.core.util.JSONType>,
  };
}
