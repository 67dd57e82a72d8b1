import { runTyped } from '../support/project-tools.js';

const withinMs = 120_000;

describe('the quick start', () => {
  it(
    'walks a lead through each CRM from the form to credited commission, says each step, prints a summary as its last line, and ends',
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
        salesforce: {
          registration: { status: 'won' },
          crm: { kind: 'salesforce' },
          commissions: [{ kind: 'commission', amount: '800.00', currency: 'USD' }],
          crmRecords: { leads: 1, accounts: 1, contacts: 1, opportunities: 1 },
        },
      });
      expect(stdout).toMatch(/a simulated Salesforce at http:\/\/127\.0\.0\.1:\d+/);
      expect(Object.keys(summary ?? {})).toEqual(expect.arrayContaining(['crm', 'crmCalls']));
    },
    withinMs,
  );
});
