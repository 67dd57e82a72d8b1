import { z } from 'zod';
import type { CrmFinding } from '../contract.js';
import { readCapturedObjects } from './change-capture.js';
import { examine, type FieldState, type OrgFacts } from './examination.js';
import type { ObjectName } from './ids.js';
import { readConversionMapping } from './lead-conversion.js';
import { registrationIdField, wantedFields } from './our-fields.js';
import type { Call, OrgAccess } from './org-access.js';
import { permissionSetName } from './permission-set.js';
import { existingFields } from './provision.js';
import { queryMany } from './queries.js';
import { flagOf, idOf, textOf } from './row-values.js';
import type { ObjectSchema, Schema } from './schema.js';
import { soql } from './soql.js';

const operation = 'examine the organisation';

const limitsShape = z.object({
  DailyApiRequests: z.object({ Max: z.coerce.number(), Remaining: z.coerce.number() }).optional(),
});
const userShape = z.object({ user_id: z.string().min(1), preferred_username: z.string().nullish() });

export interface ExamineOptions {
  readonly access: OrgAccess;
  readonly schema: Schema;
  readonly reservedShare: number;
  readonly sweepEverySeconds: number;
}

/**
 * Looks at everything of an organisation that we can use and may lack. It takes about a dozen calls.
 * @throws the failures of a call; what our user may not know is left open instead
 */
export async function examineOrganization(options: ExamineOptions): Promise<readonly CrmFinding[]> {
  const { access, schema, reservedShare, sweepEverySeconds } = options;
  const { call } = access;
  schema.forget();
  const user = await call({ operation, method: 'GET', path: '/services/oauth2/userinfo' }, userShape);
  const described = new Map<ObjectName, ObjectSchema | null>();
  for (const name of Object.keys(wantedFields) as ObjectName[]) described.set(name, await schema.object(name));
  const existing = await existingFields(call, schema);
  const rights = (name: ObjectName): OrgFacts['objects'][ObjectName] => {
    const object = described.get(name) ?? null;
    return object === null ? null : { create: object.createable, update: object.updateable };
  };
  return examine({
    ...(await readSetup(call, user.user_id)),
    userName: user.preferred_username ?? null,
    objects: {
      Opportunity: rights('Opportunity'),
      Lead: rights('Lead'),
      Contact: rights('Contact'),
      Account: rights('Account'),
    },
    fieldState: (object, field) => stateOf(described.get(object) ?? null, field, existing.has(`${object}: ${field}`)),
    usage: await readUsage(call),
    reservedShare,
    captured: await readCapturedObjects(call),
    conversionMapping: await readConversionMapping(access),
    sweepEverySeconds,
  });
}

function stateOf(object: ObjectSchema | null, name: string, exists: boolean): FieldState {
  const field = object?.field(name);
  if (field === undefined) return exists ? 'hidden' : 'missing';
  if (name === registrationIdField && !(field.externalId && field.unique)) return 'no-key';
  return field.updateable ? 'fine' : 'read-only';
}

async function readSetup(call: Call, userId: string): Promise<Pick<OrgFacts, 'organization' | 'setHolders'>> {
  const [organizations = [], sets = [], holders = []] = await queryMany(call, operation, [
    { soql: soql`SELECT Id, Name, IsSandbox FROM Organization LIMIT 1` },
    { soql: soql`SELECT Id FROM PermissionSet WHERE Name = ${permissionSetName} LIMIT 1` },
    {
      soql: soql`SELECT Id, AssigneeId FROM PermissionSetAssignment WHERE PermissionSet.Name = ${permissionSetName} LIMIT 200`,
    },
  ]);
  const [organization] = organizations;
  return {
    organization:
      organization === undefined
        ? null
        : {
            id: idOf(organization),
            name: textOf(organization, 'Name') ?? 'The organisation',
            isSandbox: flagOf(organization, 'IsSandbox'),
          },
    setHolders: sets.length === 0 ? null : holders.filter((row) => textOf(row, 'AssigneeId') !== userId).length,
  };
}

async function readUsage(call: Call): Promise<OrgFacts['usage']> {
  const { DailyApiRequests: calls } = await call({ operation, method: 'GET', path: '/limits' }, limitsShape);
  return calls === undefined ? null : { used: calls.Max - calls.Remaining, limit: calls.Max };
}
