// SPDX-License-Identifier: Apache-2.0
import type { JsonObject } from '@tenantry/backstage-plugin-tenants-node/definitions';
import { field, listField, textField } from './jsonValue';
import { manifestProblem, type ObjectProblem } from './ObjectProblem';
import type { RenderInput } from './RenderInput';

type Claim = { readonly path: string; readonly host: string | undefined };

/** Host names are the cluster’s, not the namespace’s: without this, one tenant could answer for another’s. */
export function ingressRule(
  object: JsonObject,
  input: RenderInput,
): ObjectProblem[] {
  const spec = field(object, 'spec');
  const rules = listField(spec, 'rules').map(
    (rule, at): Claim => ({
      path: `spec.rules[${at}].host`,
      host: textField(rule, 'host'),
    }),
  );
  const tls = listField(spec, 'tls').flatMap((entry, at) =>
    hostsOf(listField(entry, 'hosts'), `spec.tls[${at}].hosts`),
  );
  const rest: Claim[] =
    field(spec, 'defaultBackend') === undefined
      ? []
      : [{ path: 'spec.defaultBackend', host: undefined }];
  return foreignHosts([...rules, ...tls, ...rest], input);
}

/** As {@link ingressRule}, of a route of the Gateway API. */
export function routeRule(
  object: JsonObject,
  input: RenderInput,
): ObjectProblem[] {
  const hostnames = listField(field(object, 'spec'), 'hostnames');
  const claims = hostsOf(hostnames, 'spec.hostnames');
  const all: Claim = { path: 'spec.hostnames', host: undefined };
  return foreignHosts(claims.length > 0 ? claims : [all], input);
}

function hostsOf(hosts: readonly unknown[], path: string): Claim[] {
  return hosts.map((host, at) => ({
    path: `${path}[${at}]`,
    host: typeof host === 'string' ? host : undefined,
  }));
}

function foreignHosts(
  claims: readonly Claim[],
  { settings, tenant, spec }: RenderInput,
): ObjectProblem[] {
  if (settings.ingressHosts === undefined) return [];
  const allowed = settings.ingressHosts.map(domain =>
    domain
      .replaceAll('{tenant}', tenant.name)
      .replaceAll('{environment}', spec.name),
  );
  return claims
    .filter(({ host }) => !allowed.some(domain => isWithin(host, domain)))
    .map(({ path, host }) =>
      manifestProblem(
        host === undefined
          ? `${path} answers for every host name.`
          : `${path} ${JSON.stringify(
              host.slice(0, 80),
            )} is not a host name of this environment.`,
        `Use ${allowed.join(' or ') || 'no host name'}, or a name below.`,
      ),
    );
}

function isWithin(host: string | undefined, domain: string): boolean {
  return host === domain || host?.endsWith(`.${domain}`) === true;
}
