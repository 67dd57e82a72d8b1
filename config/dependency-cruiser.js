import { stages } from './stages.js';

const vendorFolder = '^connectors/([^/]+)/';
/** A vendor's simulator, and what all of them share. */
const simulators = ['^connectors/[^/]+/simulator/', '^connectors/simulator/'];

/** A stage imports only stages above it, and never the files that put the stages together. */
const stageArrows = stages.map((stage, position) => ({
  name: `order-of-stages-${stage}`,
  comment: `src/${stage} imports something that stands below it in config/stages.js. Move the shared noun up instead.`,
  severity: 'error',
  from: { path: `^src/${stage}/` },
  to: { path: ['^src/[^/]+$', ...stages.slice(position + 1).map((below) => `^src/${below}/`)] },
}));

/**
 * Which folder may import which. Every rule is shown to bite by tests/architecture/guards.test.ts.
 *
 * @type {import('dependency-cruiser').IConfiguration}
 */
export default {
  forbidden: [
    ...stageArrows,
    {
      name: 'stage-is-listed',
      comment: 'A folder of src that config/stages.js does not name has no place in the order.',
      severity: 'error',
      from: { path: '^src/[^/]+/', pathNot: `^src/(${stages.join('|')})/` },
      to: {},
    },
    {
      name: 'no-cycles',
      comment: 'Types count: two files that name each other are one file or lack a third.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'settings-stand-alone',
      severity: 'error',
      from: { path: '^config/' },
      to: { path: '^(src|connectors|tests)/' },
    },
    {
      name: 'connectors-do-not-know-the-product',
      severity: 'error',
      from: { path: '^connectors/' },
      to: { path: '^(src|tests)/' },
    },
    {
      name: 'connectors-do-not-know-each-other',
      severity: 'error',
      comment: 'What simulators share is no connector.',
      from: { path: vendorFolder },
      to: { path: vendorFolder, pathNot: '^connectors/($1|simulator)/' },
    },
    {
      name: 'contract-stands-alone',
      severity: 'error',
      from: { path: '^connectors/[^/]+\\.ts$', pathNot: '^connectors/domain\\.ts$' },
      to: { path: '.', pathNot: '^connectors/(crm-(failure|feed|lists|records|signal)|token-store|web-sign-in)\\.ts$' },
    },
    {
      name: 'only-compose-knows-a-vendor',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/compose[^/]*\\.ts$' },
      to: { path: vendorFolder },
    },
    {
      name: 'simulators-are-for-tests',
      severity: 'error',
      from: { pathNot: ['^tests/', ...simulators] },
      to: { path: simulators },
    },
    {
      name: 'tests-are-not-imported',
      severity: 'error',
      from: { pathNot: '^tests/' },
      to: { path: '^tests/' },
    },
    {
      name: 'web-speaks-the-wire-only',
      comment: 'And writes CSV as the service does, so that a formula is no formula in either.',
      severity: 'error',
      from: { path: '^src/web/' },
      to: { path: '^(src|connectors|config)/', pathNot: '^src/(web/|.*\\.api\\.ts$|platform/csv-text\\.ts$)' },
    },
    {
      name: 'web-runs-in-a-browser',
      severity: 'error',
      from: { path: '^src/web/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'only-web-is-the-web',
      comment: 'The service serves the application as files.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/web/' },
      to: { path: '^src/web/' },
    },
    {
      name: 'store-is-sql-only',
      severity: 'error',
      from: { path: '\\.store\\.ts$' },
      to: { path: '\\.(handler|routes|job)\\.ts$' },
    },
    {
      name: 'handlers-do-not-know-their-callers',
      severity: 'error',
      from: { path: '\\.handler\\.ts$' },
      to: { path: '\\.(routes|job)\\.ts$' },
    },
    {
      name: 'production-needs-no-dev-dependency',
      comment: 'The web application is built beforehand, so that its packages are needed no more.',
      severity: 'error',
      from: { path: '^(src|connectors|config/[^/]+\\.ts$)', pathNot: ['^src/web/', ...simulators] },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'imports-resolve',
      comment: 'What does not resolve is not checked by any rule above.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|connectors/[^/]+/(app|package)|tests/architecture/fixtures)/' },
    tsConfig: { fileName: 'tsconfig.json' },
    // Types are imports too: an arrow that only carries a type still couples the folders.
    tsPreCompilationDeps: true,
    moduleSystems: ['es6', 'cjs'],
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'node', 'default'] },
  },
};
