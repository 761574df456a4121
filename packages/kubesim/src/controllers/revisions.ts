// SPDX-License-Identifier: Apache-2.0
import { recordOf } from '../storage/json';
import type { KubeObject } from '../storage/Objects';
import {
  controlledBy,
  controllerOf,
  type ControllerPorts,
} from './ControllerPorts';
import type { PodTemplate, Selector } from './Workload';

const RESOURCE = 'controllerrevisions.apps';
const DEFAULT_LIMIT = 10;

type Owner = Pick<KubeObject, 'apiVersion' | 'kind' | 'metadata'> & {
  spec: {
    selector: Selector;
    template: PodTemplate;
    revisionHistoryLimit?: number;
  };
};

/**
 * Keeps the history of templates that `kubectl rollout history` and `undo` read: the revision of today is the highest,
 * and only so many old ones stay. `inUse` are the names that pods still have.
 */
export function recordRevision(
  ports: ControllerPorts,
  owner: Owner,
  { name, inUse }: { name: string; inUse: ReadonlySet<string> },
): void {
  const { namespace, uid } = owner.metadata;
  const own = ports.objects
    .list(RESOURCE, namespace)
    .filter(each => controllerOf(each)?.uid === uid)
    .sort((left, right) => numberOf(left) - numberOf(right));
  const highest = numberOf(own.at(-1));
  const present = own.find(({ metadata }) => metadata.name === name);
  if (!present) {
    const { apiVersion, kind } = {
      apiVersion: 'apps/v1',
      kind: 'ControllerRevision',
    };
    const template = structuredClone(owner.spec.template);
    ports.objects.create(RESOURCE, {
      apiVersion,
      kind,
      metadata: {
        name,
        namespace,
        labels: owner.spec.selector.matchLabels,
        ownerReferences: controlledBy(owner),
      },
      // As the real controllers write it, so that it can be sent back as a patch.
      data: { spec: { template: { ...template, $patch: 'replace' } } },
      revision: highest + 1,
    });
  } else if (numberOf(present) !== highest) {
    ports.objects.modify(RESOURCE, { namespace, name }, draft => {
      draft.revision = highest + 1;
    });
  }
  const idle = own.filter(
    ({ metadata }) => metadata.name !== name && !inUse.has(metadata.name),
  );
  const limit = owner.spec.revisionHistoryLimit ?? DEFAULT_LIMIT;
  for (const { metadata } of idle.slice(0, Math.max(0, idle.length - limit)))
    ports.objects.delete(RESOURCE, metadata);
}

/** The template a revision stands for; `undefined` when it is no longer kept. */
export function templateOfRevision(
  ports: ControllerPorts,
  where: { namespace?: string; name: string },
): PodTemplate | undefined {
  const revision = ports.objects.get(RESOURCE, where);
  const data = recordOf(recordOf(revision?.data).spec);
  const { $patch: _patch, ...template } = recordOf(data.template);
  return 'spec' in template ? asTemplate(structuredClone(template)) : undefined;
}

function asTemplate(value: Record<string, unknown>): PodTemplate {
  return value as PodTemplate;
}

function numberOf(revision: KubeObject | undefined): number {
  return Number(revision?.revision ?? 0);
}
