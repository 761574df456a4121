// SPDX-License-Identifier: Apache-2.0
import {
  recordOf,
  recordsOf,
  textOf,
  type JsonRecord,
} from '../../storage/json';
import {
  containersText,
  quoted,
  sortedSet,
  texts,
  type ContainerView,
  type PodCheck,
} from './PodView';

const DEFAULT_CAPABILITIES: ReadonlySet<string> = new Set([
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
]);
const SELINUX_TYPES: ReadonlySet<unknown> = new Set([
  undefined,
  '',
  'container_t',
  'container_init_t',
  'container_kvm_t',
  'container_engine_t',
]);
const SYSCTLS: ReadonlySet<string> = new Set([
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.ping_group_range',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_rmem',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.tcp_wmem',
]);
const APPARMOR = 'container.apparmor.security.beta.kubernetes.io/';
const HOST_NAMESPACES = ['hostNetwork', 'hostPID', 'hostIPC'];

const appArmor: PodCheck = ({ annotations, security, containers }) => {
  const unconfined = (context: JsonRecord) =>
    recordOf(context.appArmorProfile).type === 'Unconfined';
  const bad = containers.filter(item => unconfined(item.security));
  const old = Object.entries(annotations)
    .filter(
      ([key, value]) => key.startsWith(APPARMOR) && value === 'unconfined',
    )
    .map(([key, value]) => `${JSON.stringify(key)}=${JSON.stringify(value)}`)
    .sort();
  const says = 'must not set AppArmor profile type to "Unconfined"';
  const details = [
    ...(unconfined(security) ? [`pod ${says}`] : []),
    ...(bad.length > 0 ? [`${containersText(bad)} ${says}`] : []),
    ...(old.length > 0
      ? [`${old.length === 1 ? 'annotation' : 'annotations'} ${old.join(', ')}`]
      : []),
  ];
  if (details.length === 0) return undefined;
  const reason = `forbidden AppArmor profile${details.length > 1 ? 's' : ''}`;
  return { reason, detail: details.join(' and ') };
};

/** The capabilities each container adds beyond those allowed. */
export function addedBeyond(
  containers: readonly ContainerView[],
  allowed: ReadonlySet<string>,
): { bad: ContainerView[]; capabilities: string[] } {
  const beyond = ({ security }: ContainerView) =>
    texts(recordOf(security.capabilities).add).filter(
      capability => !allowed.has(capability),
    );
  const bad = containers.filter(item => beyond(item).length > 0);
  return { bad, capabilities: sortedSet(bad.flatMap(beyond)) };
}

const capabilities: PodCheck = ({ containers }) => {
  const added = addedBeyond(containers, DEFAULT_CAPABILITIES);
  if (added.bad.length === 0) return undefined;
  return {
    reason: 'non-default capabilities',
    detail: `${containersText(added.bad)} must not include ${quoted(
      added.capabilities,
    )} in securityContext.capabilities.add`,
  };
};

const hostNamespaces: PodCheck = ({ spec }) => {
  const used = HOST_NAMESPACES.filter(key => spec[key] === true);
  if (used.length === 0) return undefined;
  const detail = used.map(key => `${key}=true`).join(', ');
  return { reason: 'host namespaces', detail };
};

const hostPathVolumes: PodCheck = ({ spec }) => {
  const names = recordsOf(spec.volumes)
    .filter(volume => volume.hostPath)
    .map(volume => textOf(volume.name) ?? '');
  if (names.length === 0) return undefined;
  const word = names.length === 1 ? 'volume' : 'volumes';
  return { reason: 'hostPath volumes', detail: `${word} ${quoted(names)}` };
};

const hostPorts: PodCheck = ({ containers }) => {
  const portsOf = ({ ports }: ContainerView) =>
    ports.map(port => port.hostPort).filter(Boolean);
  const bad = containers.filter(item => portsOf(item).length > 0);
  if (bad.length === 0) return undefined;
  const ports = sortedSet(bad.flatMap(portsOf).map(String));
  const use = bad.length === 1 ? 'uses' : 'use';
  const word = ports.length === 1 ? 'hostPort' : 'hostPorts';
  return {
    reason: 'hostPort',
    detail: `${containersText(bad)} ${use} ${word} ${ports.join(', ')}`,
  };
};

const privileged: PodCheck = ({ containers }) => {
  const bad = containers.filter(item => item.security.privileged === true);
  if (bad.length === 0) return undefined;
  return {
    reason: 'privileged',
    detail: `${containersText(
      bad,
    )} must not set securityContext.privileged=true`,
  };
};

const procMount: PodCheck = ({ containers }) => {
  const typeOf = ({ security }: ContainerView) => textOf(security.procMount);
  const bad = containers.filter(
    item => (typeOf(item) ?? 'Default') !== 'Default',
  );
  if (bad.length === 0) return undefined;
  const types = quoted(sortedSet(bad.map(item => typeOf(item) ?? '')));
  return {
    reason: 'procMount',
    detail: `${containersText(
      bad,
    )} must not set securityContext.procMount to ${types}`,
  };
};

const seLinuxOptions: PodCheck = ({ security, containers }) => {
  const problems = (context: JsonRecord) => {
    const { type, user, role } = recordOf(context.seLinuxOptions);
    return [
      ...(SELINUX_TYPES.has(type) ? [] : [`type ${JSON.stringify(type)}`]),
      ...(user ? ['user may not be set'] : []),
      ...(role ? ['role may not be set'] : []),
    ];
  };
  const bad = containers.filter(item => problems(item.security).length > 0);
  const ofPod = problems(security);
  const setters = [
    ...(ofPod.length > 0 ? ['pod'] : []),
    ...(bad.length > 0 ? [containersText(bad)] : []),
  ];
  if (setters.length === 0) return undefined;
  const all = [...ofPod, ...bad.flatMap(item => problems(item.security))];
  return {
    reason: 'seLinuxOptions',
    detail: `${setters.join(
      ' and ',
    )} set forbidden securityContext.seLinuxOptions: ${[...new Set(all)].join(
      '; ',
    )}`,
  };
};

const seccompProfile: PodCheck = ({ security, containers }) => {
  const unconfined = (context: JsonRecord) =>
    recordOf(context.seccompProfile).type === 'Unconfined';
  const bad = containers.filter(item => unconfined(item.security));
  const says =
    'must not set securityContext.seccompProfile.type to "Unconfined"';
  const details = [
    ...(unconfined(security) ? [`pod ${says}`] : []),
    ...(bad.length > 0 ? [`${containersText(bad)} ${says}`] : []),
  ];
  if (details.length === 0) return undefined;
  return { reason: 'seccompProfile', detail: details.join(' and ') };
};

const sysctls: PodCheck = ({ security }) => {
  const bad = recordsOf(security.sysctls)
    .map(item => textOf(item.name) ?? '')
    .filter(name => !SYSCTLS.has(name));
  if (bad.length === 0) return undefined;
  return { reason: 'forbidden sysctls', detail: bad.join(', ') };
};

const hostProcess: PodCheck = ({ security, containers }) => {
  const set = (context: JsonRecord) =>
    recordOf(context.windowsOptions).hostProcess === true;
  const bad = containers.filter(item => set(item.security));
  const setters = [
    ...(set(security) ? ['pod'] : []),
    ...(bad.length > 0 ? [containersText(bad)] : []),
  ];
  if (setters.length === 0) return undefined;
  return {
    reason: 'hostProcess',
    detail: `${setters.join(
      ' and ',
    )} must not set securityContext.windowsOptions.hostProcess=true`,
  };
};

/** What the baseline level checks, by name and in the order of the real server. */
export const BASELINE_CHECKS: Readonly<Record<string, PodCheck>> = {
  appArmor,
  capabilities,
  hostNamespaces,
  hostPathVolumes,
  hostPorts,
  privileged,
  procMount,
  seLinuxOptions,
  seccompProfile,
  sysctls,
  hostProcess,
};
