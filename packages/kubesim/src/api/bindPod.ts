// SPDX-License-Identifier: Apache-2.0
import { conflict } from '../storage/ApiError';
import type { ClusterObjects } from '../storage/ClusterObjects';
import {
  ensureRecord,
  recordOf,
  recordsOf,
  textOf,
  type JsonRecord,
} from '../storage/json';
import type { KubeObject } from '../storage/Objects';
import type { Answer } from './WriteHandler';

const SUCCESS = {
  kind: 'Status',
  apiVersion: 'v1',
  metadata: {},
  status: 'Success',
  code: 201,
};

/** Puts a pod on the node that a Binding names. @throws ApiError 409 when it is on one already */
export function bindPod(
  objects: ClusterObjects,
  pod: KubeObject,
  { binding, now }: { binding: JsonRecord; now: string },
): Answer {
  const { namespace, name } = pod.metadata;
  const node = textOf(pod.spec?.nodeName);
  if (node)
    throw conflict(
      { plural: 'pods/binding', group: '' },
      name,
      `pod ${name} is already assigned to node ${JSON.stringify(node)}`,
    );
  objects.modify('pods', { namespace, name }, draft => {
    const target = textOf(recordOf(binding.target).name);
    ensureRecord(draft, 'spec').nodeName = target;
    const status = ensureRecord(draft, 'status');
    status.conditions = [
      ...recordsOf(status.conditions).filter(
        item => item.type !== 'PodScheduled',
      ),
      {
        type: 'PodScheduled',
        status: 'True',
        lastProbeTime: null,
        lastTransitionTime: now,
      },
    ];
  });
  return { code: 201, object: SUCCESS };
}
