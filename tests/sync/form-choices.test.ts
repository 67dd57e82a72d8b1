import type { CrmField } from '../../connectors/contract.js';
import { choicesAt, missingChoices } from '../../src/sync/form-choices.js';

const place = { connection: 'hubspot', record: 'company', field: 'industry' } as const;
const field = (more: Partial<CrmField> = {}): CrmField => ({
  name: 'industry',
  label: 'Industry',
  type: 'choice',
  choices: [{ value: 'RETAIL', label: 'Retail' }],
  required: false,
  writable: true,
  ours: false,
  ...more,
});

describe('the choices of a field in the CRM', () => {
  it('are taken as they are, whatever case a name is written in', () => {
    const choices = [{ value: 'RETAIL', label: 'Retail' }];
    expect(choicesAt(place, [field({ name: 'Industry' })])).toEqual({ kind: 'read', place, choices });
  });

  it('leave out what no record could hold beside others', () => {
    const odd = ['', ' ', 'a;b', 'a\0', 'x'.repeat(201), 'fine'].map((value) => ({ value, label: value }));
    expect(choicesAt(place, [field({ choices: odd })])).toMatchObject({ choices: [{ value: 'fine' }] });
  });

  it.each<[string, readonly CrmField[] | null, RegExp]>([
    ['records are hidden', null, /no company records/],
    ['field is gone', [field({ name: 'other' })], /no field industry/],
    ['field is of another type', [field({ type: 'text' })], /is one of text/],
    ['field has none', [field({ choices: [] })], /nothing to choose/],
  ])('are not read where the %s', (_, fields, why) => {
    expect(choicesAt(place, fields)).toMatchObject({ kind: 'unread', why: expect.stringMatching(why) as string });
  });

  it('that are missing are told by the question, with what follows from it', () => {
    const asked = { name: 'industry', type: 'choice', label: 'Industry', choicesFrom: place } as const;
    const unread = [{ place, why: 'the CRM is away' }];
    expect(missingChoices([asked], unread, () => true)).toEqual([
      'The question “Industry” goes on offering what was read last: the CRM is away.',
    ]);
    expect(missingChoices([asked, { ...asked, required: true }], unread, () => false)).toEqual([
      'The question “Industry” is not asked until its choices were read: the CRM is away.',
      'The question “Industry” is not asked, although it is required, until its choices were read: the CRM is away.',
    ]);
    expect(missingChoices([{ name: 'a', type: 'text', label: 'A' }], unread, () => false)).toEqual([]);
  });
});
