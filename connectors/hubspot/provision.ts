import { z } from 'zod';
import { CrmRejected, type ProvisionReport } from '../contract.js';
import { apiPaths, type RecordType } from './api.js';
import type { Call } from './call.js';
import { ourGroup, wantedProperties, type WantedProperty } from './properties.js';

const operation = 'provision';
const reading = { operation, effect: 'read', lane: 'general', method: 'GET' } as const;
const writing = { operation, effect: 'write', lane: 'general', method: 'POST' } as const;

const groupsShape = z.object({ results: z.array(z.object({ name: z.string() })) });
const propertiesShape = z.object({
  results: z.array(
    z.object({
      name: z.string(),
      type: z.string(),
      hasUniqueValue: z.boolean().nullish(),
      modificationMetadata: z.object({ readOnlyValue: z.boolean().nullish() }).nullish(),
    }),
  ),
});
type ExistingProperty = z.output<typeof propertiesShape>['results'][number];

const recordTypes: readonly RecordType[] = ['deals', 'contacts', 'companies'];

/**
 * Makes our property group and properties where they are missing. Looks before it writes, so that running it again changes
 * nothing. @throws CrmRejected when a property of ours is there in another form, or archived: only a person can mend that
 */
export async function provision(call: Call): Promise<ProvisionReport> {
  const report = { created: [] as string[], existing: [] as string[] };
  for (const type of recordTypes) {
    const group = await ensureGroup(call, type);
    report[group].push(`${type}: group ${ourGroup.name}`);
    const existing = await readProperties(call, type, false);
    for (const wanted of wantedProperties[type]) {
      const outcome = await ensureProperty(call, type, wanted, existing.get(wanted.name));
      report[outcome].push(`${type}: ${wanted.name}`);
    }
  }
  return report;
}

/** Another process was a moment faster. */
const nameTaken = 409;

type Outcome = 'created' | 'existing';

async function ensureGroup(call: Call, type: RecordType): Promise<Outcome> {
  const path = apiPaths.propertyGroups(type);
  const { results } = await call({ ...reading, path }, groupsShape);
  if (results.some((group) => group.name === ourGroup.name)) return 'existing';
  try {
    await call({ ...writing, path, body: { ...ourGroup, displayOrder: -1 } }, z.unknown());
    return 'created';
  } catch (error) {
    if (error instanceof CrmRejected && error.httpStatus === nameTaken) return 'existing';
    throw error;
  }
}

async function ensureProperty(
  call: Call,
  type: RecordType,
  wanted: WantedProperty,
  existing: ExistingProperty | undefined,
): Promise<Outcome> {
  if (existing !== undefined) {
    assertUsable(type, wanted, existing);
    return 'existing';
  }
  try {
    await call({ ...writing, path: apiPaths.properties(type), body: definitionOf(wanted) }, z.unknown());
    return 'created';
  } catch (error) {
    if (!(error instanceof CrmRejected)) throw error;
    return explainRefusal(call, type, wanted, error);
  }
}

/** The name is taken: made by another process a moment ago, or held by an archived property, which a list leaves out. */
async function explainRefusal(
  call: Call,
  type: RecordType,
  wanted: WantedProperty,
  refusal: CrmRejected,
): Promise<Outcome> {
  const now = (await readProperties(call, type, false)).get(wanted.name);
  if (now !== undefined) {
    assertUsable(type, wanted, now);
    return 'existing';
  }
  if (!(await readProperties(call, type, true)).has(wanted.name)) throw refusal;
  throw mend(
    `The property ${wanted.name} on ${type} is archived in HubSpot and its name cannot be used again: restore it under ` +
      'Settings > Properties > Archived properties, then run "introducer provision" again',
  );
}

async function readProperties(
  call: Call,
  type: RecordType,
  archived: boolean,
): Promise<ReadonlyMap<string, ExistingProperty>> {
  const query = { archived: String(archived) };
  const { results } = await call({ ...reading, path: apiPaths.properties(type), query }, propertiesShape);
  return new Map(results.map((property) => [property.name, property]));
}

function assertUsable(type: RecordType, wanted: WantedProperty, existing: ExistingProperty): void {
  const faults = [
    existing.type === wanted.type ? null : `is of type "${existing.type}" and has to be "${wanted.type}"`,
    // Uniqueness can only be given at creation, and our second write after a lost answer relies on it.
    !wanted.unique || existing.hasUniqueValue === true ? null : 'does not require unique values and has to',
    existing.modificationMetadata?.readOnlyValue === true ? 'is read-only and has to be writable' : null,
  ].filter((fault) => fault !== null);
  if (faults.length === 0) return;
  throw mend(
    `The property ${wanted.name} on ${type} ${faults.join('; it ')}. Delete it in HubSpot (Settings > Properties), then run ` +
      '"introducer provision" again',
  );
}

function mend(vendorMessage: string): CrmRejected {
  return new CrmRejected({ operation, vendorMessage });
}

function definitionOf({ unique, ...property }: WantedProperty) {
  // Said only where wanted: what HubSpot makes of `false` on types that cannot be unique is not established.
  return { ...property, groupName: ourGroup.name, ...(unique ? { hasUniqueValue: true } : {}) };
}
