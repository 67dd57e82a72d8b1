import { typescriptFiles } from '../support/project-tools.js';

/** Words that say nothing about what is inside, and so attract everything. */
const emptyWords = /(^|[-./])(utils?|helpers?|common|shared|misc|stuff)([-./]|$)|(^|\/)index\.tsx?$/;
const kebabCase = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)*\.tsx?$/;
/** What a second ending may say. A file without one is pure, and so are the wire (`api`) and what a browser gets. */
const endings = /^[^.]+(\.(routes|job|handler|store|migration|api|html|css|d))?\.ts$|^[^.]+\.tsx$/;

describe('a file', () => {
  const product = typescriptFiles('src', 'connectors', 'config');

  it('is named in kebab-case after what is inside', () => {
    const files = [...product, ...typescriptFiles('tests')];
    expect(files.filter((path) => !kebabCase.test(lastPart(path)) || emptyWords.test(path))).toEqual([]);
  });

  it('says in a known ending how it touches the world', () => {
    expect(product.filter((path) => !endings.test(lastPart(path)))).toEqual([]);
  });

  it('lies at most two folders below src, of the web application three', () => {
    const folders = (path: string): number => path.split('/').length - (path.startsWith('src/web/') ? 3 : 2);
    expect(product.filter((path) => path.startsWith('src/') && folders(path) > 2)).toEqual([]);
  });

  it.each([
    'src/platform/utils.ts',
    'src/shared/money.ts',
    'src/ledger/index.ts',
    'connectors/hubspot/date-helpers.ts',
  ])('may not be called %s', (path) => {
    expect(path).toMatch(emptyWords);
  });
});

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
