const notApplied = 1;

/** Whether a command stores something that a person should have looked at, and was not told to go ahead. */
export function asksFirst(argv: readonly string[]): boolean {
  return questionOf(argv) !== undefined && !argv.includes('--yes');
}

/**
 * Runs the half of a command that shows, asks, and runs the half that stores if the answer is yes. Each half may run in a
 * service that holds the database, where nobody can be asked.
 */
export async function askFirst(
  argv: readonly string[],
  run: (argv: readonly string[]) => Promise<number>,
  ask: (question: string) => Promise<string>,
): Promise<number> {
  const shown = await run([...argv, '--step', 'show']);
  if (shown !== 0) return shown;
  const answer = await ask(`${questionOf(argv) ?? 'Go on?'} (yes/no) `);
  return answer.trim().toLowerCase() === 'yes' ? run([...argv, '--step', 'store']) : notApplied;
}

function questionOf([group, act]: readonly string[]): string | undefined {
  if (group === 'plan' && act === 'apply') return 'Apply?';
  return group === 'person' && act === 'erase' ? 'Erase?' : undefined;
}
