import { join } from 'node:path';
import eslint from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';
import { stages } from './stages.js';

const sentence = {
  error: 'Throw a class of its own (see ARCHITECTURE.md, "Three kinds of wrong"); only an assertion may throw Error.',
  doubleCast: 'A cast through unknown switches the type check off. Parse the value or write a type guard.',
  environment: 'Only config/settings reads the environment.',
  pure: 'A file with a plain name is pure. Take this as an argument, or move it to a .handler, .store, .routes or .job file.',
};

const noError = { selector: 'ThrowStatement > NewExpression[callee.name="Error"]', message: sentence.error };
const noDoubleCast = {
  selector: 'TSAsExpression > TSAsExpression[typeAnnotation.type="TSUnknownKeyword"]',
  message: sentence.doubleCast,
};

const noEnvironment = {
  'no-restricted-properties': ['error', { object: 'process', property: 'env', message: sentence.environment }],
  'no-restricted-imports': [
    'error',
    {
      paths: ['process', 'node:process'].map((name) => ({
        name,
        importNames: ['env'],
        message: sentence.environment,
      })),
    },
  ],
};

/** Files of the platform that do not touch the world, and that pure files may therefore use. */
const purePlatformFiles = [
  'assert',
  'canonical-json',
  'csv',
  'csv-text',
  'domain-error',
  'hash',
  'json',
  'http/csv-form',
  'http/field-faults',
  'http/plain-text',
  'http/text.api',
  'personal-data',
  'platform-personal-data',
];

/** Packages and Node modules that reach the world: a pure file may know their types and nothing else. */
const worldlyModules = {
  regex: [
    '^node:(?!(assert|buffer|path|punycode|querystring|string_decoder|url|util|crypto)$)',
    '^(@electric-sql/pglite|@hubspot/api-client|bull|express|ioredis|jsforce|kysely|pg|pino|pino-http|prom-client)(/|$)',
    '\\.(routes|job|handler|store|migration)\\.js$',
    `/platform/(?!(${purePlatformFiles.join('|')})\\.js$)`,
  ].join('|'),
  allowTypeImports: true,
  message: sentence.pure,
};

const pureRules = {
  '@typescript-eslint/no-restricted-imports': [
    'error',
    {
      patterns: [
        worldlyModules,
        {
          regex: '^(node:)?crypto$',
          allowImportNames: ['createHash', 'createHmac', 'createPublicKey', 'verify', 'timingSafeEqual'],
          message: sentence.pure,
        },
        { regex: '^(node:)?process$', message: sentence.pure },
      ],
    },
  ],
  'no-restricted-globals': [
    'error',
    ...['fetch', 'setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'performance', 'process', 'crypto'].map(
      (name) => ({ name, message: sentence.pure }),
    ),
  ],
  'no-restricted-syntax': [
    'error',
    noError,
    noDoubleCast,
    { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: sentence.pure },
    { selector: 'CallExpression[callee.name="Date"]', message: sentence.pure },
    { selector: 'MemberExpression[object.name="Date"][property.name="now"]', message: sentence.pure },
    { selector: 'MemberExpression[object.name="Math"][property.name="random"]', message: sentence.pure },
    { selector: 'AwaitExpression', message: sentence.pure },
    { selector: 'ForOfStatement[await=true]', message: sentence.pure },
  ],
};

export default defineConfig(
  globalIgnores(['dist/', 'coverage/', 'tests/data/', 'tests/architecture/fixtures/', 'connectors/*/{app,package}/']),
  // A rule that is wrong for one line is wrong: change the rule or the line, not the reader's trust in the check.
  { linterOptions: { noInlineConfig: true } },
  eslint.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: join(import.meta.dirname, '..') } },
    rules: {
      'no-console': 'error',
      'no-restricted-syntax': ['error', noError, noDoubleCast],
      ...noEnvironment,
      'max-lines': ['error', { max: 300, skipBlankLines: true }],
      'max-lines-per-function': ['error', { max: 70, skipBlankLines: true, skipComments: true }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { allowDefaultCaseForExhaustiveSwitch: true, considerDefaultExhaustiveForUnions: false },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/ban-ts-comment': ['error', { minimumDescriptionLength: 10 }],
      // Fire and forget is written `void promise.catch(…)`; an unhandled rejection would end the process.
      '@typescript-eslint/no-floating-promises': ['error', { ignoreVoid: true }],
    },
  },
  {
    files: ['src/web/**/*.{ts,tsx}'],
    extends: [reactHooks.configs.flat.recommended],
    languageOptions: { parserOptions: { projectService: false, project: 'config/tsconfig.web.json' } },
    rules: {
      // React takes a handler's promise and drops it; what fails in it is shown by the query that failed.
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
    },
  },
  {
    files: stages.map((stage) => `src/${stage}/**/*.ts`),
    ignores: ['src/platform/**', 'src/web/**', '**/*.*.ts'],
    rules: pureRules,
  },
  {
    files: ['src/**/*.{api,html,css}.ts', `src/platform/{${purePlatformFiles.join(',')}}.ts`],
    rules: pureRules,
  },
  { files: ['src/**/assert*.ts'], rules: { 'no-restricted-syntax': ['error', noDoubleCast] } },
  {
    files: ['tests/**/*.ts'],
    rules: {
      // HubSpot's client declares its models as classes and takes plain objects.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      'no-restricted-syntax': ['error', noDoubleCast],
      'max-lines-per-function': 'off',
      // Matchers such as expect.any() are typed any.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  { files: ['src/cli*.ts', 'tests/{demo,bench}/**/*.ts'], rules: { 'no-console': 'off' } },
  {
    files: ['config/**/*.ts', 'tests/{support,demo,bench}/**/*.ts'],
    rules: { 'no-restricted-properties': 'off', 'no-restricted-imports': 'off' },
  },
  {
    files: ['**/*.{js,mjs}'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly' } },
  },
);
