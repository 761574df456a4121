// SPDX-License-Identifier: Apache-2.0
import { asPod, type Pod } from '../kubelet/Pod';
import type { KubeObject } from '../storage/Objects';
import { controlledBy, type ControllerPorts } from './ControllerPorts';
import type { PodTemplate } from './Workload';

type Owner = Pick<KubeObject, 'apiVersion' | 'kind' | 'metadata'>;
type NewPod = {
  readonly owner: Owner;
  readonly template: PodTemplate;
  readonly component: string;
  readonly name?: string;
  readonly labels?: Record<string, string>;
  readonly annotations?: Record<string, string>;
  readonly generateName?: string;
  readonly nodeName?: string;
};
type Refused = { readonly refused: string };

/** Makes a pod from a template, with the event. A refusal by the API is an answer, not an error. */
export function createPod(ports: ControllerPorts, pod: NewPod): Pod | Refused {
  const { owner, template, component } = pod;
  try {
    const created = ports.objects.create('pods', {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        ...(pod.name ? { name: pod.name } : {}),
        generateName: pod.generateName ?? `${owner.metadata.name}-`,
        namespace: owner.metadata.namespace,
        labels: { ...template.metadata?.labels, ...pod.labels },
        annotations: pod.annotations
          ? { ...template.metadata?.annotations, ...pod.annotations }
          : template.metadata?.annotations,
        ownerReferences: controlledBy(owner),
      },
      spec: {
        ...structuredClone(template.spec),
        ...(pod.nodeName ? { nodeName: pod.nodeName } : {}),
      },
    });
    ports.events.record(owner, {
      reason: 'SuccessfulCreate',
      message: createdMessage(owner, created),
      component,
    });
    return asPod(created);
  } catch (error) {
    const refused = error instanceof Error ? error.message : String(error);
    const message = `Error creating: ${refused}`;
    ports.events.record(owner, {
      type: 'Warning',
      reason: 'FailedCreate',
      combined: true,
      message,
      component,
    });
    return { refused };
  }
}

function createdMessage(owner: Owner, pod: KubeObject): string {
  const { name } = pod.metadata;
  return owner.kind === 'StatefulSet'
    ? `create Pod ${name} in StatefulSet ${owner.metadata.name} successful`
    : `Created pod: ${name}`;
}

/** Deletes a pod for its controller, with the event. */
export function deletePod(
  ports: ControllerPorts,
  { owner, pod, component }: { owner: Owner; pod: Pod; component: string },
): void {
  const { namespace, name } = pod.metadata;
  if (!ports.objects.delete('pods', { namespace, name })) return;
  const message =
    owner.kind === 'StatefulSet'
      ? `delete Pod ${name} in StatefulSet ${owner.metadata.name} successful`
      : `Deleted pod: ${name}`;
  ports.events.record(owner, {
    reason: 'SuccessfulDelete',
    message,
    component,
  });
}
