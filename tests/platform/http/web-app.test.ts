import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { startTestApi, type TestApi } from '../../support/test-api.js';

const asPerson = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
const script = 'console.log("here")';

describe('the web application', () => {
  let folder: string;
  let api: TestApi;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'introducer-web-'));
    await mkdir(join(folder, 'assets'));
    await writeFile(join(folder, 'index.html'), '<title>App</title>');
    await writeFile(join(folder, 'assets/main-1a2b.js'), script);
    await writeFile(join(folder, 'assets/main-1a2b.js.gz'), gzipSync(script));
    await writeFile(join(folder, 'assets/mark-3c4d.svg'), '<svg/>');
    api = await startTestApi({ app: { webFolder: folder } });
  });
  afterAll(async () => {
    await api.close();
    await rm(folder, { recursive: true, force: true });
  });

  const get = (path: string, headers: Readonly<Record<string, string>> = asPerson, method = 'GET') =>
    fetch(`${api.url}${path}`, { headers, method });

  it.each(['/', '/registrations', '/registrations/reg_1?tab=a', '/rates', '/apiary'])(
    'is the page at %s',
    async (path) => {
      const answer = await get(path);
      expect(answer.status).toBe(200);
      expect(await answer.text()).toBe('<title>App</title>');
      expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(answer.headers.get('cache-control')).toBe('no-store');
    },
  );

  it('may run scripts from its own files only, and be framed by nobody', async () => {
    const policy = (await get('/')).headers.get('content-security-policy') ?? '';
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(/script-src[^;]*unsafe/.test(policy)).toBe(false);
  });

  it('has its files kept for a year, as their names change with their content', async () => {
    const answer = await get('/assets/mark-3c4d.svg');
    expect(await answer.text()).toBe('<svg/>');
    expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  });

  it('is sent compressed to who takes it so, and as it is to who does not', async () => {
    const packed = await get('/assets/main-1a2b.js', { 'accept-encoding': 'gzip' });
    expect(packed.headers.get('content-encoding')).toBe('gzip');
    expect(packed.headers.get('content-type')).toContain('javascript');
    expect(packed.headers.get('vary')).toContain('Accept-Encoding');
    expect(await packed.text()).toBe(script);
    const plain = await get('/assets/main-1a2b.js', { 'accept-encoding': 'identity' });
    expect(plain.headers.get('content-encoding')).toBeNull();
    expect(await plain.text()).toBe(script);
  });

  it.each([
    '/api/v1/nothing',
    '/api/auth/nothing',
    '/r/a/b/c',
    '/webhooks/nothing',
    '/docs/nothing/here',
    '/healthz/x',
    '/assets/gone-5e6f.js',
    '/assets/..%2findex.html',
  ])('leaves %s to be what it is', async (path) => {
    expect(await (await get(path)).text()).not.toContain('<title>App</title>');
  });

  it('gives programs their problem document, and takes nothing but reading', async () => {
    const program = await get('/registrations', { accept: 'application/json' });
    expect(program.status).toBe(404);
    expect(program.headers.get('content-type')).toContain('application/problem+json');
    expect((await get('/registrations', {})).status).toBe(404);
    expect((await get('/registrations', asPerson, 'POST')).status).toBe(404);
    expect((await get('/registrations', asPerson, 'HEAD')).status).toBe(200);
  });
});

describe('a service whose web application is not built', () => {
  it('runs, and says at its first page what to do', async () => {
    const api = await startTestApi({ app: { webFolder: join(tmpdir(), 'introducer-nowhere') } });
    const answer = await fetch(`${api.url}/`, { headers: asPerson });
    expect(answer.status).toBe(503);
    expect(await answer.text()).toContain('npm run build');
    await api.close();
  });
});
