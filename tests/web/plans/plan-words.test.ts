import { dropDraft, keepDraft, keptDraft } from '../../../src/web/plans/editor/draft.js';
import { effectiveFromOf, withEffectiveFrom } from '../../../src/web/plans/editor/effective-from.js';
import { isSame, lineDiff } from '../../../src/web/plans/line-diff.js';

describe('the first day of a plan', () => {
  it.each([
    ['plan: a\neffectiveFrom: 2026-01-01 # agreed\n', 'plan: a\neffectiveFrom: 2026-07-01 # agreed\n'],
    ["plan: a\neffectiveFrom: '2026-01-01'\n", 'plan: a\neffectiveFrom: 2026-07-01\n'],
    ['plan: a\neffectiveFrom:\n', 'plan: a\neffectiveFrom: 2026-07-01\n'],
    ['{"plan": "a", "effectiveFrom": "2026-01-01"}', '{"plan": "a", "effectiveFrom": "2026-07-01"}'],
    ['plan: a\n', 'plan: a\n'],
  ])('is changed in %j', (text, changed) => {
    expect(withEffectiveFrom(text, '2026-07-01')).toBe(changed);
  });

  it.each([
    ['plan: a\neffectiveFrom: 2026-01-01\n', '2026-01-01'],
    ['plan: a\neffectiveFrom: "2026-01-01"\n', '2026-01-01'],
    ['# effectiveFrom: 2026-01-01\nplan: a\n', null],
  ])('is read from %j', (text, day) => {
    expect(effectiveFromOf(text)).toBe(day);
  });
});

describe('what changed between two versions', () => {
  it('shows the lines that went and came, and leaves out what is far from them', () => {
    const before = Array.from({ length: 12 }, (_, index) => `line ${String(index)}`);
    const after = before.with(6, 'another line');
    expect(lineDiff(before, after)).toEqual([
      { kind: 'same', lines: [], leftOut: 4, after: ['line 4', 'line 5'] },
      { kind: 'removed', lines: ['line 6'] },
      { kind: 'added', lines: ['another line'] },
      { kind: 'same', lines: ['line 7', 'line 8'], leftOut: 3, after: [] },
    ]);
  });

  it('says when nothing did', () => {
    expect(isSame(lineDiff(['a'], ['a']))).toBe(true);
    expect(isSame(lineDiff(['a'], ['b']))).toBe(false);
  });
});

describe('the draft of a plan', () => {
  const storage = () => {
    const kept = new Map<string, string>();
    return {
      getItem: (name: string) => kept.get(name) ?? null,
      setItem: (name: string, value: string) => void kept.set(name, value),
      removeItem: (name: string) => void kept.delete(name),
    };
  };

  it('is there until it was stored or thrown away', () => {
    const browser = storage();
    expect(keepDraft('plan:a', { text: 'plan: a', base: 'a@1' }, browser)).toBe(true);
    expect(keptDraft('plan:a', browser)).toEqual({ text: 'plan: a', base: 'a@1' });
    dropDraft('plan:a', browser);
    expect(keptDraft('plan:a', browser)).toBeNull();
  });

  it('is none where the browser has something else, or keeps nothing', () => {
    expect(keptDraft('plan:a', { getItem: () => '{"text":1}' })).toBeNull();
    expect(keptDraft('plan:a', { getItem: () => '{' })).toBeNull();
    const full = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
    expect(keepDraft('plan:a', { text: '', base: null }, { setItem: full })).toBe(false);
  });
});
