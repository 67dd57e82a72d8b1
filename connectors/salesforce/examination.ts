import type { CrmFinding } from '../contract.js';
import { ownLimit, type DailyUsage } from './call-shares.js';
import { capturedObjects } from './change-capture.js';
import type { ObjectName } from './ids.js';
import { partnerField, registrationIdField, wantedFields } from './our-fields.js';

/** `hidden`: it is there, and our user does not see it. `no-key`: it is no unique external id. */
export type FieldState = 'fine' | 'missing' | 'hidden' | 'read-only' | 'no-key';

/** What was read of an organisation. */
export interface OrgFacts {
  readonly organization: { readonly name: string; readonly id: string; readonly isSandbox: boolean } | null;
  readonly userName: string | null;
  /** What our user may do with an object; `null`: it does not see it. */
  readonly objects: Readonly<Record<ObjectName, { readonly create: boolean; readonly update: boolean } | null>>;
  readonly fieldState: (object: ObjectName, field: string) => FieldState;
  /** Users beside ours who have our permission set; `null`: it is not there. */
  readonly setHolders: number | null;
  readonly usage: DailyUsage | null;
  readonly reservedShare: number;
  /** `null`: not told. */
  readonly captured: readonly string[] | null;
  /** Fields of Leads that conversion copies onto the opportunity; `null`: not told. */
  readonly conversionMapping: readonly string[] | null;
  readonly sweepEverySeconds: number;
}

const objectNames = Object.keys(wantedFields) as ObjectName[];

/** What a person has to know of an organisation, in words: what is as it should be, what is missing, what that costs, what to do. */
export function examine(facts: OrgFacts): readonly CrmFinding[] {
  return [
    whoAnswers(facts),
    ...objectNames.flatMap((object) => rightsOn(object, facts)),
    ...objectNames.flatMap((object) => fieldsOf(object, facts)),
    ...whoSees(facts),
    ...callsLeft(facts),
    changesTold(facts),
    conversion(facts),
  ];
}

function fine(found: string): CrmFinding {
  return { level: 'fine', found, costs: null, remedy: null };
}

function whoAnswers({ organization, userName }: OrgFacts): CrmFinding {
  if (organization === null) return fine('the organisation answers and does not say which it is');
  const { name, id, isSandbox } = organization;
  const kind = isSandbox ? 'a sandbox, in which nothing is sold' : 'a production organisation';
  return fine(`${name} (${id}) is ${kind}; we are signed in as ${userName ?? 'a user that is not named'}`);
}

const uses: Readonly<Record<ObjectName, string>> = {
  Lead: 'approved registrations do not get into Salesforce as leads',
  Opportunity: 'deals are not shown to the rep as introduced, or not read at all',
  Contact: 'registrations that become a contact at once are set aside',
  Account: 'registrations that become an account at once are set aside',
};

function rightsOn(object: ObjectName, { objects, userName }: OrgFacts): readonly CrmFinding[] {
  const rights = objects[object];
  const lacking =
    rights === null ? ['read'] : [rights.create ? '' : 'create', rights.update ? '' : 'edit'].filter(Boolean);
  if (lacking.length === 0) return [];
  return [
    {
      level: object === 'Lead' || object === 'Opportunity' ? 'fault' : 'limit',
      found: `our user may not ${lacking.join(' or ')} ${object} records`,
      costs: uses[object],
      remedy: `give ${userName ?? 'our user'} the right to ${lacking.join(' and ')} them, by its profile or a permission set`,
    },
  ];
}

/** What the rep, or we, go without when a field is not there. */
function costOf(object: ObjectName, field: string): string {
  switch (field) {
    case registrationIdField:
      return object === 'Lead' || object === 'Opportunity'
        ? 'registrations wait, because a retry could make a second record'
        : uses[object];
    case partnerField:
      return 'the rep does not see who introduced the deal';
    case 'Introducer_Status__c':
      return 'the rep does not see where the registration stands';
    case 'Introducer_Protected_Until__c':
      return 'the rep does not see the protection date';
    case 'Introducer_Commission__c':
      return 'the rep does not see what the deal costs in commission';
    case 'Introducer_Commission_Currency__c':
      return 'the rep does not see in which currency the commission is';
    default:
      return 'the rep does not see whether the commission is due or paid';
  }
}

const conditions: Readonly<Record<Exclude<FieldState, 'fine'>, { readonly found: string; readonly remedy: string }>> = {
  missing: { found: 'lacks', remedy: 'run "introducer provision", or install the Introducer package' },
  hidden: {
    found: 'hides from our user',
    remedy: 'assign the permission set "Introducer" to our user, or run "introducer provision"',
  },
  'read-only': {
    found: 'does not let our user write',
    remedy: 'give our user the right to edit it, by the permission set "Introducer"',
  },
  'no-key': { found: 'has as no unique external id', remedy: 'make it a unique external id' },
};

function fieldsOf(object: ObjectName, facts: OrgFacts): readonly CrmFinding[] {
  if (facts.objects[object] === null) return [];
  const states = Object.keys(conditions) as (keyof typeof conditions)[];
  return states.flatMap((state): readonly CrmFinding[] => {
    const names = wantedFields[object]
      .map(({ name }) => name)
      .filter((name) => facts.fieldState(object, name) === state);
    if (names.length === 0) return [];
    const costs = [...new Set(names.map((name) => costOf(object, name)))].join('; ');
    const { found, remedy } = conditions[state];
    const level = object === 'Lead' || object === 'Opportunity' ? 'fault' : 'limit';
    return [{ level, found: `${object} ${found} ${names.join(', ')}`, costs: `${costs}; all else is written`, remedy }];
  });
}

function whoSees({ setHolders }: OrgFacts): readonly CrmFinding[] {
  const remedy = 'assign the permission set "Introducer" to those who sell, or show them the fields by their profile';
  const costs = 'unless another permission set or profile shows them our fields, reps do not see who introduced a deal';
  if (setHolders === null) {
    return [
      {
        level: 'limit',
        found: 'there is no permission set "Introducer"',
        costs,
        remedy: `run "introducer provision"; then ${remedy}`,
      },
    ];
  }
  if (setHolders === 0) {
    return [{ level: 'limit', found: 'nobody but our user has the permission set "Introducer"', costs, remedy }];
  }
  return [fine(`${String(setHolders)} users beside ours have the permission set "Introducer"`)];
}

/** Below this share of our part of the day a person should know. */
const fewCalls = 0.1;

function callsLeft({ usage, reservedShare }: OrgFacts): readonly CrmFinding[] {
  if (usage === null) return [fine('the organisation does not say how many API calls are left')];
  const own = ownLimit(usage.limit, reservedShare);
  const left = Math.max(0, own - usage.used);
  const words =
    `${String(usage.used)} of ${String(usage.limit)} API calls of the last 24 hours are used; ` +
    `${String(left)} are left to us, ${String(usage.limit - own)} are left to other tools`;
  if (left > own * fewCalls) return [fine(words)];
  const remedy =
    'use fewer calls elsewhere, buy more, or lower SALESFORCE_RESERVED_CALLS_PERCENT; calls come back 24 hours after they were made';
  const costs =
    left === 0
      ? 'nothing is read from Salesforce or written to it until calls come back; all of it waits and nothing is lost'
      : 'when they are used up, reading and writing wait until calls come back; nothing is lost';
  return [{ level: left === 0 ? 'fault' : 'limit', found: words, costs, remedy }];
}

function changesTold({ captured, sweepEverySeconds }: OrgFacts): CrmFinding {
  if (captured === null)
    return fine('whether Change Data Capture is on cannot be told: our user may not look into the setup');
  const lacking = capturedObjects.filter((name) => !captured.includes(name));
  if (lacking.length === 0) return fine(`Change Data Capture is on for ${capturedObjects.join(' and ')}`);
  return {
    level: 'limit',
    found: `Change Data Capture is off for ${lacking.join(' and ')}`,
    costs: `their changes arrive by sweep, every ${inWords(sweepEverySeconds)}, instead of within 2 seconds`,
    remedy:
      'select them in Setup under "Change Data Capture", where the edition has it and two of its five places are free; or lower SWEEP_INTERVAL_SECONDS',
  };
}

function inWords(seconds: number): string {
  if (seconds % 60 !== 0 || seconds < 60) return `${String(seconds)} seconds`;
  return seconds === 60 ? 'minute' : `${String(seconds / 60)} minutes`;
}

function conversion({ conversionMapping: mapped }: OrgFacts): CrmFinding {
  const wanted = wantedFields.Lead.map(({ name }) => name);
  if (mapped === null) {
    return fine('which fields lead conversion copies cannot be told; we write them onto the opportunity ourselves');
  }
  const unmapped = wanted.filter((name) => !mapped.includes(name));
  if (unmapped.length === 0) return fine('lead conversion copies our fields onto the opportunity');
  return fine(
    `lead conversion copies ${String(wanted.length - unmapped.length)} of our ${String(wanted.length)} fields; ` +
      'we write the others onto the opportunity ourselves, once we see the conversion',
  );
}
