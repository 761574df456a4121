// SPDX-License-Identifier: Apache-2.0
import { REVIEW_KINDS } from '../access/reviewKinds';
import type { Kind, Subresource } from '../kinds/Kind';
import type { KindRegistry } from '../kinds/KindRegistry';
import type { JsonRecord } from '../storage/json';

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
/** Custom resources list theirs in another order. */
const CUSTOM_VERBS = [
  'delete',
  'deletecollection',
  'get',
  'list',
  'patch',
  'create',
  'update',
  'watch',
];
const SUBRESOURCE_VERBS = {
  status: ['get', 'patch', 'update'],
  scale: ['get', 'patch', 'update'],
  log: ['get'],
  token: ['create'],
  binding: ['create'],
  finalize: ['update'],
  eviction: ['create'],
  ephemeralcontainers: ['get', 'patch', 'update'],
  proxy: ['create', 'delete', 'get', 'patch', 'update'],
};
const REVIEW_GROUPS: readonly string[] = REVIEW_KINDS.map(kind => kind.group);

/** The scheduler’s way to bind many pods; none are stored. */
const BINDINGS: JsonRecord = {
  name: 'bindings',
  singularName: 'binding',
  namespaced: true,
  kind: 'Binding',
  verbs: ['create'],
};

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
    ...new Set([...kinds.served().map(kind => kind.group), ...REVIEW_GROUPS]),
  ].filter(Boolean);
}

function versionsOf(group: string, kinds: KindRegistry): string[] {
  if (REVIEW_GROUPS.includes(group)) return ['v1'];
  return [
    ...new Set(
      kinds
        .served()
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
  const own = kinds.served().filter(kind => kind.apiVersion === groupVersion);
  const reviews = reviewResources(groupVersion);
  const core = groupVersion === 'v1';
  const resources = [
    ...(core ? [BINDINGS] : []),
    ...own.flatMap(resourcesOf),
    ...reviews,
  ];
  // That of the core group is older than the field.
  const typed = core ? {} : { apiVersion: 'v1' };
  return { kind: 'APIResourceList', ...typed, groupVersion, resources };
}

function reviewResources(groupVersion: string): JsonRecord[] {
  return REVIEW_KINDS.filter(({ group }) => `${group}/v1` === groupVersion).map(
    ({ plural, kind, namespaced }) => ({
      name: plural,
      singularName: kind.toLowerCase(),
      namespaced,
      kind,
      verbs: ['create'],
    }),
  );
}

function verbsOf(kind: Kind): readonly string[] {
  if (kind.custom) return CUSTOM_VERBS;
  return kind.resource === 'namespaces'
    ? VERBS.filter(verb => verb !== 'deletecollection')
    : VERBS;
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
    verbs: verbsOf(kind),
    ...names(kind),
  };
  const subresources = kind.subresources.map(name => ({
    name: `${plural}/${name}`,
    singularName: '',
    namespaced,
    kind: kind.kind,
    ...(name === 'binding' ? { kind: 'Binding' } : answeredKind(name)),
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
  if (REVIEW_GROUPS.includes(of.group)) {
    return REVIEW_KINDS.filter(({ group }) => group === of.group).map(
      ({ plural, kind, namespaced }) => ({
        resource: plural,
        responseKind: { ...of, kind },
        scope: namespaced ? 'Namespaced' : 'Cluster',
        singularResource: kind.toLowerCase(),
        verbs: ['create'],
      }),
    );
  }
  return kinds
    .served()
    .filter(kind => kind.group === of.group && kind.version === of.version)
    .map(kind => ({
      resource: kind.plural,
      responseKind: { ...of, kind: kind.kind },
      scope: kind.namespaced ? 'Namespaced' : 'Cluster',
      singularResource: kind.singular,
      verbs: verbsOf(kind),
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
  subresource: Subresource,
): JsonRecord {
  const own = { group: kind.group, version: kind.version, kind: kind.kind };
  return {
    subresource,
    responseKind: answeredKind(subresource) ?? own,
    verbs: SUBRESOURCE_VERBS[subresource],
  };
}

/** The kind of an answer that is not the object itself. */
function answeredKind(subresource: Subresource): JsonRecord | undefined {
  if (subresource === 'scale')
    return { group: 'autoscaling', version: 'v1', kind: 'Scale' };
  if (subresource === 'binding')
    return { group: '', version: 'v1', kind: 'Binding' };
  if (subresource === 'token')
    return {
      group: 'authentication.k8s.io',
      version: 'v1',
      kind: 'TokenRequest',
    };
  if (subresource === 'eviction')
    return { group: 'policy', version: 'v1', kind: 'Eviction' };
  return undefined;
}
