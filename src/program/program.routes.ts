import type { z } from 'zod';
import { defineRoute, type Route } from '../platform/http/route.js';
import { changeProgram } from './change-program.handler.js';
import { program, programChange } from './program.api.js';
import type { Program } from './program.js';
import { loadProgram } from './program.store.js';

const tags = ['Program'];

export function programRoutes(): readonly Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/v1/program',
      access: 'operator',
      kind: 'read',
      summary: "The program's settings",
      tags,
      responses: { 200: program },
      handle: async ({ db }) => ({ status: 200, body: onWire(await loadProgram(db)) }),
    }),
    defineRoute({
      method: 'put',
      path: '/api/v1/program',
      access: 'operator',
      kind: 'write',
      summary: "Set the program's settings",
      description:
        'Settings that are left out keep their value. A change works from now on; nothing booked is touched.',
      tags,
      body: programChange,
      responses: { 200: program },
      handle: async ({ uow, actor, body }) => ({ status: 200, body: onWire(await changeProgram(uow, actor, body)) }),
    }),
  ];
}

function onWire(current: Program): z.input<typeof program> {
  const { revision, updatedAt, settings } = current;
  return { ...settings, revision, updatedAt: updatedAt?.toISOString() ?? null };
}
