// SPDX-License-Identifier: Apache-2.0
import { readySince, type Pod } from '../kubelet/Pod';
import type { KubeObject } from '../storage/Objects';

export type ServicePort = {
  name?: string;
  port: number;
  targetPort?: number | string;
  protocol?: string;
};
export type Service = {
  metadata: KubeObject['metadata'];
  spec?: {
    selector?: Record<string, string>;
    ports?: ServicePort[];
    publishNotReadyAddresses?: boolean;
  };
};
type Port = { name?: string; port: number; protocol: string };

/** Whether the selector of a service chooses a pod. An empty one chooses none. */
export function selects(selector: Record<string, string>, pod: Pod): boolean {
  const wanted = Object.entries(selector);
  return (
    wanted.length > 0 &&
    wanted.every(([name, value]) => pod.metadata.labels?.[name] === value)
  );
}

/** Where the ports of a service lead to in a pod; a port the pod does not name leads nowhere. */
export function targetPorts({ spec }: Service, pod: Pod): Port[] {
  return (spec?.ports ?? []).flatMap(
    ({ name, port, targetPort = port, protocol = 'TCP' }) => {
      const number =
        typeof targetPort === 'number'
          ? targetPort
          : namedPort(pod, targetPort);
      return number === undefined
        ? []
        : [{ ...(name ? { name } : {}), port: number, protocol }];
    },
  );
}

function namedPort({ spec }: Pod, name: string): number | undefined {
  return spec.containers
    .flatMap(({ ports }) => ports ?? [])
    .find(port => port.name === name)?.containerPort;
}

function serves(service: Service, pod: Pod): boolean {
  return (
    service.spec?.publishNotReadyAddresses === true ||
    readySince(pod) !== undefined
  );
}

/** The subsets of an Endpoints object, one for each set of ports; `undefined` when there are none. */
export function endpointSubsets(
  service: Service,
  pods: readonly Pod[],
): unknown[] | undefined {
  const groups = new Map<string, { ports: Port[]; pods: Pod[] }>();
  for (const pod of pods.filter(({ status }) => !isOver(status?.phase))) {
    const ports = targetPorts(service, pod);
    const key = JSON.stringify(ports);
    const group = groups.get(key) ?? { ports, pods: [] };
    groups.set(key, group);
    group.pods.push(pod);
  }
  if (groups.size === 0) return undefined;
  return [...groups.values()].map(group => {
    const ready = group.pods.filter(pod => serves(service, pod));
    const unready = group.pods.filter(pod => !serves(service, pod));
    return {
      ...(ready.length ? { addresses: ready.map(addressOf) } : {}),
      ...(unready.length ? { notReadyAddresses: unready.map(addressOf) } : {}),
      ports: group.ports,
    };
  });
}

/** What an EndpointSlice holds beside its metadata. */
export function endpointSlice(
  service: Service,
  pods: readonly Pod[],
): Record<string, unknown> {
  const open = pods.filter(({ status }) => !isOver(status?.phase));
  const [first] = open;
  const endpoints = open.map(pod => {
    const terminating = pod.metadata.deletionTimestamp !== undefined;
    const serving = serves(service, pod);
    const { ip, nodeName, targetRef } = addressOf(pod);
    return {
      addresses: [ip],
      conditions: { ready: serving && !terminating, serving, terminating },
      targetRef,
      nodeName,
    };
  });
  const ports = first ? targetPorts(service, first) : [];
  return { addressType: 'IPv4', endpoints, ports };
}

function isOver(phase: string | undefined): boolean {
  return phase === 'Succeeded' || phase === 'Failed';
}

function addressOf({ metadata, spec, status }: Pod) {
  const { namespace, name, uid } = metadata;
  return {
    ip: status?.podIP,
    nodeName: spec.nodeName,
    targetRef: { kind: 'Pod', namespace, name, uid },
  };
}
