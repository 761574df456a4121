// SPDX-License-Identifier: Apache-2.0
import {
  KubeError,
  resourceName,
  type ResourceType,
} from '@tenantry/backstage-plugin-tenants-node';

const label = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
const subdomain =
  /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const group = /^([a-z0-9]([-a-z0-9.]*[a-z0-9])?)?$/;
const version = /^v[0-9][0-9a-z]*$/;
const plural = /^[a-z][a-z0-9]*$/;

type PathOf = {
  readonly cluster: string;
  readonly namespace?: string;
};

function check(pattern: RegExp, text: string, error: () => KubeError): string {
  if (!pattern.test(text)) throw error();
  return text;
}

function invalid(cluster: string, resource: string, part: string): KubeError {
  return new KubeError(
    `The ${part} asked for is not a valid Kubernetes name; nothing was sent to cluster "${cluster}".`,
    { cluster, resource, reason: 'InvalidName' },
  );
}

/** The path of a list or watch. Only names of the RFC 1123 grammar pass. @throws KubeError */
export function resourcePath(type: ResourceType, options: PathOf): string {
  const { cluster, namespace } = options;
  const bad = (part: string) => () =>
    invalid(cluster, resourceName(type), part);
  const parts = [
    check(group, type.group, bad('API group')),
    check(version, type.version, bad('API version')),
  ];
  const root =
    type.group === '' ? `/api/${parts[1]}` : `/apis/${parts.join('/')}`;
  const scope =
    namespace === undefined
      ? ''
      : `/namespaces/${check(label, namespace, bad('namespace'))}`;
  return `${root}${scope}/${check(plural, type.resource, bad('resource'))}`;
}

/** An object’s name, for a path or a field selector. @throws KubeError */
export function objectName(
  name: string,
  call: { readonly cluster: string; readonly resource: string },
): string {
  return check(subdomain, name, () =>
    invalid(call.cluster, call.resource, 'name'),
  );
}

/** The path of a container’s log. @throws KubeError */
export function logPath(options: {
  readonly cluster: string;
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
}): string {
  const bad = (part: string) => () =>
    invalid(options.cluster, 'pods/log', part);
  const namespace = check(label, options.namespace, bad('namespace'));
  const pod = check(subdomain, options.pod, bad('pod'));
  check(label, options.container, bad('container'));
  return `/api/v1/namespaces/${namespace}/pods/${pod}/log`;
}
