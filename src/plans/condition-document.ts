import { z } from 'zod';
import { compareRatios } from '../money/ratio.js';
import { assertDefined } from '../platform/assert.js';
import { nearest } from './nearest.js';
import { didYouMean, expecting, slipOfMoney, slipOfNumber } from './slips.js';
import { comparisons, subjects, type Condition, type Subject, type Test } from './condition.js';
import { checked, readAmountText, readDecimal } from './document-parts.js';

const expected = {
  condition:
    'conditions, as { partner.tier: gold }, { deal.amount: { atLeast: 10000 } }, { all: […] }, { any: […] } or { not: … }',
  list: 'a list of 1 to 50 conditions',
  test: 'a value, a list of values, or { is, not, atLeast, above, atMost, below, exists }',
  values: 'a value, or a list of 1 to 100 values, each of at most 200 characters',
  sign: 'a comparison in words, as { atLeast: 10 }, { above: 10 }, { atMost: 10 }, { below: 10 } or { not: 10 }',
  bound: 'a number, or an amount with its currency such as 10000 EUR',
  exists: 'true or false',
  subject: `something to look at: ${subjects.join(', ')}, field.NAME or metric.NAME`,
  some: 'at least one condition',
  range: 'a range with something in it: what is below is above what is at least',
  operator: 'at least one of is, not, atLeast, above, atMost, below, exists',
} as const;

const maxConditions = 50;
const maxValues = 100;
const maxValueLength = 200;
const ownName = /^(field\.[A-Za-z][A-Za-z0-9_]{0,49}|metric\.[A-Za-z][A-Za-z0-9_-]{0,49})$/;

/** A comparison as programs write it. */
const sign = /^\s*(>=|<=|>|<|==?|!=)/;
const value = z
  .union([z.string().max(maxValueLength), z.number(), z.boolean()], { error: expected.values })
  .transform(String)
  .refine((text) => !sign.test(text), { error: expected.sign, abort: true });
const testWords = ({ input }: { readonly input?: unknown }): string =>
  typeof input === 'string' && sign.test(input) ? expected.sign : expected.test;
const values = z.union(
  [value, z.array(value).min(1, { error: expected.values }).max(maxValues, { error: expected.values })],
  { error: expected.values },
);
const bound = z
  .union([z.number(), z.string()], { error: expected.bound })
  .transform(String)
  .refine((text) => readDecimal(text) !== null || readAmountText(text) !== null, {
    error: expecting(expected.bound, slipOfBound),
    abort: true,
  });

const operators = checked(
  z.strictObject(
    {
      is: values.optional(),
      not: values.optional(),
      atLeast: bound.optional(),
      above: bound.optional(),
      atMost: bound.optional(),
      below: bound.optional(),
      exists: z.boolean({ error: expected.exists }).optional(),
    },
    { error: expected.test },
  ),
  (tests, refuse) => {
    if (Object.keys(tests).length === 0) refuse([], expected.operator);
    const [above, below] = [tests.atLeast ?? tests.above, tests.atMost ?? tests.below];
    if (above !== undefined && below !== undefined && isEmptyRange(above, below)) refuse([], expected.range);
  },
);
const test = z.union(
  [value, z.array(value).min(1, { error: expected.values }).max(maxValues, { error: expected.values }), operators],
  { error: testWords },
);

const known = Object.fromEntries(subjects.map((subject) => [subject, test.optional()])) as Record<
  (typeof subjects)[number],
  z.ZodOptional<typeof test>
>;

type TestDocument = z.output<typeof test>;
export type ConditionDocument = { readonly [subject: string]: unknown };

/** Names are looked at even where what is asked of them is wrong: a name that is none explains it. */
const whatever = { when: () => true };

function subjectWords(key: string): string {
  const meant = subjectMeant(key);
  return meant === null ? expected.subject : `something to look at (${meant})`;
}

/** `tier` for `partner.tier`, `or` for `any`. */
function subjectMeant(key: string): string | null {
  const meant = { or: 'any', and: 'all', none: 'not' }[key.toLowerCase()];
  if (meant !== undefined) return didYouMean(meant);
  const inner = subjects.filter((subject) => subject.endsWith(`.${key}`));
  if (inner.length > 0) return didYouMean(inner.join(' or '));
  const within = subjects.filter((subject) => subject.startsWith(`${key}.`));
  if (within.length > 0) return `as one name, such as ${String(within.at(-1))}`;
  const found = nearest(key, subjects);
  return found === null ? null : didYouMean(found);
}

function slipOfBound(written: unknown): string | null {
  return slipOfNumber(String(written).replace(/[A-Za-z€£$]/g, '') === written ? written : '') ?? slipOfMoney(written);
}

/** Everything in it must hold. */
export const condition: z.ZodType<ConditionDocument> = z.lazy(() =>
  z
    .object(
      {
        ...known,
        all: z
          .array(condition, { error: expected.list })
          .min(1, { error: expected.list })
          .max(maxConditions, { error: expected.list })
          .optional(),
        any: z
          .array(condition, { error: expected.list })
          .min(1, { error: expected.list })
          .max(maxConditions, { error: expected.list })
          .optional(),
        not: condition.optional(),
      },
      { error: expected.condition },
    )
    .catchall(test)
    .superRefine((written, context) => {
      if (typeof written !== 'object' || Array.isArray(written)) return;
      const names = Object.keys(written).filter((key) => written[key as keyof typeof written] !== undefined);
      if (names.length === 0) context.addIssue({ code: 'custom', message: expected.some });
      for (const key of names) {
        if (key === 'all' || key === 'any' || key === 'not' || subjectNamed(key) !== null) continue;
        context.addIssue({ code: 'custom', path: [key], message: subjectWords(key), params: { of: 'name' } });
      }
    }, whatever),
);

/** Whether nothing is both; amounts of two currencies cannot be compared here. */
function isEmptyRange(above: string, below: string): boolean {
  const [low, high] = [boundOf(above), boundOf(below)];
  return low.currency === high.currency && compareRatios(low.value, high.value) > 0;
}

/** How deep conditions are nested. */
export function depthOf(document: ConditionDocument): number {
  const inner = ['all', 'any', 'not'].flatMap((key) => [document[key] ?? []].flat() as ConditionDocument[]);
  return 1 + Math.max(0, ...inner.map(depthOf));
}

/** The condition a document states. */
export function conditionOf(document: ConditionDocument): Condition {
  const parts = Object.entries(document).flatMap(([key, written]): readonly Condition[] => {
    if (written === undefined) return [];
    if (key === 'all' || key === 'any') {
      return [{ kind: key, of: (written as readonly ConditionDocument[]).map(conditionOf) }];
    }
    if (key === 'not') return [{ kind: 'not', of: conditionOf(written as ConditionDocument) }];
    const subject = assertDefined(subjectNamed(key), 'a stored condition looks at something known');
    return testsOf(written as TestDocument).map((found): Condition => {
      const { negated, ...asked } = found;
      const condition: Condition = { kind: 'test', subject, test: asked };
      return negated ? { kind: 'not', of: condition } : condition;
    });
  });
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : { kind: 'all', of: parts };
}

function testsOf(document: TestDocument): readonly (Test & { readonly negated: boolean })[] {
  if (typeof document === 'string') return [{ kind: 'one-of', values: [document], negated: false }];
  if (Array.isArray(document)) return [{ kind: 'one-of', values: document, negated: false }];
  const { is, not, exists, ...bounds } = document;
  return [
    ...(is === undefined ? [] : [{ kind: 'one-of' as const, values: [is].flat(), negated: false }]),
    ...(not === undefined ? [] : [{ kind: 'one-of' as const, values: [not].flat(), negated: true }]),
    ...comparisons.flatMap((kind) => {
      const text = bounds[kind];
      return text === undefined ? [] : [{ kind, ...boundOf(text), negated: false }];
    }),
    ...(exists === undefined ? [] : [{ kind: 'exists' as const, wanted: exists, negated: false }]),
  ];
}

function boundOf(text: string): Pick<Test & { readonly kind: 'above' }, 'value' | 'currency'> {
  const amount = readAmountText(text);
  if (amount !== null) return { value: amount.amount, currency: amount.currency };
  return { value: assertDefined(readDecimal(text), 'a stored bound is readable'), currency: null };
}

function subjectNamed(key: string): Subject | null {
  const found = subjects.find((subject) => subject === key);
  if (found !== undefined) return { kind: 'known', name: found };
  if (!ownName.test(key)) return null;
  const [kind = '', name = ''] = key.split(/\.(.*)/);
  return kind === 'field' ? { kind: 'field', name } : { kind: 'metric', name };
}
