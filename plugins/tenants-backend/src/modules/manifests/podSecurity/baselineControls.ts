// SPDX-License-Identifier: Apache-2.0
import { field, isJsonObject, listField, textField } from '../jsonValue';
import {
  absentOr,
  isOff,
  offending,
  offendingInContainers,
  offendingInPod,
  type Control,
  type PodView,
} from './PodView';
import {
  BASELINE_CAPABILITIES,
  SAFE_SYSCTLS,
  SELINUX_TYPES,
} from './allowedValues';

const HANDLERS = [
  ['livenessProbe'],
  ['readinessProbe'],
  ['startupProbe'],
  ['lifecycle', 'postStart'],
  ['lifecycle', 'preStop'],
].flatMap(handler =>
  ['httpGet', 'tcpSocket'].map(action => [...handler, action, 'host']),
);
const APPARMOR_ANNOTATION = 'container.apparmor.security.beta.kubernetes.io/';

/**
 * What every pod of a tenant keeps to.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline
 */
export const BASELINE_CONTROLS: readonly Control[] = [
  baseline('HostProcess', 'Remove hostProcess.', pod =>
    offending(pod, ['securityContext', 'windowsOptions', 'hostProcess'], isOff),
  ),
  baseline('Host Namespaces', 'Remove hostNetwork, hostPID and hostIPC.', pod =>
    ['hostNetwork', 'hostPID', 'hostIPC'].flatMap(name =>
      offendingInPod(pod, [name], isOff),
    ),
  ),
  baseline('Privileged Containers', 'Remove privileged.', pod =>
    offendingInContainers(pod, ['securityContext', 'privileged'], isOff),
  ),
  baseline('Capabilities', 'Remove the capabilities that are added.', pod =>
    offendingInContainers(
      pod,
      ['securityContext', 'capabilities', 'add'],
      onlyOf(BASELINE_CAPABILITIES),
    ),
  ),
  baseline(
    'HostPath Volumes',
    'Use a PersistentVolumeClaim or an emptyDir.',
    hostPaths,
  ),
  baseline('Host Ports', 'Remove hostPort and use a Service.', hostPorts),
  baseline('Host Probes / Lifecycle Hooks', 'Remove host.', pod =>
    HANDLERS.flatMap(path => offendingInContainers(pod, path, absentOr(''))),
  ),
  baseline('AppArmor', 'Use RuntimeDefault.', pod => [
    ...offending(
      pod,
      ['securityContext', 'appArmorProfile', 'type'],
      absentOr('RuntimeDefault', 'Localhost'),
    ),
    ...appArmorAnnotations(pod),
  ]),
  baseline('SELinux', 'Remove user and role, use type container_t.', pod => [
    ...offending(
      pod,
      ['securityContext', 'seLinuxOptions', 'type'],
      absentOr(...SELINUX_TYPES),
    ),
    ...['user', 'role'].flatMap(name =>
      offending(pod, ['securityContext', 'seLinuxOptions', name], absentOr('')),
    ),
  ]),
  baseline('/proc Mount Type', 'Remove procMount.', pod =>
    offendingInContainers(
      pod,
      ['securityContext', 'procMount'],
      absentOr('Default'),
    ),
  ),
  baseline('Seccomp', 'Use RuntimeDefault.', pod =>
    offending(
      pod,
      ['securityContext', 'seccompProfile', 'type'],
      absentOr('RuntimeDefault', 'Localhost'),
    ),
  ),
  baseline('Sysctls', 'Remove sysctls that are not safe.', unsafeSysctls),
];

function baseline(
  name: string,
  remedy: string,
  violations: Control['violations'],
): Control {
  return { name, level: 'baseline', remedy, violations };
}

function onlyOf(allowed: readonly string[]) {
  return (value: unknown) =>
    value === undefined ||
    value === null ||
    (Array.isArray(value) && value.every(item => allowed.includes(item)));
}

function hostPaths(pod: PodView): string[] {
  return listField(pod.spec, 'volumes').flatMap((volume, at) =>
    isOff(field(volume, 'hostPath')) ? [] : [`spec.volumes[${at}].hostPath`],
  );
}

function hostPorts(pod: PodView): string[] {
  return pod.containers.flatMap(({ value, path }) =>
    listField(value, 'ports').flatMap((port, at) =>
      absentOr(0)(field(port, 'hostPort'))
        ? []
        : [`spec.${path}.ports[${at}].hostPort`],
    ),
  );
}

function appArmorAnnotations(pod: PodView): string[] {
  return Object.entries(pod.annotations).flatMap(([key, value]) => {
    const isOurs = key.startsWith(APPARMOR_ANNOTATION);
    const isSafe =
      value === 'runtime/default' ||
      (typeof value === 'string' && value.startsWith('localhost/'));
    return isOurs && !isSafe ? [`metadata.annotations[${key}]`] : [];
  });
}

function unsafeSysctls(pod: PodView): string[] {
  const context = field(pod.spec, 'securityContext');
  if (!isJsonObject(context)) return [];
  return listField(context, 'sysctls').flatMap((sysctl, at) =>
    SAFE_SYSCTLS.includes(textField(sysctl, 'name') ?? '')
      ? []
      : [`spec.securityContext.sysctls[${at}].name`],
  );
}
