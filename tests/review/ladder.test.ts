import type { Day } from '../../src/program/calendar.js';
import { defaultProgram } from '../../src/program/program.js';
import { inOrder, rungsReached, toldOf, type Colleague } from '../../src/review/ladder.js';
import { nextMorning } from '../../src/review/remind.handler.js';

const colleague = (id: string, role: string): Colleague => ({ id, name: id, email: `${id}@vendor.com`, role });
const ann = colleague('ann', 'channel-manager');
const bob = colleague('bob', 'channel-manager');
const rev = colleague('rev', 'rev-ops');
const boss = colleague('boss', 'admin');
const all = [ann, bob, rev, boss];

describe('the ladder of reminders', () => {
  const ladder = inOrder([
    { workingDays: 3, tell: 'rev-ops' },
    { workingDays: -1, tell: 'assignee' },
    { workingDays: 1, tell: 'channel-manager' },
  ]);
  const submitted = new Date('2026-03-02T10:00:00Z');
  const reachedOn = (day: string, toldUpTo: number | null = null) =>
    rungsReached(ladder, { since: submitted, toldUpTo }, defaultProgram, new Date(`${day}T07:00:00Z`)).map(
      ({ workingDays }) => workingDays,
    );

  it('is climbed by working days before and after the day an answer is due', () => {
    // Submitted on Monday the 2nd, due on Wednesday the 4th.
    expect(reachedOn('2026-03-02')).toEqual([]);
    expect(reachedOn('2026-03-04')).toEqual([-1]);
    expect(reachedOn('2026-03-06')).toEqual([-1, 1]);
    expect(reachedOn('2026-03-09')).toEqual([-1, 1, 3]);
  });

  it('tells no rung twice, also when the ladder was changed meanwhile', () => {
    expect(reachedOn('2026-03-09', 1)).toEqual([3]);
    expect(reachedOn('2026-03-09', 3)).toEqual([]);
  });

  it('tells whoever has it, and where nobody has, every channel manager', () => {
    expect(toldOf('assignee', 'bob', all)).toEqual([bob]);
    expect(toldOf('assignee', null, all)).toEqual([ann, bob]);
    expect(toldOf('assignee', 'somebody who left', all)).toEqual([ann, bob]);
  });

  it('goes on to the next role where a post is vacant', () => {
    expect(toldOf('channel-manager', null, [boss, rev])).toEqual([rev]);
    expect(toldOf('rev-ops', null, [ann, boss])).toEqual([boss]);
    expect(toldOf('admin', null, [ann])).toEqual([]);
  });

  it('is looked at in the morning of the program', () => {
    const at = (text: string) => nextMorning(new Date(text), 'Europe/Berlin').toISOString();
    expect(at('2026-03-02T05:59:00Z')).toBe('2026-03-02T06:00:00.000Z');
    expect(at('2026-03-02T06:00:00Z')).toBe('2026-03-03T06:00:00.000Z');
    expect(defaultProgram.holidays).toEqual([] satisfies Day[]);
  });
});
