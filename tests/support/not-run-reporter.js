/**
 * Says at the end of a run, where nobody overlooks it, which suites and tests did not run. A green run that tested less
 * than it seems to is worse than a red one.
 */
export default class NotRunReporter {
  /**
   * @param {unknown} _contexts
   * @param {Results} results
   */
  onRunComplete(_contexts, results) {
    const notRun = countNotRun(results);
    if (notRun.size === 0) return;
    const lines = [...notRun].map(([title, count]) => `  - ${title}: ${String(count)} test${count === 1 ? '' : 's'}`);
    process.stderr.write(`\n!!! DID NOT RUN !!!\n${lines.join('\n')}\n`);
  }
}

/**
 * @typedef {{ status: string, title: string, ancestorTitles: string[] }} TestResult
 * @typedef {{ testResults: { testResults: TestResult[] }[] }} Results
 */

/**
 * @param {Results} results
 * @returns {Map<string, number>} number of tests that did not run, by the title of their outermost suite
 */
function countNotRun(results) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const test of results.testResults.flatMap((file) => file.testResults)) {
    if (test.status !== 'pending' && test.status !== 'todo') continue;
    const title = test.ancestorTitles[0] ?? test.title;
    counts.set(title, (counts.get(title) ?? 0) + 1);
  }
  return counts;
}
