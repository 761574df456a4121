// SPDX-License-Identifier: Apache-2.0
module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  rules: {
    // These packages are never built or published: they run from source, beside the sources they look into, and start whole portals.
    '@backstage/no-relative-monorepo-imports': 'off',
    '@backstage/no-mixed-plugin-imports': 'off',
    'no-restricted-syntax': 'off',
  },
});
