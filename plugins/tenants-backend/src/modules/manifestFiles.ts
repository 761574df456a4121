// SPDX-License-Identifier: Apache-2.0
import type { KubeManifest } from '@tenantry/backstage-plugin-tenants-node';
import { stringify } from 'yaml';
import type { PlannedEnvironment } from './Planner';

/** A file for a pull request. */
export type ManifestFile = { readonly path: string; readonly content: string };

/** What files are made from. */
export type FiledEnvironment = Pick<
  PlannedEnvironment,
  'name' | 'cluster' | 'record' | 'objects'
>;

/**
 * One YAML file per object, sorted by path: `<cluster>/<tenant>/<environment>/<kind>-<name>.yaml`. Secrets are left out: their
 * values must not get into a repository. Objects of one kind and name are told apart by their API group.
 */
export function manifestFiles(
  environments: readonly FiledEnvironment[],
): readonly ManifestFile[] {
  return environments
    .flatMap(filesOf)
    .sort((a, b) => (a.path < b.path ? -1 : Number(a.path > b.path)));
}

function filesOf({
  name,
  cluster,
  record,
  objects,
}: FiledEnvironment): ManifestFile[] {
  const folder = [cluster, record.tenant, name].map(segment).join('/');
  const taken = new Set<string>();
  return objects
    .map(({ manifest }) => manifest)
    .filter(({ kind }) => kind !== 'Secret')
    .map(manifest => {
      const plain = `${folder}/${fileName(manifest)}.yaml`;
      const path = taken.has(plain)
        ? `${folder}/${fileName(manifest)}.${groupOf(manifest)}.yaml`
        : plain;
      taken.add(path);
      return { path, content: toYaml(manifest) };
    });
}

function fileName({ kind, metadata }: KubeManifest): string {
  return segment(`${kind}-${metadata.name}`.toLowerCase());
}

function groupOf({ apiVersion, metadata }: KubeManifest): string {
  return segment([apiVersion, metadata.namespace ?? 'cluster'].join('-'));
}

/** A name as part of a path. Names come from specs and definitions: none may leave its folder. */
export function segment(text: string): string {
  return text.replace(/[^A-Za-z0-9._-]/g, '-').replace(/^\.+/, '-');
}

/** An object as a file holds it. */
export function toYaml(manifest: KubeManifest): string {
  return stringify(manifest, { lineWidth: 0, aliasDuplicateObjects: false });
}
