import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { defineConfig } from 'vite';

const root = join(import.meta.dirname, '..');
/** Where `npm run dev` serves unless told otherwise. */
const service = 'http://localhost:3000';

/** Writes every script and style sheet a second time, compressed, so that the service has nothing to do but send it. */
const compressed = {
  name: 'compressed',
  apply: 'build',
  writeBundle: ({ dir }, bundle) => {
    for (const name of Object.keys(bundle).filter((file) => /\.(js|css)$/.test(file))) {
      writeFileSync(join(dir, `${name}.gz`), gzipSync(readFileSync(join(dir, name)), { level: 9 }));
    }
  },
};

/** Builds the web application into `dist/web`; `npm run dev:web` serves it from its sources, with the API of a running service. */
export default defineConfig(({ command }) => {
  // What is built is for users, also where NODE_ENV says that somebody tests or develops.
  if (command === 'build') process.env.NODE_ENV = 'production';
  return {
    root: join(root, 'src/web'),
    cacheDir: join(root, 'node_modules/.cache/vite'),
    publicDir: false,
    plugins: [compressed],
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
    server: { host: '127.0.0.1', proxy: { '^/(api|r|docs)(/|$)': service } },
  };
});
