// SPDX-License-Identifier: Apache-2.0
import type { RenderedFile } from '@tenantry/backstage-plugin-tenants-common';

type Filed = {
  readonly name: string;
  readonly generatedSecrets: readonly { readonly name: string }[];
};

/** Says how many files were rendered, and which secrets nobody will make: no repository gets one. */
export function filesMessage(
  files: readonly RenderedFile[],
  environments: readonly Filed[],
): string {
  const names = environments.flatMap(({ name, generatedSecrets }) =>
    generatedSecrets.map(secret => `${secret.name} of ${name}`),
  );
  const secrets =
    names.length === 0
      ? ''
      : ` No secrets are among them: set ${names.join(
          ', ',
        )} when the environment is there.`;
  return `${files.length} files for a pull request.${secrets}`;
}
