// SPDX-License-Identifier: Apache-2.0
import { fieldAt, isJsonObject, listField } from '../jsonValue';
import { RESTRICTED_CAPABILITIES, RESTRICTED_VOLUMES } from './allowedValues';
import {
  offending,
  offendingInContainers,
  type Control,
  type PodView,
} from './PodView';

const SECCOMP = ['securityContext', 'seccompProfile', 'type'];
const NON_ROOT = ['securityContext', 'runAsNonRoot'];
const SAFE_SECCOMP = ['RuntimeDefault', 'Localhost'];

/**
 * What `restricted` asks for on top of `baseline`.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
 */
export const RESTRICTED_CONTROLS: readonly Control[] = [
  restricted(
    'Volume Types',
    `Use only ${RESTRICTED_VOLUMES.join(', ')}.`,
    volumeTypes,
  ),
  restricted(
    'Privilege Escalation',
    'Set securityContext.allowPrivilegeEscalation: false on every container.',
    pod =>
      offendingInContainers(
        pod,
        ['securityContext', 'allowPrivilegeEscalation'],
        value => value === false,
      ),
  ),
  restricted(
    'Running as Non-root',
    'Set securityContext.runAsNonRoot: true on the pod.',
    pod => inPodOrEveryContainer(pod, NON_ROOT, [true]),
  ),
  restricted(
    'Running as Non-root user',
    'Set securityContext.runAsUser to another user than 0, or remove it.',
    pod => offending(pod, ['securityContext', 'runAsUser'], isNotRoot),
  ),
  restricted(
    'Seccomp (restricted)',
    'Set securityContext.seccompProfile.type: RuntimeDefault on the pod.',
    pod => inPodOrEveryContainer(pod, SECCOMP, SAFE_SECCOMP),
  ),
  restricted(
    'Capabilities (restricted)',
    'Set securityContext.capabilities.drop: [ALL] on every container; only NET_BIND_SERVICE may be added.',
    capabilities,
  ),
];

function restricted(
  name: string,
  remedy: string,
  violations: Control['violations'],
): Control {
  return { name, level: 'restricted', remedy, violations };
}

function volumeTypes(pod: PodView): string[] {
  return listField(pod.spec, 'volumes').flatMap((volume, at) =>
    isJsonObject(volume)
      ? Object.keys(volume)
          .filter(key => key !== 'name' && !RESTRICTED_VOLUMES.includes(key))
          .map(key => `spec.volumes[${at}].${key}`)
      : [],
  );
}

/** The pod's word holds for containers that say nothing; a container's own word wins. */
function inPodOrEveryContainer(
  pod: PodView,
  path: readonly string[],
  allowed: readonly (string | boolean)[],
): string[] {
  const isGood = (value: unknown) => allowed.some(good => good === value);
  const ofPod = fieldAt(pod.spec, path);
  const isPodGood = isGood(ofPod);
  const containers = offendingInContainers(
    pod,
    path,
    value =>
      isGood(value) || (isPodGood && (value === undefined || value === null)),
  );
  const isPodBad = ofPod !== undefined && ofPod !== null && !isPodGood;
  return isPodBad ? [`spec.${path.join('.')}`, ...containers] : containers;
}

function isNotRoot(value: unknown): boolean {
  return value !== 0;
}

function capabilities(pod: PodView): string[] {
  const added = offendingInContainers(
    pod,
    ['securityContext', 'capabilities', 'add'],
    value =>
      value === undefined ||
      value === null ||
      (Array.isArray(value) &&
        value.every(item => RESTRICTED_CAPABILITIES.includes(item))),
  );
  const dropped = offendingInContainers(
    pod,
    ['securityContext', 'capabilities', 'drop'],
    value => Array.isArray(value) && value.includes('ALL'),
  );
  return [...dropped, ...added];
}
