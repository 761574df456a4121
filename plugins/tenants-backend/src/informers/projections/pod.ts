// SPDX-License-Identifier: Apache-2.0
import { parseQuantity } from '@tenantry/backstage-plugin-tenants-common';
import type { Interner } from '../Interner';
import type { ContainerObject, PodObject, ResourceAmounts } from '../objects';
import { array, at, integer, text, textOr } from './fields';
import { projectConditions, projectMeta, type ProjectionContext } from './meta';

function amount(value: unknown): number | undefined {
  const written = typeof value === 'number' ? String(value) : text(value);
  return written === undefined ? undefined : parseQuantity(written);
}

const noAmounts: ResourceAmounts = Object.freeze({});

function amounts(resources: unknown): ResourceAmounts {
  if (typeof resources !== 'object' || resources === null) return noAmounts;
  return {
    cpu: amount(at(resources, 'cpu')),
    memory: amount(at(resources, 'memory')),
    ephemeralStorage: amount(at(resources, 'ephemeral-storage')),
  };
}

/** The present state. A container without a status waits to be started. */
function stateOf(status: unknown, interner: Interner) {
  const terminated = at(status, 'state', 'terminated');
  const running = at(status, 'state', 'running');
  if (running) {
    const since = interner.textOrNone(text(at(running, 'startedAt')));
    return { state: 'running' as const, since };
  }
  const from = terminated ?? at(status, 'state', 'waiting');
  const about = {
    reason: interner.textOrNone(text(at(from, 'reason'))),
    message: text(at(from, 'message')),
  };
  if (!terminated) return { state: 'waiting' as const, ...about };
  return {
    state: 'terminated' as const,
    ...about,
    exitCode: integer(at(terminated, 'exitCode'), 0),
    since: text(at(terminated, 'finishedAt')),
  };
}

function lastExitOf(
  status: unknown,
  interner: Interner,
): ContainerObject['lastExit'] {
  const last = at(status, 'lastState', 'terminated');
  if (!last) return undefined;
  return {
    code: integer(at(last, 'exitCode'), 0),
    reason: interner.text(textOr(at(last, 'reason'), '')),
    at: text(at(last, 'finishedAt')),
  };
}

function container(
  spec: unknown,
  role: ContainerObject['role'],
  read: { readonly statuses: readonly unknown[]; readonly interner: Interner },
): ContainerObject {
  const { interner } = read;
  const name = textOr(at(spec, 'name'), '');
  const status = read.statuses.find(entry => at(entry, 'name') === name);
  return {
    name: interner.text(name),
    role,
    image: interner.text(textOr(at(spec, 'image'), '')),
    requests: amounts(at(spec, 'resources', 'requests')),
    limits: amounts(at(spec, 'resources', 'limits')),
    ready: at(status, 'ready') === true,
    restarts: integer(at(status, 'restartCount'), 0),
    ...stateOf(status, interner),
    lastExit: lastExitOf(status, interner),
  };
}

/** An init container that restarts always is a sidecar: it runs beside the main ones. */
function initRole(spec: unknown): ContainerObject['role'] {
  return at(spec, 'restartPolicy') === 'Always' ? 'sidecar' : 'init';
}

function containers(
  pod: unknown,
  { interner }: ProjectionContext,
): readonly ContainerObject[] {
  const read = (name: string) => ({
    statuses: array(at(pod, 'status', name)),
    interner,
  });
  const specs = (name: string) => array(at(pod, 'spec', name));
  const main = read('containerStatuses');
  const init = read('initContainerStatuses');
  const ephemeral = read('ephemeralContainerStatuses');
  return [
    ...specs('initContainers').map(s => container(s, initRole(s), init)),
    ...specs('containers').map(s => container(s, 'main', main)),
    ...specs('ephemeralContainers').map(s =>
      container(s, 'ephemeral', ephemeral),
    ),
  ];
}

export function projectPod(
  object: unknown,
  context: ProjectionContext,
): PodObject {
  const { interner } = context;
  const interned = (value: unknown) => interner.textOrNone(text(value));
  const status = at(object, 'status');
  return {
    ...projectMeta(object, context),
    phase: interner.text(textOr(at(status, 'phase'), 'Unknown')),
    reason: interned(at(status, 'reason')),
    message: text(at(status, 'message')),
    node: interned(at(object, 'spec', 'nodeName')),
    startedAt: interned(at(status, 'startTime')),
    priorityClass: interned(at(object, 'spec', 'priorityClassName')),
    conditions: projectConditions(object, context),
    containers: containers(object, context),
  };
}
