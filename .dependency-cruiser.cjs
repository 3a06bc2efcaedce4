/** Imports run one way: ui -> worker -> core; inside core artifacts, audit -> access -> postgres, plan -> net, quote. */
const inCore = (from, forbidden) => ({
  name: `core-${from}-stays-below`,
  severity: 'error',
  from: { path: `^app/core/(${from})/`, pathNot: '\\.test\\.ts$' },
  to: { path: `^app/core/(${forbidden})/` },
});

module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'core-imports-only-core',
      severity: 'error',
      from: { path: '^app/core/', pathNot: ['\\.test\\.ts$', '^app/core/testing/'] },
      to: {
        path: '^(app/(ui|worker|main)|node_modules/(react|react-dom|zustand|@tanstack|comlink)/|scripts|e2e|bench)',
      },
    },
    {
      name: 'core-uses-no-node',
      severity: 'error',
      from: { path: '^app/core/', pathNot: ['\\.test\\.ts$', '^app/core/testing/'] },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'worker-knows-no-ui',
      severity: 'error',
      from: { path: '^app/worker/' },
      to: { path: '^app/ui/' },
    },
    {
      name: 'outside-uses-the-public-face',
      comment:
        'ui, worker, scripts and e2e import the core through app/core/index.ts alone, but for proofs of the quoting modules',
      severity: 'error',
      from: {
        path: '^(app/(ui|worker)|scripts|bench|e2e)/',
        pathNot: '^e2e/(server/(tools/read-back|proofs/quoting)|lab/rollout/systemd-text)\\.test\\.ts$',
      },
      to: { path: '^app/core/', pathNot: '^app/core/(index\\.ts|testing/)' },
    },
    inCore('net', 'plan|access|postgres|artifacts|audit|quote'),
    inCore('quote', 'plan|access|postgres|artifacts|audit'),
    inCore('postgres', 'plan|access|artifacts|audit'),
    inCore('link', 'plan|access|artifacts|audit'),
    inCore('plan', 'access|artifacts|audit'),
    inCore('access', 'artifacts|audit'),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.app.json' },
  },
};
