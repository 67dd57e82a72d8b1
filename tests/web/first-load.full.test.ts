import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { buildWebApp, type BuiltWebApp } from '../support/web-app.js';

type Manifest = Readonly<
  Record<string, { readonly file: string; readonly imports?: readonly string[]; readonly isDynamicEntry?: boolean }>
>;

const mostBytes = 250_000;
/** What a page fetches once it is there, such as an editor. */
const mostBytesLater = 150_000;

describe('the built web application', () => {
  let app: BuiltWebApp;
  let manifest: Manifest;

  beforeAll(async () => {
    app = await buildWebApp();
    manifest = JSON.parse(await readFile(join(app.folder, '.vite/manifest.json'), 'utf8')) as Manifest;
  });
  afterAll(() => app.remove());

  /** A chunk and everything it needs before it can run. */
  const needed = (name: string, seen = new Set<string>()): ReadonlySet<string> => {
    if (seen.has(name)) return seen;
    seen.add(name);
    for (const imported of manifest[name]?.imports ?? []) needed(imported, seen);
    return seen;
  };

  const isPage = (name: string): boolean => name.endsWith('-page.tsx');
  const fetchedWhenNeeded = () => Object.keys(manifest).filter((name) => manifest[name]?.isDynamicEntry === true);
  const bytesOf = async (chunks: ReadonlySet<string>): Promise<number> => {
    const files = [...chunks].map((name) => join(app.folder, `${manifest[name]?.file ?? ''}.gz`));
    const sizes = await Promise.all(files.map(async (file) => (await stat(file)).size));
    return sizes.reduce((sum, size) => sum + size, 0);
  };

  it('opens on any page with at most 250 kB of compressed JavaScript', async () => {
    const pages = fetchedWhenNeeded().filter(isPage);
    expect(pages.length).toBeGreaterThan(10);
    for (const page of pages) {
      const bytes = await bytesOf(new Set([...needed('index.html'), ...needed(page)]));
      expect({ page, fits: bytes <= mostBytes, bytes }).toEqual({ page, fits: true, bytes });
    }
  });

  it('fetches at most 150 kB more for what a page shows later', async () => {
    const first = needed('index.html');
    for (const part of fetchedWhenNeeded().filter((name) => !isPage(name))) {
      const bytes = await bytesOf(new Set([...needed(part)].filter((name) => !first.has(name))));
      expect({ part, fits: bytes <= mostBytesLater, bytes }).toEqual({ part, fits: true, bytes });
    }
  });

  it('has no script inside its page, which the policy would refuse', async () => {
    const html = await readFile(join(app.folder, 'index.html'), 'utf8');
    const scripts = [...html.matchAll(/<script[^>]*>([^<]*)</g)];
    expect(scripts).toHaveLength(1);
    expect(scripts[0]?.[1]).toBe('');
    expect(html).not.toMatch(/ on[a-z]+=/);
  });

  it('carries no schema of the service, which it takes only types of', async () => {
    const names = Object.values(manifest).map(({ file }) => join(app.folder, file));
    const scripts = await Promise.all(
      names.filter((name) => name.endsWith('.js')).map((name) => readFile(name, 'utf8')),
    );
    expect(scripts.filter((script) => script.includes('SubmitRegistration'))).toEqual([]);
  });
});
