// SPDX-License-Identifier: Apache-2.0
// The house rules that a machine can check. Each package adds Backstage's own rules in its .eslintrc.js.
const backend = './plugins/tenants-backend/src';

/** Folders of the backend may import only what stands to their left in the flow of data. */
const flow = [
  'database',
  'kube',
  'informers',
  'clusters',
  'health',
  'tenancy',
  'snapshots',
  'access',
  'records',
  'modules',
  'operations',
  'logs',
  'usage',
  'objects',
  'api',
];
/** What a folder may not import although it stands to its left. */
const apart = {
  health: ['kube', 'clusters'],
  tenancy: ['kube', 'clusters'],
  snapshots: ['kube', 'clusters'],
  access: ['kube', 'clusters', 'informers'],
  records: ['kube', 'clusters'],
  modules: ['kube', 'clusters'],
  operations: ['kube', 'clusters'],
  logs: ['kube', 'clusters'],
  usage: ['kube', 'clusters'],
  objects: ['kube', 'clusters'],
  api: ['kube', 'clusters'],
};
const layers = flow.map((target, at) => ({
  target,
  from: [...flow.slice(at + 1), ...(apart[target] ?? [])],
}));
const zones = layers.flatMap(({ target, from }) =>
  from.map(folder => ({
    target: `${backend}/${target}`,
    from: `${backend}/${folder}`,
    message: `${target}/ must not know ${folder}/ (ARCHITECTURE.md).`,
  })),
);
const onlyPluginBuilds = ['plugin.ts', 'config.ts'].map(file => ({
  target: layers.map(({ target }) => `${backend}/${target}`),
  from: `${backend}/${file}`,
  message: 'Only plugin.ts composes and reads configuration.',
}));

const sizes = {
  'max-lines': [
    'error',
    { max: 400, skipBlankLines: false, skipComments: false },
  ],
  'max-lines-per-function': [
    'error',
    { max: 60, skipBlankLines: true, skipComments: true },
  ],
  'max-params': ['error', 3],
  'max-depth': ['error', 3],
  complexity: ['error', 10],
};

module.exports = {
  root: true,
  plugins: ['import'],
  settings: {
    'import/resolver': {
      node: { extensions: ['.ts', '.tsx', '.js', '.json'] },
    },
    'import/parsers': { '@typescript-eslint/parser': ['.ts', '.tsx'] },
  },
  overrides: [
    {
      files: ['*.ts', '*.tsx'],
      excludedFiles: ['*.d.ts'],
      rules: {
        ...sizes,
        '@typescript-eslint/no-explicit-any': 'error',
        'import/no-default-export': 'error',
        'import/no-cycle': 'error',
        'import/no-restricted-paths': [
          'error',
          { basePath: __dirname, zones: [...zones, ...onlyPluginBuilds] },
        ],
        'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx'] }],
      },
    },
    {
      files: ['*.tsx'],
      rules: {
        'max-lines-per-function': [
          'error',
          { max: 100, skipBlankLines: true, skipComments: true },
        ],
      },
    },
    {
      files: ['plugins/tenants-backend/src/**/*.ts'],
      excludedFiles: ['**/*.test.ts', '**/src/database/**'],
      rules: {
        'no-restricted-properties': [
          'error',
          {
            property: 'transaction',
            message:
              'Take inTransaction of database/: on SQLite a commit may be refused and leave the transaction open.',
          },
        ],
      },
    },
    {
      // Pure folders: no clock, no randomness, nothing of Node.
      files: [
        'plugins/tenants-backend/src/{tenancy,health,modules/plan,modules/manifests}/**/*.ts',
      ],
      excludedFiles: ['**/*.test.ts'],
      rules: {
        'no-restricted-properties': [
          'error',
          {
            object: 'Date',
            property: 'now',
            message: 'Take `now` as an argument.',
          },
          {
            object: 'Math',
            property: 'random',
            message: 'Pure code has no randomness.',
          },
        ],
        'no-restricted-globals': [
          'error',
          'process',
          'fetch',
          'setTimeout',
          'setInterval',
          'console',
        ],
        'import/no-nodejs-modules': 'error',
      },
    },
    {
      files: ['*.test.ts', '*.test.tsx', '*.story.ts', '**/testing/**'],
      rules: {
        'max-lines': ['error', { max: 600 }],
        'max-lines-per-function': 'off',
        complexity: 'off',
        'max-params': 'off',
        'jest/no-disabled-tests': 'error',
        'jest/no-focused-tests': 'error',
      },
    },
    {
      // Backstage discovers features by the default export of these.
      files: [
        'plugins/*/src/index.ts',
        'plugins/*/dev/*',
        'packages/backend/src/**/*.ts',
        'packages/app/src/**/*.tsx',
        '**/playwright.config.ts',
        'test/e2e/src/**',
      ],
      rules: { 'import/no-default-export': 'off' },
    },
  ],
};
