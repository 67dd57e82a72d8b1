import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import bounded from './jest.config.js';

const { testEnvironment, testMatch, modulePathIgnorePatterns, extensionsToTreatAsEsm } = bounded;
const { moduleNameMapper, transform, setupFilesAfterEnv, reporters, maxWorkers, workerIdleMemoryLimit } = bounded;

// A project of its own does not know where this file lies.
const rootDir = dirname(dirname(fileURLToPath(import.meta.url)));

const everything = {
  rootDir,
  testEnvironment,
  testMatch,
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/tests/architecture/fixtures/'],
  modulePathIgnorePatterns,
  extensionsToTreatAsEsm,
  moduleNameMapper,
  transform,
  setupFilesAfterEnv,
};

/**
 * Everything, `*.full.test.ts` included (`npm run test:full`), and the stories a second time with the service on PostgreSQL.
 *
 * @type {import('jest').Config}
 */
const config = {
  rootDir,
  reporters,
  maxWorkers,
  workerIdleMemoryLimit,
  testTimeout: 300_000,
  projects: [
    everything,
    {
      ...everything,
      displayName: 'on PostgreSQL',
      testMatch: ['<rootDir>/tests/flows/*.test.ts'],
      // These open their databases themselves, or have none.
      testPathIgnorePatterns: [
        ...everything.testPathIgnorePatterns,
        '(soak|two-processes|salesforce-listeners|backup-and-restore)\\.full',
      ],
      globals: { storiesOn: 'postgres' },
    },
  ],
};

export default config;
