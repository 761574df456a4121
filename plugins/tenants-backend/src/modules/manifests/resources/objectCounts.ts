// SPDX-License-Identifier: Apache-2.0
import type { KubeManifest } from '@tenantry/backstage-plugin-tenants-node';
import { resourceTypeOf } from '../../resourceTypes';
import { listField, textField } from '../jsonValue';
import type { Amounts } from './Amounts';

/** Kinds of the core group that a quota counts by their bare name as well. */
const BARE: ReadonlySet<string> = new Set([
  'configmaps',
  'replicationcontrollers',
  'resourcequotas',
  'secrets',
  'services',
]);
/** Counted with their size, elsewhere. */
const ELSEWHERE: ReadonlySet<string> = new Set([
  'namespaces',
  'persistentvolumeclaims',
]);

/** What an object takes of a quota by being there. */
export function objectCounts({
  apiVersion,
  kind,
  spec,
}: KubeManifest): Amounts {
  const { group, resource } = resourceTypeOf(apiVersion, kind);
  if (group === '' && ELSEWHERE.has(resource)) return {};
  const name = group === '' ? resource : `${resource}.${group}`;
  return {
    [`count/${name}`]: 1,
    ...(group === '' && BARE.has(resource) && { [resource]: 1 }),
    ...(kind === 'Service' && serviceCounts(spec)),
  };
}

/** A load balancer takes a node port for each of its ports too. */
function serviceCounts(spec: unknown): Amounts {
  const type = textField(spec, 'type') ?? 'ClusterIP';
  const ports = listField(spec, 'ports').length;
  if (type === 'NodePort') return { 'services.nodeports': ports };
  return type === 'LoadBalancer'
    ? { 'services.loadbalancers': 1, 'services.nodeports': ports }
    : {};
}
