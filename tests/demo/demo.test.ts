import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { z } from 'zod';
import { projectRoot } from '../support/project-tools.js';

const withinMs = 180_000;

const summary = z.object({
  registration: z.object({ id: z.string(), status: z.string(), protectedUntil: z.iso.date() }),
  crm: z.object({ kind: z.literal('hubspot'), contactId: z.string(), companyId: z.string(), dealId: z.string() }),
  commissions: z.array(z.object({ kind: z.string(), amount: z.string(), currency: z.string(), status: z.string() })),
  books: z.object({ ok: z.boolean(), words: z.string() }),
  crmCalls: z.record(z.string(), z.number()),
  crmRecords: z.object({ contacts: z.number(), companies: z.number(), deals: z.number() }),
});

describe('the demo, as a new user runs it', () => {
  it(
    'walks one lead to its commission, ends well, and says what happened as JSON in its last line',
    async () => {
      const { stdout } = await promisify(execFile)('npm', ['run', 'demo', '--', '--once'], {
        cwd: projectRoot,
        timeout: withinMs,
      });
      const told = summary.parse(JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? ''));
      expect(told.registration.status).toBe('won');
      expect(told.crmRecords).toEqual({ contacts: 1, companies: 1, deals: 1 });
      expect(told.commissions.map((line) => `${line.kind} ${line.amount} ${line.currency}`)).toEqual([
        'commission 1200.00 EUR',
        'reversal -1200.00 EUR',
        'commission 1500.00 EUR',
      ]);
      expect(told.books.ok).toBe(true);
      expect(Object.keys(told.crmCalls).filter((call) => call.endsWith(' 429'))).toEqual([]);
      for (const step of ['1. ', '5. Rev ops approves.', '→ Closed Won', 'introducer_commission = 1500.00']) {
        expect(stdout).toContain(step);
      }
    },
    withinMs,
  );
});
