import { setTimeout as pause } from 'node:timers/promises';
import { startSalesforceSimulator, type SalesforceSimulator } from '../../connectors/salesforce/simulator/start.js';
import { until } from '../support/service-process.js';
import { aroundStatements, aroundWrites, registrationStatements, winStatements } from './kill-points.js';
import { bookAndProblems, introduce, newProspect, withinMs, type KillRoad, type Walker } from './kill-road.js';

const ourId = 'Introducer_Registration_Id__c';

/** What the product writes, as `METHOD route`. */
const writes = {
  Lead: /^PATCH \/sobjects\/Lead\/Introducer_Registration_Id__c\//,
  'stamp of the opportunity': /^PATCH \/sobjects\/Opportunity\/006/,
  'rep view': /^PATCH \/composite\/sobjects$/,
} satisfies Readonly<Record<string, RegExp>>;
type Write = keyof typeof writes;

const leadStatements = {
  'the start of the Lead is noted': 'update "crm_links" set "lead_started_at"',
  'the Lead is noted': 'update "crm_links" set "crm_lead_id"',
};
const noticed = {
  'the page of the sweep is noted': 'update "connections" set "sweep_cursor"',
};
const moved = {
  'the link is moved': 'update "crm_links" set "deal_id"',
  'the move is recorded': 'insert into "link_moves"',
  'the stamp is noted': 'update "crm_links" set "stamp_due"',
};

/**
 * Pushed as a Lead, converted by a rep, won, credited, shown. Points from `another deal` on walk a detour: the rep deletes the
 * opportunity of the conversion and makes another one with the same contact, so the guard has to move the link.
 */
export const salesforceRoad: KillRoad = {
  name: 'Salesforce',
  points: [
    ...aroundWrites('form', ['Lead'] satisfies Write[]),
    ...aroundStatements('form', { ...registrationStatements, ...leadStatements }),
    ...aroundWrites('conversion', ['stamp of the opportunity'] satisfies Write[]),
    ...aroundStatements('conversion', {
      ...noticed,
      'the conversion is noted': 'update "crm_links" set "lead_state"',
      ...moved,
    }),
    ...aroundWrites('another deal', ['rep view', 'stamp of the opportunity'] satisfies Write[]),
    ...aroundStatements('another deal', { ...noticed, ...moved }),
    ...aroundStatements('win', { ...noticed, ...winStatements }),
    ...aroundWrites('win', ['rep view'] satisfies Write[]),
  ],
  end: {
    leads: 1,
    opportunities: 1,
    contacts: 1,
    book: ['commission 1200.00 USD'],
    problems: [],
    view: { status: 'won', commission: 1200, currency: 'USD' },
  },
  open: async ({ clock }) => {
    const salesforce = await startSalesforceSimulator({ clock });
    return {
      environment: {
        SALESFORCE_LOGIN_URL: salesforce.url,
        SALESFORCE_CLIENT_ID: salesforce.clientId,
        SALESFORCE_CLIENT_SECRET: salesforce.secret,
        SALESFORCE_REFRESH_TOKEN: salesforce.tokens.refreshToken,
        SWEEP_INTERVAL_SECONDS: '1',
      },
      strikeAt: ({ write, when }, kill) => {
        let struck = false;
        return salesforce.onRequest({
          when,
          act: async ({ method, route }) => {
            const isIt = Object.entries(writes).some(
              ([name, asked]) => name === write && asked.test(`${method} ${route ?? ''}`),
            );
            if (struck || !isIt) return undefined;
            struck = true;
            await kill();
            return 'drop';
          },
        });
      },
      walk: (walker) => walk(salesforce, walker),
      close: () => salesforce.close(),
    };
  },
};

async function walk(salesforce: SalesforceSimulator, walker: Walker) {
  const { operator, point } = walker;
  const { person } = salesforce;
  await walker.reached('form');
  const prospect = newProspect();
  const id = await introduce(walker, prospect, 'USD');
  const leads = () => person.all('Lead').filter(({ values }) => values['Email'] === prospect.contact.email);
  const isDealOf = (opportunityId: string) => async (): Promise<boolean> => {
    const { crm } = await operator.get<{ crm: { crmDealId: string | null } }>(`/api/v1/registrations/${id}`);
    return crm.crmDealId === opportunityId && person.read(opportunityId)?.values[ourId] === id;
  };

  const leadId = await until('the Lead', () => Promise.resolve(leads()[0]?.id), withinMs);
  await walker.reached('conversion');
  const { accountId, contactId, opportunityId: converted } = person.convertLead({ leadId });
  let opportunityId = converted ?? '';
  await until('the link to the opportunity', isDealOf(opportunityId), withinMs);

  if (point.from === 'another deal') {
    await walker.reached('another deal');
    // One made in the second of the link would look older than the link: it is then for a person to say that it is meant.
    await nextSecond(salesforce);
    const facts = { Name: 'Made by hand', StageName: 'Prospecting', CloseDate: '2030-01-31' };
    const other = person.create('Opportunity', { ...facts, AccountId: accountId });
    person.create('OpportunityContactRole', { OpportunityId: other, ContactId: contactId });
    person.delete(opportunityId);
    opportunityId = other;
    await until('the link to the other opportunity', isDealOf(opportunityId), withinMs);
  }

  await walker.reached('win');
  await nextSecond(salesforce);
  person.update(opportunityId, { StageName: 'Closed Won', Amount: 12_000 });
  const view = () => {
    const { values = {} } = person.read(opportunityId) ?? {};
    const { Introducer_Status__c: status, Introducer_Commission__c: commission } = values;
    return { status, commission, currency: values['Introducer_Commission_Currency__c'] };
  };
  await until('the commission in Salesforce', () => Promise.resolve(view().commission === 1_200), withinMs);
  return {
    leads: leads().length,
    opportunities: person.all('Opportunity').filter(({ values }) => values[ourId] === id).length,
    contacts: person.all('OpportunityContactRole').filter(({ values }) => values['OpportunityId'] === opportunityId)
      .length,
    ...(await bookAndProblems(operator, id)),
    view: view(),
  };
}

/**
 * Salesforce tells times in whole seconds: what happens in the second of something else would look like before it. A timer may wake
 * a little early, which would still be that second.
 */
async function nextSecond(salesforce: SalesforceSimulator): Promise<void> {
  const second = (): number => Math.floor(salesforce.org.now() / 1_000);
  const before = second();
  while (second() === before) await pause(1_000 - (salesforce.org.now() % 1_000));
}
