/**
 * Makes `npx introducer` find the command this project builds. npm links a project's own command only where the project is
 * installed into another one; without the link npx installs a copy into its cache first, slowly and over the network.
 */
import { chmodSync, existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const root = join(import.meta.dirname, '..');
const command = join(root, 'dist/src/cli.js');
const link = join(root, 'node_modules/.bin/introducer');

if (existsSync(command) && process.platform !== 'win32') {
  // The compiler writes the file anew without the permission to run it.
  chmodSync(command, 0o755);
  mkdirSync(dirname(link), { recursive: true });
  rmSync(link, { force: true });
  symlinkSync(relative(dirname(link), command), link);
}
