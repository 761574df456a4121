// SPDX-License-Identifier: Apache-2.0
import type { ReplicatedObject } from '../objects';
import { at, integer, textMap, textOr } from './fields';
import {
  projectConditions,
  projectImages,
  projectMeta,
  type ProjectionContext,
} from './meta';

/** Names of the counts in `status`. `current` is what exists now; for a StatefulSet, of the current revision. */
type Counts = {
  readonly ready: string;
  readonly updated: string;
  readonly available: string;
  readonly current: string;
};

const podCounts: Counts = {
  ready: 'readyReplicas',
  updated: 'updatedReplicas',
  available: 'availableReplicas',
  current: 'replicas',
};
const countsByKind: Readonly<Record<string, Counts>> = {
  StatefulSet: { ...podCounts, current: 'currentReplicas' },
  DaemonSet: {
    ready: 'numberReady',
    updated: 'updatedNumberScheduled',
    available: 'numberAvailable',
    current: 'currentNumberScheduled',
  },
};

/** A DaemonSet wants one pod per node that fits, which only its status knows. */
function wantedReplicas(object: unknown, kind: string): number {
  return kind === 'DaemonSet'
    ? integer(at(object, 'status', 'desiredNumberScheduled'), 0)
    : integer(at(object, 'spec', 'replicas'), 1);
}

/** Deployment, StatefulSet, DaemonSet, ReplicaSet. */
export function projectReplicated(
  object: unknown,
  context: ProjectionContext,
): ReplicatedObject {
  const { kind, interner } = context;
  const spec = at(object, 'spec');
  const status = at(object, 'status');
  const counts = countsByKind[kind] ?? podCounts;
  const strategy = at(spec, 'strategy') ?? at(spec, 'updateStrategy');
  return {
    ...projectMeta(object, context),
    replicas: wantedReplicas(object, kind),
    observedGeneration: integer(at(status, 'observedGeneration'), 0),
    readyReplicas: integer(at(status, counts.ready), 0),
    updatedReplicas: integer(at(status, counts.updated), 0),
    availableReplicas: integer(at(status, counts.available), 0),
    currentReplicas: integer(at(status, counts.current), 0),
    paused: at(spec, 'paused') === true,
    updateStrategy: interner.text(textOr(at(strategy, 'type'), '')),
    partition: integer(at(strategy, 'rollingUpdate', 'partition'), 0),
    selector: textMap(at(spec, 'selector', 'matchLabels'), interner),
    images: projectImages(at(spec, 'template', 'spec'), context),
    conditions: projectConditions(object, context),
  };
}
