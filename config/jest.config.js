/**
 * The bounded test set (`npm test`). Files named `*.full.test.ts` need minutes, a server or a browser and run only with
 * `jest.full.config.js`.
 *
 * @type {import('jest').Config}
 */
const config = {
  rootDir: '..',
  testEnvironment: 'node',
  testMatch: ['<rootDir>/tests/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '\\.full\\.test\\.ts$', '<rootDir>/tests/architecture/fixtures/'],
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  extensionsToTreatAsEsm: ['.ts'],
  // Our imports end in `.js`, as Node wants them; the file on disk is `.ts`.
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: { target: 'es2022', parser: { syntax: 'typescript' }, transform: { verbatimModuleSyntax: true } },
        module: { type: 'es6' },
      },
    ],
  },
  setupFilesAfterEnv: ['<rootDir>/tests/support/nock-setup.ts'],
  reporters: ['default', '<rootDir>/tests/support/not-run-reporter.js'],
  testTimeout: 60_000,
  // Many suites wait for a process or a server, so both cores of a small machine are worth a worker.
  maxWorkers: 2,
  // An embedded database keeps several hundred megabytes that garbage collection does not return.
  workerIdleMemoryLimit: '1500MB',
};

export default config;
