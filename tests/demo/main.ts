import { parseArgs } from 'node:util';
import { startHubspotSimulator } from '../../connectors/hubspot/simulator/start.js';
import { startSalesforceSimulator } from '../../connectors/salesforce/simulator/start.js';
import { apiClient, type ApiClient } from '../support/api-client.js';
import { runCommandLine } from '../support/command-line.js';
import { ensureBuilt, freePort, randomKey, startService, temporaryFolder } from '../support/service-process.js';
import { salesRep } from './sales-rep.js';
import { salesforceRep } from './salesforce-rep.js';
import { createRunningClock } from '../support/running-clock.js';
import { routeByCurrency, walkSalesforceLead } from './salesforce-story.js';
import { walkOneLead } from './story.js';
import { fillYear, yearBefore, type Year } from './year.js';

const usage = `Usage: npm run demo -- [--once] [--port PORT] [--simulator-port PORT] [--salesforce-port PORT] [--data-dir DIR]

Starts the service on embedded defaults, a simulated HubSpot and a simulated Salesforce, walks a lead through each of them,
from the form to credited commission, and stays up, with the simulated year of a small program before it (not with --data-dir).
--once walks only, prints a JSON summary as the last line and ends.
--simulator-port is HubSpot's.`;

/** Nobody watching a demo waits five minutes for what changed in Salesforce. */
const sweepEverySeconds = '2';

/** The demo: everything a new user sees, with the real service as a process of its own. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      once: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
      port: { type: 'string' },
      'simulator-port': { type: 'string' },
      'salesforce-port': { type: 'string' },
      'data-dir': { type: 'string' },
    },
  });
  if (values.help) {
    console.log(usage);
    return;
  }
  await ensureBuilt();
  const folder = values['data-dir'] === undefined ? await temporaryFolder('demo') : null;
  const dataDir = values['data-dir'] ?? folder?.path ?? '';
  const port = values.port ?? String(await freePort());
  const url = `http://127.0.0.1:${port}`;
  const operatorKey = randomKey();
  const clock = createRunningClock();
  const hubspot = await startHubspotSimulator({
    clock,
    port: Number(values['simulator-port'] ?? 0),
    settings: { webhooks: { targetUrl: `${url}/webhooks/hubspot` } },
  });
  const salesforce = await startSalesforceSimulator({ port: Number(values['salesforce-port'] ?? 0) });
  console.log(`A simulated HubSpot answers at ${hubspot.url},`);
  console.log(`a simulated Salesforce at ${salesforce.url}; starting the service …`);
  let year: Year | null = null;
  if (folder !== null && !values.once) {
    console.log('The year of a small program goes by first, which takes about a minute:');
    clock.advanceMs(yearBefore(new Date()).getTime() - Date.now());
    year = await fillYear({ hubspot, clock, dataDir, onMonth: (month) => console.log(`  ${month}`) });
    hubspot.configure({ webhooks: { targetUrl: `${url}/webhooks/hubspot` } });
  }
  const service = await startService({
    PORT: port,
    PUBLIC_URL: url,
    DATA_DIR: dataDir,
    ADMIN_API_KEY: operatorKey,
    HUBSPOT_API_URL: hubspot.url,
    HUBSPOT_ACCESS_TOKEN: 'pat-na1-demo',
    HUBSPOT_CLIENT_SECRET: hubspot.clientSecret,
    SALESFORCE_LOGIN_URL: salesforce.url,
    SALESFORCE_CLIENT_ID: salesforce.clientId,
    SALESFORCE_CLIENT_SECRET: salesforce.secret,
    SALESFORCE_REFRESH_TOKEN: salesforce.tokens.refreshToken,
    SWEEP_INTERVAL_SECONDS: sweepEverySeconds,
  });
  const close = async (): Promise<void> => {
    await service.stop();
    await hubspot.close();
    await salesforce.close();
    await folder?.remove();
  };
  let ways: WaysIn;
  try {
    console.log(`The service is ready at ${service.url}\n`);
    const say = (line = ''): void => {
      console.log(line);
    };
    const stage = { serviceUrl: service.url, operatorKey, say };
    await routeByCurrency(stage);
    const checkedBooks = () => checkBooks(dataDir);
    const summary = await walkOneLead({ ...stage, rep: salesRep(hubspot), checkBooks: checkedBooks });
    const inSalesforce = await walkSalesforceLead({ ...stage, rep: salesforceRep(salesforce) });
    const books = await checkedBooks();
    say(`16. The books, once more: ${books.words}`);
    if (values.once) {
      await close();
      console.log(JSON.stringify({ ...summary, books, salesforce: inSalesforce }));
      return;
    }
    ways = await invite(apiClient(service.url, operatorKey), year?.busiestPartnerId ?? summary.partnerId);
  } catch (error) {
    await close();
    throw error;
  }
  console.log(`
Open:
  the web application,
  as the partner         ${ways.asPartner}
  as an operator         ${ways.asOperator}
                         (choose a password; operators also need an authenticator app)
  the API, described     ${service.url}/docs
  HubSpot, to move deals ${hubspot.url}/
  Salesforce, to move
  opportunities          ${salesforce.url}/
  and convert leads      ${salesforce.url}/leads
  metrics                ${service.url}/metrics
An operator's API key for this run: ${operatorKey}
Stop with Ctrl-C.`);
  const ask = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => {
        resolve();
      });
    }
  });
  await Promise.race([ask, service.ended]);
  await close();
}

interface WaysIn {
  readonly asPartner: string;
  readonly asOperator: string;
}

/** Links with which whoever watches chooses a password and is in. */
async function invite(operator: ApiClient, partnerId: string): Promise<WaysIn> {
  const invited = async (path: string, person: object): Promise<string> =>
    (await operator.post<{ url: string }>(path, person)).url;
  const owner = { name: 'Olga Owner', email: 'olga@partner.example', role: 'owner' };
  const administrator = { name: 'Vera Vendor', email: 'vera@vendor.example', role: 'admin' };
  return {
    asPartner: await invited(`/api/v1/partners/${partnerId}/people`, owner),
    asOperator: await invited('/api/v1/people', administrator),
  };
}

/** `introducer ledger check`, as an operator would run it while the service holds the database. */
async function checkBooks(dataDir: string): Promise<{ readonly ok: boolean; readonly words: string }> {
  const { exitCode, stdout, stderr } = await runCommandLine({ DATA_DIR: dataDir }, ['ledger', 'check']);
  return { ok: exitCode === 0, words: `${stdout}${stderr}`.trim() };
}

await main();
