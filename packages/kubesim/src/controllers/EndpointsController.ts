// SPDX-License-Identifier: Apache-2.0
import { asPod, readySince, type Pod } from '../kubelet/Pod';
import type { KubeObject } from '../storage/Objects';
import {
  whereOf,
  type Controller,
  type ControllerPorts,
} from './ControllerPorts';

type ServicePort = {
  name?: string;
  port: number;
  targetPort?: number | string;
  protocol?: string;
};
type Service = {
  metadata: KubeObject['metadata'];
  spec?: { selector?: Record<string, string>; ports?: ServicePort[] };
};

/** Keeps the Endpoints of each Service: the addresses of its ready pods. */
export class EndpointsController implements Controller {
  readonly resource = 'services';

  constructor(private readonly ports: ControllerPorts) {}

  reconcile(key: string): number | undefined {
    const where = whereOf(key);
    const service = this.ports.objects.get(this.resource, where) as
      | Service
      | undefined;
    if (!service) {
      this.ports.objects.delete('endpoints', where);
      return undefined;
    }
    const selector = service.spec?.selector;
    if (!selector || service.metadata.deletionTimestamp) return undefined;
    const subsets = this.subsetsOf(service, selector);
    const present = this.ports.objects.get('endpoints', where);
    if (!present) {
      const { labels } = service.metadata;
      this.ports.objects.create('endpoints', {
        apiVersion: 'v1',
        kind: 'Endpoints',
        metadata: { ...where, labels },
        ...subsets,
      });
      return undefined;
    }
    this.ports.objects.modify('endpoints', where, draft => {
      if (subsets.subsets) draft.subsets = subsets.subsets;
      else delete draft.subsets;
    });
    return undefined;
  }

  private subsetsOf(
    { metadata, spec }: Service,
    selector: Record<string, string>,
  ): { subsets?: unknown[] } {
    const pods = this.ports.objects
      .list('pods', metadata.namespace)
      .map(asPod)
      .filter(pod => pod.status?.podIP && !pod.metadata.deletionTimestamp)
      .filter(pod =>
        Object.entries(selector).every(
          ([name, value]) => pod.metadata.labels?.[name] === value,
        ),
      )
      .filter(({ status }) => status?.phase === 'Running');
    if (pods.length === 0) return {};
    const ready = pods
      .filter(pod => readySince(pod) !== undefined)
      .map(addressOf);
    const notReady = pods
      .filter(pod => readySince(pod) === undefined)
      .map(addressOf);
    const ports = (spec?.ports ?? []).map(
      ({ name, port, targetPort, protocol }) => ({
        ...(name ? { name } : {}),
        port: typeof targetPort === 'number' ? targetPort : port,
        protocol: protocol ?? 'TCP',
      }),
    );
    const subset = {
      ...(ready.length ? { addresses: ready } : {}),
      ...(notReady.length ? { notReadyAddresses: notReady } : {}),
      ports,
    };
    return { subsets: [subset] };
  }
}

function addressOf({ metadata, spec, status }: Pod) {
  const { namespace, name, uid } = metadata;
  return {
    ip: status?.podIP,
    nodeName: spec.nodeName,
    targetRef: { kind: 'Pod', namespace, name, uid },
  };
}
