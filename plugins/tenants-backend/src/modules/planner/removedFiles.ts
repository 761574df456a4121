// SPDX-License-Identifier: Apache-2.0
import type {
  ChangeSetEntry,
  Refusal,
} from '@tenantry/backstage-plugin-tenants-common';
import { manifestFiles } from '../manifestFiles';
import { field, textField } from '../manifests/jsonValue';
import type { PlannedEnvironment } from '../Planner';
import type { RenderedObject } from '../RenderedObject';
import { KEPT_KINDS } from '../resourceTypes';

type Named = Pick<ChangeSetEntry, 'apiVersion' | 'kind' | 'namespace' | 'name'>;

/** As clusters tell objects apart: by group, not version. */
function keyOf({ apiVersion, kind, namespace = '', name }: Named): string {
  const group = apiVersion.split('/').slice(0, -1).join('/');
  return [group, kind, namespace, name].join('/');
}

/**
 * The objects of an environment that go when a repository retains it: those it is rendered as now, and what else of it is in the
 * cluster, such as what an earlier pull request left behind. A controller that misses the file of a namespace deletes the namespace
 * with all data in it, so what holds data stays here as it does where we delete.
 */
export function removedObjects(
  present: readonly RenderedObject[],
  entries: readonly ChangeSetEntry[],
): readonly RenderedObject[] {
  const rendered = present.filter(
    ({ manifest }) => !KEPT_KINDS.has(manifest.kind),
  );
  const known = new Set(
    rendered.map(({ manifest: { apiVersion, kind, metadata } }) =>
      keyOf({ apiVersion, kind, ...metadata }),
    ),
  );
  const others = entries
    .filter(entry => !KEPT_KINDS.has(entry.kind) && !known.has(keyOf(entry)))
    .map(({ apiVersion, kind, name, namespace }) => ({
      manifest: {
        apiVersion,
        kind,
        metadata: { name, ...(namespace !== undefined && { namespace }) },
      },
      wave: 0,
    }));
  return [...rendered, ...others];
}

/** Where the files of those objects are, sorted. */
export function removedFiles(
  environments: readonly PlannedEnvironment[],
): string[] {
  return manifestFiles(
    environments.map(({ removed = [], ...environment }) => ({
      ...environment,
      objects: removed,
    })),
  ).map(({ path }) => path);
}

/** A StatefulSet may say that its volume claims go with it. We see to it that they stay; a repository's controller cannot. */
export function refuseLostClaims(
  environment: string,
  objects: readonly unknown[],
): Refusal[] {
  const subjects = objects
    .filter(object => {
      const policy = field(
        field(object, 'spec'),
        'persistentVolumeClaimRetentionPolicy',
      );
      return textField(policy, 'whenDeleted') === 'Delete';
    })
    .map(
      object =>
        `${textField(object, 'kind')}/${textField(
          field(object, 'metadata'),
          'name',
        )}`,
    );
  return [...new Set(subjects)].map(subject => ({
    rule: 'manifest' as const,
    environment,
    subject,
    message: `${subject} takes its volume claims along when it is deleted from a repository, and the data would be lost.`,
    chain: [environment, subject],
    fixes: [
      {
        label: `Let a release of its module set persistentVolumeClaimRetentionPolicy.whenDeleted to Retain, and merge that first.`,
      },
    ],
  }));
}
