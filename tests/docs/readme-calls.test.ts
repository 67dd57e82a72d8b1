import type { ApiClient } from '../support/api-client.js';
import { startRunningService, type RunningService } from '../support/running-service.js';
import { curlCall, type CurlAnswer } from './curl-call.js';
import { codeBlocks, codeCell, readDocument, tableWith } from './markdown.js';
import { commandsOf, wordsOf } from './shell.js';

const readme = readDocument('README.md');

interface Operation {
  readonly summary: string;
  readonly description: string;
}
type Paths = Readonly<Record<string, Readonly<Record<string, Operation>>>>;

/** How the OpenAPI document says who may call, and how the README does. */
const whoMayCall = [
  ['For operator keys.', 'operator'],
  ['For partner keys.', 'partner'],
  ['For operator and partner keys;', 'both'],
  ['Without a key.', 'none'],
] as const;

describe('the README', () => {
  let service: RunningService;
  let operator: ApiClient;
  beforeAll(async () => {
    // The operator key of the README, so that its calls work as they stand.
    service = await startRunningService({ environment: { ADMIN_API_KEY: readmeKey() } });
    operator = service.as(readmeKey());
  });
  afterAll(() => service.close());

  it('lists exactly the calls of the API, who may make them and what they do', async () => {
    const { paths } = await operator.get<{ paths: Paths }>('/api/v1/openapi.json');
    const offered = Object.entries(paths).flatMap(([path, operations]) =>
      Object.entries(operations).map(([method, { summary, description }]) => ({
        call: `${method.toUpperCase()} ${path}`,
        key: whoMayCall.find(([sentence]) => description.includes(sentence))?.[1] ?? description,
        does: summary,
      })),
    );
    const listed = tableWith(readme, ['call', 'key', 'does']);
    const byCall = (a: { readonly call: string }, b: { readonly call: string }) => (a.call < b.call ? -1 : 1);
    expect(listed.map((row) => ({ ...row, call: codeCell(row.call) ?? row.call })).toSorted(byCall)).toEqual(
      offered.toSorted(byCall),
    );
  });

  it('names no other address that does not answer', async () => {
    const addresses = ['/webhooks/hubspot', '/docs/', '/api/v1/openapi.json', '/healthz', '/readyz', '/metrics'];
    const statuses = await Promise.all(
      addresses.map(async (path) => {
        const method = path.startsWith('/webhooks') ? 'POST' : 'GET';
        return `${path} ${(await fetch(`${service.url}${path}`, { method })).status}`;
      }),
    );
    expect(statuses).toEqual(addresses.map((path) => `${path} ${path.startsWith('/webhooks') ? '401' : '200'}`));
    expect(addresses.filter((path) => !readme.includes(`\`${path.replace(/\/$/, '')}\``))).toEqual([]);
  });

  it('explains exactly the figures that are the service’s own', async () => {
    const text = await (await fetch(`${service.url}/metrics`)).text();
    const names = [...text.matchAll(/^# TYPE ((?:introducer|http)_\w+)/gm)].map((match) => match[1]);
    expect(tableWith(readme, ['figure', 'says']).map((row) => codeCell(row.figure))).toEqual(
      expect.arrayContaining(names),
    );
    expect(names).toEqual(
      expect.arrayContaining(tableWith(readme, ['figure', 'says']).map((row) => codeCell(row.figure))),
    );
  });

  it('shows calls that work as they stand, one after the other, from the plan to the payment', async () => {
    const made = await makeCalls(service);
    expect(made.filter(({ status }) => status < 200 || status > 299)).toEqual([]);
    const lines = await operator.get<{ items: readonly { status: string; amount: string }[] }>('/api/v1/commissions');
    expect(lines.items).toMatchObject([{ status: 'paid', amount: '1200.00' }]);
  });
});

function readmeKey(): string {
  return /^export KEY=(\S+)$/m.exec(readme)?.[1] ?? '';
}

interface MadeCall extends CurlAnswer {
  readonly command: string;
}

/** Reads the README as a person would: makes each call, and notes from the answer what the next ones need. */
async function makeCalls(service: RunningService): Promise<readonly MadeCall[]> {
  const made: MadeCall[] = [];
  const noted: Record<string, string> = {};
  for (const command of codeBlocks(readme, 'sh').flatMap(commandsOf)) {
    if (command.assigns !== null) {
      const { name, value } = command.assigns;
      noted[name] = name === 'URL' ? service.url : noteFrom(made.at(-1)?.body, value);
      continue;
    }
    if (!command.text.startsWith('curl ')) continue;
    if (command.text.includes('/commissions?')) await winTheOnlyDeal(service);
    made.push({ command: command.text, ...(await curlCall(wordsOf(command.text, noted))) });
    await service.settled();
  }
  return made;
}

/** The id of the last answer that is of the kind of the one shown: `par_…` for a partner. Anything else is used as shown. */
function noteFrom(body: unknown, shown: string): string {
  const prefix = /^[a-z]+_(?=\w{26}$)/.exec(shown)?.[0];
  if (prefix === undefined) return shown;
  const id = new RegExp(`"id":"(${prefix}\\w+)"`).exec(JSON.stringify(body))?.[1];
  if (id === undefined) throw new Error(`the answer holds no id that begins with ${prefix}: ${JSON.stringify(body)}`);
  return id;
}

async function winTheOnlyDeal(service: RunningService): Promise<void> {
  const [deal] = service.hubspot.person.records('deals');
  if (deal === undefined) throw new Error('there is no deal in HubSpot');
  service.hubspot.person.updateRecord('deals', deal.id, { dealstage: 'closedwon' });
  await service.settled();
}
