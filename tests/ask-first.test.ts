import { askFirst, asksFirst } from '../src/ask-first.js';

const apply = ['plan', 'apply', 'gold.yaml', '--reason', 'agreed'];

describe('a command that asks before it stores', () => {
  const answering = async (answer: string, codes: readonly number[] = [0, 0]) => {
    const ran: string[] = [];
    const asked: string[] = [];
    const run = (argv: readonly string[]): Promise<number> => {
      ran.push(argv.slice(apply.length).join(' '));
      return Promise.resolve(codes[ran.length - 1] ?? 0);
    };
    const ask = (question: string): Promise<string> => {
      asked.push(question);
      return Promise.resolve(answer);
    };
    return { code: await askFirst(apply, run, ask), ran, asked };
  };

  it('is `plan apply` or `person erase`, unless it is told not to ask', () => {
    expect(asksFirst(apply)).toBe(true);
    expect(asksFirst(['person', 'erase', 'anna@acme.com', '--reason', 'asked'])).toBe(true);
    expect(
      [
        [...apply, '--yes'],
        ['plan', 'preview', 'gold.yaml'],
        ['person', 'export', 'anna@acme.com'],
        ['doctor'],
        [],
      ].some(asksFirst),
    ).toBe(false);
  });

  it.each(['yes', ' YES '])('shows, asks and stores when the answer is %j', async (answer) => {
    expect(await answering(answer)).toEqual({
      code: 0,
      ran: ['--step show', '--step store'],
      asked: ['Apply? (yes/no) '],
    });
  });

  it.each(['no', 'y', ''])('stores nothing when the answer is %j, and says so to a script', async (answer) => {
    expect(await answering(answer)).toMatchObject({ code: 1, ran: ['--step show'] });
  });

  it('does not ask about what could not be shown, and ends as storing ended', async () => {
    expect(await answering('yes', [2])).toEqual({ code: 2, ran: ['--step show'], asked: [] });
    expect((await answering('yes', [0, 1])).code).toBe(1);
  });
});
