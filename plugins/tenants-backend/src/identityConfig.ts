// SPDX-License-Identifier: Apache-2.0
import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import type {
  IdentityRule,
  IdentityRules,
} from './access/identity/IdentityRule';

const ANNOTATION = 'metadata.annotations.';
const byName: IdentityRule = { field: 'metadata.name', prefix: '' };
const DEFAULT_RULES: IdentityRules = { User: byName, Group: byName };

/**
 * Reads `tenants.identity` and what `tenants.clusters.<name>.identity` says otherwise.
 *
 * @throws InputError that quotes the full key and says what is allowed
 */
export function readIdentity(root: Config): {
  readonly identityOn: (cluster: string) => IdentityRules;
} {
  const base = readRules(root, 'tenants.identity', DEFAULT_RULES);
  const clusters = root.getOptionalConfig('tenants.clusters');
  const own = new Map(
    (clusters?.keys() ?? [])
      .filter(name => clusters?.getConfig(name).has('identity'))
      .map(name => {
        const at = `tenants.clusters.${name}.identity`;
        return [name, readRules(root, at, base)];
      }),
  );
  return { identityOn: cluster => own.get(cluster) ?? base };
}

function readRules(
  root: Config,
  key: string,
  otherwise: IdentityRules,
): IdentityRules {
  if (!root.has(key)) return otherwise;
  return {
    User: readRule(root, `${key}.user`, otherwise.User),
    Group: readRule(root, `${key}.group`, otherwise.Group),
  };
}

function readRule(
  root: Config,
  key: string,
  otherwise: IdentityRule,
): IdentityRule {
  if (!root.has(key)) return otherwise;
  const from = root.getOptionalString(`${key}.from`) ?? 'metadata.name';
  const prefix = root.getOptionalString(`${key}.prefix`) ?? '';
  if (from === 'metadata.name' || from === 'spec.profile.email') {
    return { field: from, prefix };
  }
  const annotation = from.slice(ANNOTATION.length);
  if (from.startsWith(ANNOTATION) && annotation !== '') {
    return { field: 'annotation', annotation, prefix };
  }
  throw new InputError(
    `The configuration key ${key}.from must be metadata.name, spec.profile.email or ${ANNOTATION}<key>; it is ${JSON.stringify(
      from,
    )}.`,
  );
}
