/**
 * Imports run one way: ui -> worker -> core, in the ui shell -> features -> shared, and in the core as the table says.
 * What a table does not list is an error.
 */

/** What the code of each folder of the core may import, besides its own folder and the files of `leaves`. */
const core = {
  quote: ['bytes', 'net'],
  net: [],
  bytes: [],
  messages: [],
  postgres: ['bytes', 'net', 'quote'],
  link: ['bytes', 'postgres'],
  plan: ['bytes', 'link', 'messages', 'net', 'postgres', 'quote'],
  model: ['messages', 'net', 'plan', 'postgres', 'reuse'],
  'hba-analysis': ['messages', 'net', 'postgres', 'quote'],
  audit: ['bytes', 'hba-analysis', 'net', 'plan', 'postgres', 'quote'],
  upgrade: ['audit', 'hba-analysis', 'postgres', 'quote'],
  reuse: [],
  bundle: ['bytes', 'messages', 'model', 'net', 'plan', 'postgres', 'quote', 'reuse'],
  certificate: ['bundle', 'bytes', 'messages', 'model', 'net', 'plan'],
  'server-log': [],
  diagnosis: [
    'audit',
    'bytes',
    'hba-analysis',
    'link',
    'messages',
    'model',
    'net',
    'plan',
    'postgres',
    'quote',
    'server-log',
  ],
  migration: ['audit', 'hba-analysis', 'postgres', 'quote'],
  'log-analysis': ['diagnosis', 'hba-analysis', 'net', 'postgres', 'quote', 'server-log'],
  import: ['bundle', 'hba-analysis', 'messages', 'model', 'net', 'plan', 'postgres'],
  pages: ['postgres'],
  api: [
    'audit',
    'bundle',
    'diagnosis',
    'hba-analysis',
    'import',
    'messages',
    'migration',
    'model',
    'net',
    'plan',
    'postgres',
    'server-log',
    'upgrade',
  ],
  'database-comparison': [],
};

/** Files at the top of the core that import nothing of it. */
const leaves = '^app/core/(grouped|result|severity|source|version)\\.ts$';

/** The packages that the core may use, by folder. */
const packages = {
  certificate: ['@peculiar/asn1-schema', '@peculiar/asn1-x509'],
  link: ['fflate', 'zod'],
  net: ['ipaddr\\.js'],
  plan: ['zod'],
  'hba-analysis': ['diff'],
};

/** What each folder of the ui's shared part may import, besides its own. */
const shared = {
  theme: [],
  messages: [],
  browser: ['messages'],
  draft: ['browser', 'messages'],
  navigation: ['browser', 'draft', 'messages'],
  answers: ['browser', 'draft', 'messages', 'navigation'],
  fields: ['answers', 'browser', 'draft', 'messages', 'navigation'],
  loading: ['browser', 'draft', 'messages', 'navigation'],
  editor: ['browser', 'messages'],
  'server-files': ['answers', 'browser', 'messages', 'navigation'],
  'access-changes': ['browser', 'messages', 'server-files'],
};

const outsideTests = ['\\.test\\.tsx?$', '^app/core/testing/'];

/** Of the folders below `base`, `folder` imports nothing but `allowed`. */
const allowOnly = (base, folder, allowed) => ({
  name: `${folder}-imports-only-what-is-listed`,
  severity: 'error',
  from: { path: `^${base}/${folder}/`, pathNot: outsideTests },
  to: { path: `^${base}/`, pathNot: [`^${base}/(${[folder, ...allowed].join('|')})/`, leaves] },
});

const anyOf = (names) => `^node_modules/(${names.join('|')})/`;

module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-circular-ui-folders',
      severity: 'error',
      scope: 'folder',
      from: { path: '^app/ui/(shared|features)' },
      to: { circular: true },
    },
    {
      name: 'core-imports-only-core',
      severity: 'error',
      from: { path: '^app/core/', pathNot: outsideTests },
      to: { pathNot: ['^app/core/', '^node_modules/'] },
    },
    {
      name: 'core-has-no-other-folder',
      comment: 'A new folder of the core needs its line in the table.',
      severity: 'error',
      from: { path: '^app/core/[^/]+/', pathNot: [...outsideTests, `^app/core/(${Object.keys(core).join('|')})/`] },
      to: {},
    },
    ...Object.entries(core).map(([folder, allowed]) => allowOnly('app/core', folder, allowed)),
    {
      name: 'core-leaves-import-nothing',
      severity: 'error',
      from: { path: leaves },
      to: {},
    },
    ...Object.keys(core).map((folder) => ({
      name: `${folder}-uses-only-listed-packages`,
      severity: 'error',
      from: { path: `^app/core/${folder}/`, pathNot: outsideTests },
      to: { path: '^node_modules/', ...(packages[folder] && { pathNot: anyOf(packages[folder]) }) },
    })),
    {
      name: 'worker-imports-only-core',
      severity: 'error',
      from: { path: '^app/worker/', pathNot: outsideTests },
      to: { pathNot: ['^app/(worker|core)/', anyOf(['comlink', 'diff', 'zod'])] },
    },
    {
      name: 'outside-uses-the-public-api',
      comment:
        'ui, worker, scripts and e2e import the core through app/core/index.ts alone, but for proofs of the quoting modules, and for reading certificates, which takes a library that nothing else needs',
      severity: 'error',
      from: {
        path: '^(app/(ui|worker)|scripts|bench|e2e)/',
        pathNot: '^e2e/(server/(tools/(comments|read-back)|proofs/quoting)|lab/rollout/systemd-text)\\.test\\.ts$',
      },
      to: { path: '^app/core/', pathNot: '^app/core/(index\\.ts|certificate/read-x509\\.ts|testing/)' },
    },
    {
      name: 'features-import-no-shell-and-no-other-feature',
      severity: 'error',
      from: { path: '^app/ui/features/([^/]+)/' },
      to: { path: '^app/ui/', pathNot: '^app/ui/(shared/|features/$1/)' },
    },
    {
      name: 'shared-imports-only-shared',
      severity: 'error',
      from: { path: '^app/ui/shared/' },
      to: { path: '^app/ui/', pathNot: '^app/ui/shared/' },
    },
    ...Object.entries(shared).map(([folder, allowed]) => allowOnly('app/ui/shared', folder, allowed)),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.app.json' },
  },
};
