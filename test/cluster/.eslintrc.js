module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  rules: {
    // These packages are never built or published: they run from source, beside the sources they look into.
    '@backstage/no-relative-monorepo-imports': 'off',
    'no-restricted-syntax': 'off',
  },
});
