import bounded from './jest.config.js';

/**
 * Everything, `*.full.test.ts` included (`npm run test:full`).
 *
 * @type {import('jest').Config}
 */
const config = {
  ...bounded,
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/tests/architecture/fixtures/'],
  testTimeout: 300_000,
};

export default config;
