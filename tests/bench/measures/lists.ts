import { openCrm } from '../crm.js';
import { atMost } from '../figure.js';
import type { Measure, MeasureContext } from '../measure.js';
import { openProduct } from '../product.js';

const registrations = 10_000;
const rounds = 15;
const withinMs = 200;

const filters = {
  'by a part of a name that nothing has': 'search=no-such-company',
  'by a part of a name that thousands have': 'search=7',
  'by status': 'status=approved',
  'by the days of approval': 'by=approved&from=2026-01-01&to=2099-12-31',
  'by the days of the win': 'by=won&from=2020-01-01&to=2099-12-31',
} as const;

/** What an operator waits for on the server when a list of ten thousand is narrowed. */
export const lists: Measure = {
  name: 'lists',
  title: `A list of ${registrations.toLocaleString('en')} registrations that is narrowed, and the overview of them`,
  take,
};

async function take({ cleanup, main }: MeasureContext) {
  const crm = await openCrm(cleanup, { deals: registrations, limited: false });
  const { operator } = await openProduct(cleanup, crm, { main, shape: 'all' });
  const msOf = async (path: string): Promise<readonly number[]> => {
    const took: number[] = [];
    for (let round = 0; round <= rounds; round += 1) {
      const startedMs = performance.now();
      await operator.get(path);
      took.push(performance.now() - startedMs);
    }
    // The first one prepares statements.
    return took.slice(1);
  };
  const figures = [];
  for (const [name, query] of Object.entries(filters)) {
    const values = await msOf(`/api/v1/registrations?${query}`);
    figures.push({ name, unit: 'ms', values, target: atMost(withinMs) });
  }
  figures.push({ name: 'the overview of twelve months', unit: 'ms', values: await msOf('/api/v1/overview') });
  return { figures, notes: ['One request after the other, over loopback, fifty rows a page.'] };
}
