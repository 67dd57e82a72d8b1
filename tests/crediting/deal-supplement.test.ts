import { supplementFile } from '../../src/crediting/deal-supplement.api.js';
import { judgeSupplements, mostFields, supplemented } from '../../src/crediting/deal-supplement.js';
import { readCsvRows } from '../../src/platform/http/csv-form.js';
import { asDay } from '../plans/sample-facts.js';

const known = { churnedOn: asDay('2026-06-30'), fields: { cost: '400.00' } };

describe('what the CRM does not know of a deal', () => {
  it.each([
    [{ churnedOn: null }, { churnedOn: null, fields: known.fields }],
    [{ fields: { tax: '19' } }, { churnedOn: known.churnedOn, fields: { cost: '400.00', tax: '19' } }],
    [{ fields: { cost: null } }, { churnedOn: known.churnedOn, fields: {} }],
    [{ fields: { cost: '400.00', tax: null } }, null],
    [{ churnedOn: asDay('2026-06-30') }, null],
    [{}, null],
  ])('is changed by %j only where it says something new', (change, after) => {
    expect(supplemented(known, change)).toEqual(after);
  });

  it('adds up where a report names a deal twice', () => {
    const dealIds = new Set(['deal_1']);
    const changes = [{ fields: { a: '1', b: '1' } }, { fields: { a: '2' } }];
    const report = changes.map((change) => ({ place: '', dealId: 'deal_1', change }));
    const { fresh } = judgeSupplements(report, { dealIds, known: new Map() }) as {
      fresh: ReadonlyMap<string, unknown>;
    };
    expect(fresh.get('deal_1')).toEqual({ churnedOn: null, fields: { a: '2', b: '1' } });
  });

  it('has its limit, also when it comes little by little', () => {
    const dealIds = new Set(['deal_1']);
    const values = (from: number) =>
      Object.fromEntries(Array.from({ length: mostFields }, (_, index) => [`f${String(from + index)}`, '1']));
    const before = new Map([['deal_1', { churnedOn: null, fields: values(0) }]]);
    const report = [{ place: 'line 2: ', dealId: 'deal_1', change: { fields: values(1) } }];
    expect(judgeSupplements(report, { dealIds, known: before })).toMatchObject({
      kind: 'refused',
      faults: [{ message: 'line 2: fields is "51 values"; expected at most 50 for a deal.' }],
    });
  });
});

describe('a file about deals', () => {
  it('has a column for each value, and says nothing where a cell is empty', () => {
    expect(
      readCsvRows('dealId,cost,churnedOn,segment\ndeal_1,400.00,,SMB\ndeal_2,,2026-06-30,\n', supplementFile),
    ).toEqual({
      kind: 'rows',
      rows: [
        { place: 'line 2: ', value: { dealId: 'deal_1', fields: { cost: '400.00', segment: 'SMB' } } },
        { place: 'line 3: ', value: { dealId: 'deal_2', churnedOn: '2026-06-30', fields: {} } },
      ],
    });
  });

  it('is refused as a whole, with every wrong line and column', () => {
    expect(readCsvRows('dealId,churnedOn,net cost\n,soon,\ndeal_1,,4\n', supplementFile)).toEqual({
      kind: 'refused',
      messages: [
        'line 2: dealId is missing; expected a text.',
        'line 2: churnedOn is "soon"; expected a day, YYYY-MM-DD.',
        'line 3: net cost is "4"; expected a letter, then letters, digits and underscores, at most 50 characters.',
      ],
    });
  });
});
