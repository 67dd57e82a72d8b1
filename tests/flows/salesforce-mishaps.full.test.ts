import type { FaultInput } from '../../connectors/salesforce/simulator/wire/fault-rules.js';
import { startSweptSalesforce, type SweptSalesforce } from '../support/swept-salesforce.js';

type Mishap = Omit<FaultInput, 'method' | 'path' | 'count'>;

const lockedRow = { status: 400, errorCode: 'UNABLE_TO_LOCK_ROW', message: 'unable to obtain exclusive access' };

const answeredAtOnce: Readonly<Record<string, Mishap>> = {
  'never arrives': { kind: 'drop' },
  'is carried out and its answer is lost': { kind: 'apply-then-drop' },
  'is carried out and answered with an error': { kind: 'apply-then-error' },
  'meets a server that is not available': { kind: 'server-unavailable' },
  'meets a page instead of an answer': { kind: 'html', status: 502 },
  'meets a locked row': { kind: 'error', ...lockedRow },
  'meets a session that is over': { kind: 'session-expired' },
  'meets too many calls at once': { kind: 'concurrent-limit' },
};
/** Every call is given up after ten seconds. */
const waitedFor: Readonly<Record<string, Mishap>> = {
  'is answered by half': { kind: 'torn' },
  'is never answered': { kind: 'hang' },
  'is carried out and never answered': { kind: 'apply-then-hang' },
};

/** Making the Lead, noticing its conversion, looking what became of it, stamping the opportunity, showing the commission. */
const calls = [
  ['PATCH', '/sobjects/Lead/*'],
  ['POST', '/composite'],
  ['GET', '/queryAll'],
  ['PATCH', '/sobjects/Opportunity/*'],
  ['PATCH', '/composite/sobjects'],
] as const;

const withinMs = 240_000;

/** From the form to the commission the rep sees, on which each of the calls meets a mishap once. */
async function walk({ salesforce, service, ...road }: SweptSalesforce, mishap: Mishap) {
  const faults = calls.map(([method, path]) => salesforce.addFault({ ...mishap, method, path, count: 1 }));
  const registered = await road.introduce();
  const [leadId = ''] = road.leadsOf(registered);
  const { opportunityId } = salesforce.person.convertLead({ leadId });
  // A sweep that fails is made good by the next one.
  for (let looks = 0; looks < 3; looks += 1) await service.sweep('salesforce');
  road.win(opportunityId ?? '');
  for (let looks = 0; looks < 3; looks += 1) await service.sweep('salesforce');
  const standing = salesforce.faults();
  salesforce.clearFaults();
  return {
    struck: faults.map((id) => standing.find((one) => one.id === id)?.hits),
    leads: road.leadsOf(registered).length,
    stamped: road.stampedWith(registered).map((id) => id === opportunityId),
    book: await road.bookOf(registered),
    shown: road.valuesOf(opportunityId ?? '')['Introducer_Commission__c'],
    problems: await road.problems(registered.registrationId),
  };
}

const asEver = {
  struck: calls.map(() => 1),
  leads: 1,
  stamped: [true],
  book: ['commission 1200.00 USD'],
  shown: 1_200,
  problems: [],
};

describe('a registration ends as ever on its way through Salesforce, although each of its calls once', () => {
  let road: SweptSalesforce;

  beforeAll(async () => {
    road = await startSweptSalesforce();
  });
  afterAll(() => road.service.close());

  it.each(Object.entries(answeredAtOnce))(
    '%s',
    async (_how, mishap) => {
      expect(await walk(road, mishap)).toEqual(asEver);
    },
    withinMs,
  );
});

describe('a registration ends as ever, although for each of its calls somebody waits in vain because it', () => {
  const outcomes = new Map<string, unknown>();

  beforeAll(async () => {
    // All of it is waiting, so they wait together, each with an organisation of its own.
    const walks = Object.entries(waitedFor).map(async ([how, mishap]) => {
      const road = await startSweptSalesforce();
      try {
        outcomes.set(how, await walk(road, mishap));
      } finally {
        await road.service.close();
      }
    });
    await Promise.all(walks);
  }, withinMs);

  it.each(Object.keys(waitedFor))('%s', (how) => {
    expect(outcomes.get(how)).toEqual(asEver);
  });
});
