// SPDX-License-Identifier: Apache-2.0
import { parseQuantity } from '@tenantry/backstage-plugin-tenants-common';
import type { Interner } from '../Interner';
import type { ContainerObject, PodObject, ResourceAmounts } from '../objects';
import { array, at, integer, text, textOr } from './fields';
import { projectConditions, projectMeta, type ProjectionContext } from './meta';

function written(value: unknown): string | undefined {
  return typeof value === 'number' ? String(value) : text(value);
}

function amount(value: string | undefined): number | undefined {
  return value === undefined ? undefined : parseQuantity(value);
}

const noAmounts: ResourceAmounts = Object.freeze({});

/** Containers of one workload ask for the same. */
function amounts(resources: unknown, interner: Interner): ResourceAmounts {
  if (typeof resources !== 'object' || resources === null) return noAmounts;
  const cpu = written(at(resources, 'cpu'));
  const memory = written(at(resources, 'memory'));
  const ephemeralStorage = written(at(resources, 'ephemeral-storage'));
  return interner.amounts.get(`${cpu} ${memory} ${ephemeralStorage}`, () => ({
    cpu: amount(cpu),
    memory: amount(memory),
    ephemeralStorage: amount(ephemeralStorage),
  }));
}

type ContainerState = Pick<
  ContainerObject,
  'state' | 'reason' | 'message' | 'exitCode' | 'since'
>;

/** The present state. A container without a status waits to be started. */
function stateOf(status: unknown, interner: Interner): ContainerState {
  const terminated = at(status, 'state', 'terminated');
  const running = at(status, 'state', 'running');
  if (running) {
    const since = interner.moment(text(at(running, 'startedAt')));
    return { state: 'running', since };
  }
  const from = terminated ?? at(status, 'state', 'waiting');
  const about = {
    reason: interner.textOrNone(text(at(from, 'reason'))),
    message: text(at(from, 'message')),
  };
  if (!terminated) return { state: 'waiting', ...about };
  return {
    state: 'terminated',
    ...about,
    exitCode: integer(at(terminated, 'exitCode'), 0),
    since: interner.moment(text(at(terminated, 'finishedAt'))),
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
    at: interner.moment(text(at(last, 'finishedAt'))),
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
  const { state, reason, message, exitCode, since } = stateOf(status, interner);
  // All members in one literal: an object that is put together takes more room.
  return {
    name: interner.text(name),
    role,
    image: interner.text(textOr(at(spec, 'image'), '')),
    requests: amounts(at(spec, 'resources', 'requests'), interner),
    limits: amounts(at(spec, 'resources', 'limits'), interner),
    ready: at(status, 'ready') === true,
    restarts: integer(at(status, 'restartCount'), 0),
    state,
    reason,
    message,
    exitCode,
    since,
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
  // By `concat`, which makes a list as long as it has to be; one that grows keeps room for 16 more.
  return specs('initContainers')
    .map(s => container(s, initRole(s), init))
    .concat(
      specs('containers').map(s => container(s, 'main', main)),
      specs('ephemeralContainers').map(s =>
        container(s, 'ephemeral', ephemeral),
      ),
    );
}

/** What every running pod fulfils. */
const ORDINARY = new Set([
  'PodReadyToStartContainers',
  'Initialized',
  'ContainersReady',
  'PodScheduled',
]);

/** Conditions that tell one pod on a node from another: `Ready`, what is not fulfilled, and what is not ordinary. */
function podConditions(object: unknown, context: ProjectionContext) {
  const conditions = projectConditions(object, context);
  if (text(at(object, 'spec', 'nodeName')) === undefined) return conditions;
  return conditions
    .filter(({ type, status }) => status !== 'True' || !ORDINARY.has(type))
    .slice();
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
    startedAt: interner.moment(text(at(status, 'startTime'))),
    priorityClass: interned(at(object, 'spec', 'priorityClassName')),
    conditions: podConditions(object, context),
    containers: containers(object, context),
  };
}
