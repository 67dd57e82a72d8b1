/**
 * Says at the end of a run, where nobody overlooks it, which suites and tests did not run. A green run that tested less
 * than it seems to is worse than a red one.
 *
 * @implements {Pick<import('@jest/reporters').Reporter, 'onRunComplete'>}
 */
export default class NotRunReporter {
  /**
   * @param {unknown} _contexts
   * @param {import('@jest/test-result').AggregatedResult} results
   */
  onRunComplete(_contexts, results) {
    const notRun = countNotRun(results);
    if (notRun.size === 0) return;
    const lines = [...notRun].map(([title, count]) => `  - ${title}: ${String(count)} test${count === 1 ? '' : 's'}`);
    process.stderr.write(`\n!!! DID NOT RUN !!!\n${lines.join('\n')}\n`);
  }

  getLastError() {
    return undefined;
  }
}

/**
 * @param {import('@jest/test-result').AggregatedResult} results
 * @returns {Map<string, number>} number of tests that did not run, by the title of their outermost suite
 */
function countNotRun(results) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const file of results.testResults) {
    for (const test of file.testResults) {
      if (test.status !== 'pending' && test.status !== 'todo') continue;
      const title = test.ancestorTitles[0] ?? test.title;
      counts.set(title, (counts.get(title) ?? 0) + 1);
    }
  }
  return counts;
}
