import { join } from 'node:path';
import { defineConfig } from 'vite';

const root = join(import.meta.dirname, '..');
/** Where `npm run dev` serves unless told otherwise. */
const service = 'http://localhost:3000';

/** Builds the web application into `dist/web`; `npm run dev:web` serves it from its sources, with the API of a running service. */
export default defineConfig({
  root: join(root, 'src/web'),
  cacheDir: join(root, 'node_modules/.cache/vite'),
  publicDir: false,
  oxc: { jsx: { runtime: 'automatic' } },
  build: {
    outDir: join(root, 'dist/web'),
    emptyOutDir: true,
    target: 'es2023',
    // A test measures the first load by it.
    manifest: true,
    // The policy of the page allows no script but files; every browser that is meant knows module preloading.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      // Mantine marks its files for frameworks that render on a server; here everything is for the browser.
      onwarn: (warning, warn) => {
        if (warning.code !== 'MODULE_LEVEL_DIRECTIVE') warn(warning);
      },
    },
  },
  server: { host: '127.0.0.1', proxy: { '/api': service, '/r': service, '/docs': service } },
});
