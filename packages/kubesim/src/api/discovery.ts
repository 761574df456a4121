// SPDX-License-Identifier: Apache-2.0
import type { Kind } from '../kinds/Kind';
import type { KindRegistry } from '../kinds/KindRegistry';
import type { JsonRecord } from '../storage/json';
import { REVIEW_KINDS } from './reviews';

const VERBS = [
  'create',
  'delete',
  'deletecollection',
  'get',
  'list',
  'patch',
  'update',
  'watch',
];
const SUBRESOURCE_VERBS = {
  status: ['get', 'patch', 'update'],
  scale: ['get', 'patch', 'update'],
  log: ['get'],
};
const REVIEW_GROUP = 'authorization.k8s.io';

/** The answer to `/version`. */
export const VERSION = {
  major: '1',
  minor: '32',
  gitVersion: 'v1.32.13',
  gitCommit: '0000000000000000000000000000000000000000',
  gitTreeState: 'clean',
  buildDate: '2026-01-01T00:00:00Z',
  goVersion: 'go1.24.0',
  compiler: 'gc',
  platform: 'linux/amd64',
};

/** Answers a discovery path; `undefined` when it is none. */
export function discovery(
  pathname: string,
  accept: string,
  kinds: KindRegistry,
): JsonRecord | undefined {
  const path = pathname.replace(/\/$/, '');
  const aggregated =
    accept.includes('g=apidiscovery.k8s.io') && accept.includes('v=v2');
  if (path === '/api') {
    return aggregated
      ? aggregate(kinds, [''])
      : {
          kind: 'APIVersions',
          versions: ['v1'],
          serverAddressByClientCIDRs: [],
        };
  }
  if (path === '/apis') {
    if (aggregated) return aggregate(kinds, groupNames(kinds));
    return {
      kind: 'APIGroupList',
      apiVersion: 'v1',
      groups: groupNames(kinds).map(name => groupOf(name, kinds)),
    };
  }
  if (path === '/api/v1') return resourceList('v1', kinds);
  return path.startsWith('/apis/')
    ? groupPath(path.slice('/apis/'.length).split('/'), kinds)
    : undefined;
}

function groupPath(
  [group, version, ...rest]: string[],
  kinds: KindRegistry,
): JsonRecord | undefined {
  if (rest.length > 0 || !groupNames(kinds).includes(group)) return undefined;
  if (version === undefined)
    return { kind: 'APIGroup', apiVersion: 'v1', ...groupOf(group, kinds) };
  return versionsOf(group, kinds).includes(version)
    ? resourceList(`${group}/${version}`, kinds)
    : undefined;
}

function groupNames(kinds: KindRegistry): string[] {
  return [
    ...new Set([...kinds.all().map(kind => kind.group), REVIEW_GROUP]),
  ].filter(Boolean);
}

function versionsOf(group: string, kinds: KindRegistry): string[] {
  if (group === REVIEW_GROUP) return ['v1'];
  return [
    ...new Set(
      kinds
        .all()
        .filter(kind => kind.group === group)
        .map(kind => kind.version),
    ),
  ];
}

function groupOf(name: string, kinds: KindRegistry): JsonRecord {
  const versions = versionsOf(name, kinds).map(version => ({
    groupVersion: `${name}/${version}`,
    version,
  }));
  return { name, versions, preferredVersion: versions[0] };
}

function resourceList(groupVersion: string, kinds: KindRegistry): JsonRecord {
  const own = kinds.all().filter(kind => kind.apiVersion === groupVersion);
  const reviews =
    groupVersion === `${REVIEW_GROUP}/v1` ? reviewResources() : [];
  const resources = [...own.flatMap(resourcesOf), ...reviews];
  return { kind: 'APIResourceList', apiVersion: 'v1', groupVersion, resources };
}

function reviewResources(): JsonRecord[] {
  return Object.entries(REVIEW_KINDS).map(([name, kind]) => ({
    name,
    singularName: kind.toLowerCase(),
    namespaced: false,
    kind,
    verbs: ['create'],
  }));
}

function names(kind: Kind): JsonRecord {
  return {
    ...(kind.shortNames.length > 0 && { shortNames: kind.shortNames }),
    ...(kind.categories.length > 0 && { categories: kind.categories }),
  };
}

function resourcesOf(kind: Kind): JsonRecord[] {
  const { plural, singular, namespaced } = kind;
  const own = {
    name: plural,
    singularName: singular,
    namespaced,
    kind: kind.kind,
    verbs: VERBS,
    ...names(kind),
  };
  const subresources = kind.subresources.map(name => ({
    name: `${plural}/${name}`,
    singularName: '',
    namespaced,
    kind: name === 'scale' ? 'Scale' : kind.kind,
    ...(name === 'scale' && { group: 'autoscaling', version: 'v1' }),
    verbs: SUBRESOURCE_VERBS[name],
  }));
  return [own, ...subresources];
}

function aggregate(kinds: KindRegistry, groups: readonly string[]): JsonRecord {
  const items = groups.map(name => ({
    metadata: { ...(name && { name }), creationTimestamp: null },
    versions: versionsOf(name, kinds).map(version => ({
      version,
      resources: aggregatedResources({ group: name, version }, kinds),
      freshness: 'Current',
    })),
  }));
  return {
    kind: 'APIGroupDiscoveryList',
    apiVersion: 'apidiscovery.k8s.io/v2',
    metadata: {},
    items,
  };
}

function aggregatedResources(
  of: { group: string; version: string },
  kinds: KindRegistry,
): JsonRecord[] {
  if (of.group === REVIEW_GROUP) {
    return Object.entries(REVIEW_KINDS).map(([resource, kind]) => ({
      resource,
      responseKind: { ...of, kind },
      scope: 'Cluster',
      singularResource: kind.toLowerCase(),
      verbs: ['create'],
    }));
  }
  return kinds
    .all()
    .filter(kind => kind.group === of.group && kind.version === of.version)
    .map(kind => ({
      resource: kind.plural,
      responseKind: { ...of, kind: kind.kind },
      scope: kind.namespaced ? 'Namespaced' : 'Cluster',
      singularResource: kind.singular,
      verbs: VERBS,
      ...names(kind),
      ...(kind.subresources.length > 0 && {
        subresources: kind.subresources.map(name =>
          aggregatedSubresource(kind, name),
        ),
      }),
    }));
}

function aggregatedSubresource(
  kind: Kind,
  subresource: 'status' | 'scale' | 'log',
): JsonRecord {
  const own = { group: kind.group, version: kind.version, kind: kind.kind };
  const scale = { group: 'autoscaling', version: 'v1', kind: 'Scale' };
  return {
    subresource,
    responseKind: subresource === 'scale' ? scale : own,
    verbs: SUBRESOURCE_VERBS[subresource],
  };
}
