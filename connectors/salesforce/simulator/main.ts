import { parseArgs } from 'node:util';
import type { SettingsPatch } from './settings.js';
import { startSalesforceSimulator } from './start.js';

const usage = `Usage: tsx connectors/salesforce/simulator/main.ts [options]

  --port NUMBER           where it listens (any free port)
  --name TEXT             the organization's name
  --client-id TEXT        the app's consumer key
  --secret TEXT           the app's consumer secret
  --refresh-token TEXT    a refresh token that is good from the start
  --latency MS            waited before every API answer (0)
  --calls-per-day NUMBER  the org's daily API calls (100000)
  --multi-currency        records have a currency
  --person-accounts       accounts may be persons
  --opportunities NUMBER  put this many open opportunities in place (0)
  --help                  this text
`;

const text = { type: 'string' } as const;

/** The simulator as a program of its own: one line of JSON says where it is, then it stays up until it is stopped. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '0' },
      name: text,
      'client-id': text,
      secret: text,
      'refresh-token': text,
      latency: { type: 'string', default: '0' },
      'calls-per-day': { type: 'string', default: '100000' },
      'multi-currency': { type: 'boolean', default: false },
      'person-accounts': { type: 'boolean', default: false },
      opportunities: { type: 'string', default: '0' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(usage);
    return;
  }
  const { name, 'client-id': clientId, secret, 'refresh-token': refreshToken } = values;
  const settings: SettingsPatch = {
    latencyMs: Number(values.latency),
    multiCurrency: values['multi-currency'],
    personAccounts: values['person-accounts'],
    limits: { perDay: Number(values['calls-per-day']) },
  };
  const simulator = await startSalesforceSimulator({
    port: Number(values.port),
    settings,
    ...(name === undefined ? {} : { name }),
    ...(clientId === undefined ? {} : { clientId }),
    ...(secret === undefined ? {} : { secret }),
    ...(refreshToken === undefined ? {} : { refreshToken }),
  });
  const opportunities = Array.from({ length: Number(values.opportunities) }, (_, index) => ({
    Name: `Opportunity ${index + 1}`,
    StageName: 'Prospecting',
    CloseDate: '2030-12-31',
    Amount: 1000 + index,
  }));
  simulator.seed('Opportunity', opportunities);
  const { url, tokens, people, org } = simulator;
  const app = { clientId: simulator.clientId, secret: simulator.secret };
  process.stdout.write(`${JSON.stringify({ url, organization: org.id, ...app, ...tokens, people })}\n`);
  const stop = (): void => void simulator.close().then(() => process.exit(0));
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

await main();
