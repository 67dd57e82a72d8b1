/**
 * Refuses a release whose notes are not written: runs from `npm version`, before the commit and the tag are made.
 * Usage: node config/release-check.mjs [folder with CHANGELOG.md and package.json]
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.argv[2] ?? '.';
const changelog = readFileSync(join(folder, 'CHANGELOG.md'), 'utf8');
const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));

const faults = releaseFaults(changelog, version);
for (const fault of faults) console.error(`CHANGELOG.md: ${fault}`);
process.exitCode = faults.length === 0 ? 0 : 1;

/**
 * @param {string} text the change log, in Keep a Changelog form
 * @param {string} released the version about to be released
 * @returns {string[]} what stands in the way
 */
function releaseFaults(text, released) {
  const sections = new Map(text.split(/^## /m).slice(1).map(titleAndNotes));
  const unreleased = sections.get('[Unreleased]');
  const dated = [...sections.keys()].find((title) => title.startsWith(`[${released}] - `));
  const faults = [];
  if (unreleased === undefined) faults.push('there is no "## [Unreleased]" section.');
  else if (unreleased !== '') faults.push(`notes are left under [Unreleased]; move them under [${released}].`);
  if (dated === undefined) faults.push(`there is no section "## [${released}] - YYYY-MM-DD".`);
  else if (!/ - \d{4}-\d{2}-\d{2}$/.test(dated)) faults.push(`"${dated}" does not end in a date.`);
  else if (sections.get(dated) === '') faults.push(`the section [${released}] says nothing.`);
  return faults;
}

/**
 * @param {string} section text after "## "
 * @returns {[string, string]} its title and its notes without empty headings and link definitions
 */
function titleAndNotes(section) {
  const [title = '', ...lines] = section.split('\n');
  const notes = lines.filter((line) => !/^(\s*|### .*|\[[^\]]+\]: .*)$/.test(line));
  return [title.trim(), notes.join('\n')];
}
