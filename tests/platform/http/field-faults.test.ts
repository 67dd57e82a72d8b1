import { z } from 'zod';
import { fieldFaults } from '../../../src/platform/http/field-faults.js';

function faults(schema: z.ZodType, input: unknown) {
  const result = schema.safeParse(input);
  return result.success ? [] : fieldFaults(result.error.issues, input);
}

describe('what is wrong with a field', () => {
  const deal = z.strictObject({
    amount: z.string().min(1).max(5),
    lines: z.array(z.strictObject({ days: z.int().min(0) })).max(2),
    kind: z.enum(['payment', 'refund']),
    attestation: z.literal(true),
    on: z.iso.date(),
    apiKey: z.string().min(20).optional(),
  });

  it('is said with the path to it, what was there and what is expected', () => {
    const input = {
      amount: 'x'.repeat(200),
      lines: [{ days: 1 }, { days: 1.5, hours: 2 }],
      kind: 'gift',
      attestation: false,
      on: '31.12.2026',
    };
    expect(faults(deal, input).map(({ field, value, expected }) => [field, value, expected])).toEqual([
      ['amount', `"${'x'.repeat(79)}…`, 'at most 5 characters'],
      ['lines[1].days', '1.5', 'a whole number'],
      ['lines[1].hours', undefined, 'no such field'],
      ['kind', '"gift"', 'one of payment, refund'],
      ['attestation', 'false', 'true'],
      ['on', '"31.12.2026"', 'a day, YYYY-MM-DD'],
    ]);
  });

  it('names what is missing, and the body as a whole', () => {
    expect(faults(deal, {}).map((fault) => fault.message)).toEqual([
      'amount is missing.',
      'lines is missing.',
      'kind is missing.',
      'attestation is missing.',
      'on is missing.',
    ]);
    expect(faults(deal, [])).toEqual([
      { field: 'body', value: 'a list of 0', expected: 'an object', message: 'body must be an object.' },
    ]);
  });

  it('never shows the value of a secret', () => {
    const fault = faults(z.object({ apiKey: z.string().min(20) }), { apiKey: 'hunter2' })[0];
    expect(fault).toMatchObject({ field: 'apiKey', expected: 'at least 20 characters' });
    expect(JSON.stringify(fault)).not.toContain('hunter2');
  });

  it('follows the form that was meant when a field may have several', () => {
    const pay = z.object({
      pay: z.union([z.strictObject({ flat: z.string() }), z.strictObject({ percent: z.int() })]),
    });
    expect(faults(pay, { pay: { percent: 'ten' } }).map((fault) => fault.field)).toContain('pay.percent');
    expect(faults(pay, { pay: 5 })).toMatchObject([{ field: 'pay', value: '5' }]);
  });

  it('is said in the schema’s own words, whatever kind of value there was', () => {
    const words = 'a decimal number, such as 12.50';
    const amount = z.union([z.string().regex(/^\d+$/, { error: words }), z.number().min(0, { error: words })], {
      error: words,
    });
    const deal = z.object({ amount, code: z.string().refine((text) => text === 'DE', { error: 'two letters' }) });
    for (const wrong of ['abc', -1, {}, true, null]) {
      expect(faults(deal, { amount: wrong, code: 'D' }).map((fault) => fault.message)).toEqual([
        'amount must be a decimal number, such as 12.50.',
        'code must be two letters.',
      ]);
    }
  });

  it('of the name of a field is said in words too', () => {
    const map = z.record(z.string().regex(/^[a-z]+$/, { error: 'a name of small letters' }), z.string());
    expect(faults(map, { A1: 'x' })).toMatchObject([{ field: 'A1', message: 'A1 must be a name of small letters.' }]);
  });

  it('never shows a pattern or the words of the library', () => {
    const raw = z.object({
      word: z.string().regex(/^[a-z]{3}$/),
      uuid: z.uuid(),
      address: z.ipv4(),
      prefix: z.string().startsWith('reg_'),
      map: z.map(z.string(), z.string()),
      name: z.record(z.string().regex(/^[a-z]{3}$/), z.string()),
      either: z.union([z.string(), z.null()]),
    });
    const found = faults(raw, { word: '1', uuid: '1', address: '1', prefix: '1', map: 1, name: { 1: '' }, either: 1 });
    expect(found).toHaveLength(7);
    for (const { message } of found) expect(message).not.toMatch(/[{/\\^[]|Invalid|expected|pattern|received/);
  });

  it('stops at twenty faults', () => {
    const many = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`f${String(index)}`, 1]));
    expect(faults(z.strictObject({}), many)).toHaveLength(20);
  });
});
