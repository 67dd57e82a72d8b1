import { parseArgs } from 'node:util';
import type { SettingsPatch } from './settings.js';
import { startHubspotSimulator } from './start.js';

const usage = `Usage: tsx connectors/hubspot/simulator/main.ts [options]

  --port NUMBER           where it listens (any free port)
  --webhook-url URL       where webhooks go (nowhere)
  --client-secret TEXT    signs webhooks and card requests
  --portal NUMBER         the account's id
  --latency MS            waited before every API answer (0)
  --search-lag MS         how late search is (0)
  --no-limits             no rate limits
  --deals NUMBER          put this many open deals in place (0)
  --help                  this text
`;

/** The simulator as a program of its own: one line of JSON says where it is, then it stays up until it is stopped. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '0' },
      'webhook-url': { type: 'string' },
      'client-secret': { type: 'string' },
      portal: { type: 'string' },
      latency: { type: 'string', default: '0' },
      'search-lag': { type: 'string', default: '0' },
      'no-limits': { type: 'boolean', default: false },
      deals: { type: 'string', default: '0' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(usage);
    return;
  }
  const webhookUrl = values['webhook-url'];
  const clientSecret = values['client-secret'];
  const settings: SettingsPatch = {
    latencyMs: Number(values.latency),
    searchLagMs: Number(values['search-lag']),
    limits: { enabled: !values['no-limits'] },
    ...(webhookUrl === undefined ? {} : { webhooks: { targetUrl: webhookUrl } }),
  };
  const simulator = await startHubspotSimulator({
    port: Number(values.port),
    settings,
    ...(clientSecret === undefined ? {} : { clientSecret }),
    ...(values.portal === undefined ? {} : { portalId: Number(values.portal) }),
  });
  const deals = Array.from({ length: Number(values.deals) }, (_, index) => ({
    properties: { dealname: `Deal ${index + 1}`, dealstage: 'appointmentscheduled', amount: String(1000 + index) },
  }));
  simulator.seed('deals', deals);
  const { url, portalId, accessToken, refreshToken, clientId } = simulator;
  const facts = { url, portalId, accessToken, refreshToken, clientId, clientSecret: simulator.clientSecret };
  process.stdout.write(`${JSON.stringify(facts)}\n`);
  const stop = (): void => void simulator.close().then(() => process.exit(0));
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

await main();
