import { startHubspotSimulator, type HubspotSimulator } from '../../connectors/hubspot/simulator/start.js';
import { crmWrites, isCrmWrite } from '../support/crm-writes.js';
import { crmRecordsOf } from '../support/partner-program.js';
import { until } from '../support/service-process.js';
import { aroundStatements, aroundWrites, registrationStatements, winStatements } from './kill-points.js';
import { bookAndProblems, introduce, newProspect, withinMs, type KillRoad, type Walker } from './kill-road.js';

/** A new process must not rely on finding by search what the killed one may have made. */
const searchLagMs = 600_000;

const pushStatements = {
  'the contact is noted': 'update "crm_links" set "crm_contact_id"',
  'the company is claimed': 'update "crm_companies" set "anchors"',
  'the company is settled': 'update "crm_companies" set "leased_by"',
  'the start of the deal is noted': 'update "crm_links" set "deal_started_at"',
  'the deal is noted': 'update "crm_links" set "deal_id"',
  'the webhook is recorded': 'insert into pending_deals \\([^)]*stage_hint\\)',
};

/** Registered, pushed as contact, company and deal, won, credited, shown. */
export const hubspotRoad: KillRoad = {
  name: 'HubSpot',
  points: [
    ...aroundWrites('form', crmWrites),
    ...aroundStatements('form', { ...registrationStatements, ...pushStatements, ...winStatements }),
  ],
  end: {
    records: { contacts: 1, companies: 1, deals: 1 },
    tied: [1, 1],
    book: ['commission 1200.00 EUR'],
    problems: [],
  },
  open: async ({ url, clock }) => {
    const webhooks = { targetUrl: `${url}/webhooks/hubspot`, retryMaxMs: 1_000 };
    const hubspot = await startHubspotSimulator({ clock, settings: { searchLagMs, webhooks } });
    return {
      environment: {
        HUBSPOT_API_URL: hubspot.url,
        HUBSPOT_ACCESS_TOKEN: hubspot.accessToken,
        HUBSPOT_CLIENT_SECRET: hubspot.clientSecret,
      },
      strikeAt: ({ write, when }, kill) => {
        let struck = false;
        return hubspot.onRequest({
          when,
          act: async (request) => {
            const known = crmWrites.find((one) => one === write);
            if (struck || known === undefined || !isCrmWrite(hubspot, request, known)) return undefined;
            struck = true;
            await kill();
            return 'drop';
          },
        });
      },
      walk: (walker) => walk(hubspot, walker),
      close: () => hubspot.close(),
    };
  },
};

async function walk(hubspot: HubspotSimulator, walker: Walker) {
  const { operator } = walker;
  await walker.reached('form');
  const prospect = newProspect();
  const id = await introduce(walker, prospect, 'EUR');
  const crmDealId = await until(
    'the deal in HubSpot',
    async () =>
      (await operator.get<{ crm: { crmDealId: string | null } }>(`/api/v1/registrations/${id}`)).crm.crmDealId,
    withinMs,
  );
  hubspot.person.moveDeal(crmDealId, 'closedwon');
  await until(
    'the commission in HubSpot',
    () => {
      const { introducer_commission: shown } = hubspot.person.record('deals', crmDealId)?.properties ?? {};
      return Promise.resolve(shown === '1200.00');
    },
    withinMs,
  );
  return {
    records: crmRecordsOf({ hubspot }, { prospect, registrationId: id }),
    tied: ['contacts', 'companies'].map((to) => hubspot.person.associated('deals', crmDealId, to).length),
    ...(await bookAndProblems(operator, id)),
  };
}
