import { z } from 'zod';
import { defineRoute, type Route } from '../platform/http/route.js';
import type { UnitOfWork } from '../platform/unit-of-work.js';
import { changeProgram } from './change-program.handler.js';
import { loadAskedFields } from './asked-fields.handler.js';
import { listFormChoices } from './form-choices.store.js';
import { formShape, readChoicesShape } from './form-field.api.js';
import { choicePlaces, isSamePlace, shownFormFields } from './form-fields.js';
import type { ConnectedCrm } from './new-records.js';
import { program, programChange } from './program.api.js';
import { bearsOnDeals, namesNothing, type Program } from './program.js';
import { loadProgram } from './program.store.js';

const tags = ['Program'];

export interface ProgramRoutesDependencies {
  /**
   * Told in the same unit of work of settings that changed, or that somebody asks for another look by naming none, so that what
   * waited for another setting is looked at again. `bearsOnDeals`: whether that can be a deal.
   */
  readonly changed: (uow: UnitOfWork, about: { readonly bearsOnDeals: boolean }) => Promise<void>;
  /** The connected CRM accounts, which only a stage further down knows. */
  readonly connections: (uow: UnitOfWork) => Promise<readonly ConnectedCrm[]>;
}

export function programRoutes(deps: ProgramRoutesDependencies): readonly Route[] {
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
      method: 'get',
      path: '/api/v1/form',
      access: 'any',
      kind: 'read',
      summary: 'The form of a lead: what it confirms, and your own fields',
      tags,
      responses: { 200: formShape },
      handle: async ({ db }) => {
        const { settings } = await loadProgram(db);
        const fields = shownFormFields(await loadAskedFields(db, settings));
        return { status: 200, body: { attestation: settings.attestation, fields } };
      },
    }),
    formChoicesRoute(),
    defineRoute({
      method: 'put',
      path: '/api/v1/program',
      access: 'operator',
      right: 'program:change',
      kind: 'write',
      summary: "Set the program's settings",
      description:
        'Settings that are left out keep their value. A change works from now on; deals whose commission waited for it are looked at again.',
      tags,
      body: programChange,
      responses: { 200: program },
      handle: async ({ uow, actor, body }) => {
        const { program, changed } = await changeProgram(uow, actor, body, deps.connections);
        const asksForLook = namesNothing(body);
        if (asksForLook || changed.length > 0) {
          await deps.changed(uow, { bearsOnDeals: asksForLook || bearsOnDeals(changed) });
        }
        return { status: 200, body: onWire(program) };
      },
    }),
  ];
}

function formChoicesRoute(): Route {
  return defineRoute({
    method: 'get',
    path: '/api/v1/form/choices',
    access: 'operator',
    kind: 'read',
    summary: 'What the form offers from fields of the CRM, and when it was read',
    tags,
    responses: { 200: z.object({ items: z.array(readChoicesShape) }) },
    handle: async ({ db }) => {
      const places = choicePlaces((await loadProgram(db)).settings.formFields);
      const read = await listFormChoices(db);
      const items = places.map((place) => {
        const known = read.find((one) => isSamePlace(one, place));
        return { ...place, choices: [...(known?.choices ?? [])], readAt: known?.readAt.toISOString() ?? null };
      });
      return { status: 200, body: { items } };
    },
  });
}

function onWire(current: Program): z.input<typeof program> {
  const { revision, updatedAt, settings } = current;
  return { ...settings, revision, updatedAt: updatedAt?.toISOString() ?? null };
}
