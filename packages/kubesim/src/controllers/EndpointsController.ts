// SPDX-License-Identifier: Apache-2.0
import { asPod, type Pod } from '../kubelet/Pod';
import {
  controlledBy,
  whereOf,
  type Controller,
  type ControllerPorts,
} from './ControllerPorts';
import {
  endpointSlice,
  endpointSubsets,
  selects,
  type Service,
} from './endpoints';

const SLICES = 'endpointslices.discovery.k8s.io';
const SERVICE_NAME = 'kubernetes.io/service-name';
/** As many endpoints as the real controller puts into one slice. */
const MAX_PER_SLICE = 100;

/** Keeps the Endpoints and the EndpointSlices of each Service: the addresses of its pods, and which of them serve. */
export class EndpointsController implements Controller {
  readonly resource = 'services';

  constructor(private readonly ports: ControllerPorts) {}

  reconcile(key: string): number | undefined {
    const where = whereOf(key);
    const object = this.ports.objects.get(this.resource, where);
    if (!object) {
      this.ports.objects.delete('endpoints', where);
      this.dropSlices(where, 0);
      return undefined;
    }
    const service: Service = object;
    const selector = service.spec?.selector;
    if (!selector || service.metadata.deletionTimestamp) return undefined;
    const pods = this.ports.objects
      .list('pods', where.namespace)
      .map(asPod)
      .filter(pod => pod.status?.podIP && selects(selector, pod));
    this.writeEndpoints(service, pods);
    this.writeSlices(service, pods);
    return undefined;
  }

  private writeEndpoints(service: Service, pods: readonly Pod[]): void {
    const { namespace, name, labels } = service.metadata;
    const where = { namespace, name };
    const subsets = endpointSubsets(
      service,
      pods.filter(({ metadata }) => !metadata.deletionTimestamp),
    );
    if (!this.ports.objects.get('endpoints', where)) {
      this.ports.objects.create('endpoints', {
        apiVersion: 'v1',
        kind: 'Endpoints',
        metadata: { ...where, labels },
        ...(subsets ? { subsets } : {}),
      });
      return;
    }
    this.ports.objects.modify('endpoints', where, draft => {
      if (subsets) draft.subsets = subsets;
      else delete draft.subsets;
    });
  }

  private writeSlices(service: Service, pods: readonly Pod[]): void {
    const { namespace, name } = service.metadata;
    const count = Math.max(1, Math.ceil(pods.length / MAX_PER_SLICE));
    for (let at = 0; at < count; at += 1) {
      const part = pods.slice(at * MAX_PER_SLICE, (at + 1) * MAX_PER_SLICE);
      const content = endpointSlice(service, part);
      const where = { namespace, name: sliceName(service, at) };
      if (this.ports.objects.get(SLICES, where)) {
        this.ports.objects.modify(SLICES, where, draft => {
          Object.assign(draft, content);
        });
        continue;
      }
      this.ports.objects.create(SLICES, {
        apiVersion: 'discovery.k8s.io/v1',
        kind: 'EndpointSlice',
        metadata: {
          ...where,
          generateName: `${name}-`,
          labels: {
            ...service.metadata.labels,
            'endpointslice.kubernetes.io/managed-by':
              'endpointslice-controller.k8s.io',
            [SERVICE_NAME]: name,
          },
          ownerReferences: controlledBy({
            apiVersion: 'v1',
            kind: 'Service',
            metadata: service.metadata,
          }),
        },
        ...content,
      });
    }
    this.dropSlices(service.metadata, count);
  }

  /** Slices beyond the first `keep` are no longer needed. */
  private dropSlices(
    { namespace, name }: { namespace?: string; name: string },
    keep: number,
  ): void {
    const own = this.ports.objects
      .list(SLICES, namespace)
      .filter(({ metadata }) => metadata.labels?.[SERVICE_NAME] === name);
    for (const { metadata } of own) {
      const at = Number.parseInt(metadata.name.slice(-2), 36);
      if (at >= keep) this.ports.objects.delete(SLICES, metadata);
    }
  }
}

/** Depends on the service and the place of the slice only; the last two letters are its number. */
function sliceName({ metadata }: Service, at: number): string {
  const number = at.toString(36).padStart(2, '0');
  return `${metadata.name}-${metadata.uid.slice(0, 3)}${number}`;
}
