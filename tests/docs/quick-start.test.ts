import { runTyped } from '../support/project-tools.js';

const withinMs = 120_000;

describe('the quick start', () => {
  it(
    'walks one lead from the form to credited commission, prints a summary as its last line, and ends',
    async () => {
      const { exitCode, stdout, stderr } = await runTyped(['npm', 'run', 'demo', '--', '--once']);
      expect({ exitCode, stderr: exitCode === 0 ? '' : stderr }).toEqual({ exitCode: 0, stderr: '' });
      const summary: unknown = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '');
      expect(summary).toMatchObject({
        registration: { status: 'won' },
        commissions: [
          { kind: 'commission', amount: '1200.00', currency: 'EUR' },
          { kind: 'reversal', amount: '-1200.00', currency: 'EUR' },
          { kind: 'commission', amount: '1500.00', currency: 'EUR' },
        ],
        books: { ok: true },
        crmRecords: { contacts: 1, companies: 1, deals: 1 },
      });
      expect(Object.keys(summary ?? {})).toEqual(expect.arrayContaining(['crm', 'crmCalls']));
    },
    withinMs,
  );
});
