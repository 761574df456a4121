// SPDX-License-Identifier: Apache-2.0
import type { KubeManifest } from '@tenantry/backstage-plugin-tenants-node';
import {
  fenceAnnotation,
  systemNamespaceManifest,
  toConfigMap,
} from '../records/recordConfigMap';
import {
  manifestFiles,
  segment,
  toYaml,
  type FiledEnvironment,
  type ManifestFile,
} from './manifestFiles';
import { placesOf } from './placesOf';

/** Where records are and how they are marked. */
export type RecordPlace = {
  readonly systemNamespace: string;
  /** Of our labels, such as `tenantry.dev`. */
  readonly prefix: string;
};

/** Files of every version of the portal say the same. */
const TOOLING = 'tenantry/v1';

/**
 * Environments as files for a Git repository, sorted by path: their objects, the records by which the portal knows them once they are in
 * the cluster, and the namespace of the records. A folder `<cluster>/<tenant>/<environment>` is whole: what is not among its files is
 * to be deleted. Of what is retained there is only the record: the plan says what goes with it, as what holds data stays.
 */
export function environmentFiles(
  environments: readonly FiledEnvironment[],
  place: RecordPlace,
): readonly ManifestFile[] {
  const shared = new Map(
    environments.map(({ cluster }) => {
      const file = systemNamespaceFile(cluster, place);
      return [file.path, file];
    }),
  );
  const files = [
    ...manifestFiles(environments),
    ...environments.map(each => recordFile(each, place)),
    ...shared.values(),
  ];
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

function systemNamespaceFile(
  cluster: string,
  { systemNamespace }: RecordPlace,
): ManifestFile {
  return {
    path: `${segment(cluster)}/namespace-${segment(systemNamespace)}.yaml`,
    content: toYaml(systemNamespaceManifest(systemNamespace)),
  };
}

/** Its revisions are those of the repository, and its fence is none of the repository’s business. */
function recordFile(
  { name, cluster, record, objects }: FiledEnvironment,
  place: RecordPlace,
): ManifestFile {
  const { stored, operation, ...kept } = record;
  const filed = {
    ...kept,
    revision: Math.max(1, kept.revision),
    // What is retained has no objects any more, but what a repository did not prune is still to be found.
    ...(kept.state === 'active' && { places: placesOf(objects) }),
  };
  const manifest = withoutFence(
    toConfigMap(filed, { ...place, cluster, tooling: TOOLING }),
    fenceAnnotation(place.prefix),
  );
  const folder = [cluster, record.tenant, name].map(segment).join('/');
  return { path: `${folder}/record.yaml`, content: toYaml(manifest) };
}

function withoutFence(manifest: KubeManifest, fence: string): KubeManifest {
  const { annotations = {}, ...metadata } = manifest.metadata;
  const kept = Object.entries(annotations).filter(([name]) => name !== fence);
  return {
    ...manifest,
    metadata: { ...metadata, annotations: Object.fromEntries(kept) },
  };
}
