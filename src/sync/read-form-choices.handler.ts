import { CrmFailure, type CrmConnector, type CrmField, type RecordKind } from '../../connectors/contract.js';
import type { Database } from '../platform/database.js';
import { openProblems, resolveProblems, type NewProblem } from '../platform/problems.store.js';
import type { Transact, UnitOfWork } from '../platform/unit-of-work.js';
import { keepFormChoices, listFormChoices } from '../program/form-choices.store.js';
import { choicePlaces, isSamePlace, type ChoicePlace } from '../program/form-fields.js';
import { loadProgram } from '../program/program.store.js';
import type { Connections } from './connections.js';
import { choicesAt, missingChoices, type ChoicesRead } from './form-choices.js';

/** Kind of the work that reads what the form offers from fields of a CRM. Key: connection id. */
export const readFormChoicesWork = 'read-form-choices';

/** The name of what it lacks, in the list of problems. Another than the work's own, whose problems close when it goes on. */
export const formChoicesWork = 'form-choices';

export type ReadFormChoices = (connectionId: string) => Promise<'read' | 'nothing-to-read'>;

/**
 * Reads the choices of the form's fields from one CRM, a call for each kind of record, and says what the form lacks. A CRM that is away
 * is a problem only while a question cannot be asked for it.
 * @throws the connector's failures, once that problem is open
 */
export function createReadFormChoices(deps: {
  readonly db: Database;
  readonly transact: Transact;
  readonly connections: Connections;
}): ReadFormChoices {
  return async (connectionId) => {
    const places = await placesIn(deps.db, connectionId);
    const connector = deps.connections.connector(connectionId);
    const unread = (why: string) => places.map((place) => ({ kind: 'unread', place, why }) as const);
    if (connector === undefined || places.length === 0) {
      await deps.transact((uow) => store(uow, connectionId, unread('the connection is not there')));
      return places.length === 0 ? 'nothing-to-read' : 'read';
    }
    try {
      const read = await readAll(connector, places);
      await deps.transact((uow) => store(uow, connectionId, read));
      return 'read';
    } catch (failure) {
      if (!(failure instanceof CrmFailure)) throw failure;
      const told = unread(`the CRM could not be asked: ${failure.vendorMessage}`);
      await deps.transact((uow) => store(uow, connectionId, told, { mayPass: failure.retryable }));
      throw failure;
    }
  };
}

async function placesIn(db: Database, connectionId: string): Promise<readonly ChoicePlace[]> {
  const { formFields } = (await loadProgram(db)).settings;
  return choicePlaces(formFields).filter(({ connection }) => connection === connectionId);
}

async function readAll(connector: CrmConnector, places: readonly ChoicePlace[]): Promise<readonly ChoicesRead[]> {
  const fieldsOf = new Map<RecordKind, readonly CrmField[] | null>();
  for (const { record } of places) {
    if (!fieldsOf.has(record)) fieldsOf.set(record, await connector.fields(record));
  }
  return places.map((place) => choicesAt(place, fieldsOf.get(place.record) ?? null));
}

/** @param mayPass what kept them from being read ends by itself: only what nobody can be asked for it is told */
async function store(
  uow: UnitOfWork,
  connectionId: string,
  results: readonly ChoicesRead[],
  { mayPass }: { readonly mayPass: boolean } = { mayPass: false },
): Promise<void> {
  for (const result of results) {
    if (result.kind === 'read') await keepFormChoices(uow.trx, result.place, result.choices, uow.now);
  }
  const known = await listFormChoices(uow.trx);
  const isKnown = (place: ChoicePlace): boolean => known.some((one) => isSamePlace(one, place));
  const unread = results
    .filter((result) => result.kind === 'unread')
    .filter(({ place }) => !mayPass || !isKnown(place));
  const { formFields } = (await loadProgram(uow.trx)).settings;
  const lacks = missingChoices(formFields, unread, isKnown);
  if (lacks.length > 0) await openProblems(uow.trx, [problemOf(connectionId, lacks)], uow.now);
  else if (!mayPass) await resolveProblems(uow.trx, formChoicesWork, [connectionId], uow.now);
}

function problemOf(connectionId: string, lacks: readonly string[]): NewProblem {
  return {
    kind: 'refused',
    workKind: formChoicesWork,
    workKey: connectionId,
    payload: null,
    subjectType: 'connection',
    subjectId: connectionId,
    title: 'Choices of the form cannot be read from the CRM',
    detail: lacks.join('\n'),
  };
}
