// SPDX-License-Identifier: Apache-2.0
import type { Behaviour } from '../scenario/Life';
import type { Objects } from '../storage/Objects';
import { textOf } from '../storage/json';
import type { Node, Nodes } from './Nodes';
import type { Pod } from './Pod';

const BINDING = 'binding';

type Place =
  | { readonly node: Node }
  /** Its claims are being bound for it. */
  | { readonly waiting: true }
  /** `soon`: something is under way that may change it. */
  | { readonly unschedulable: string; readonly soon: boolean };
type Seen = {
  readonly objects: Objects;
  readonly nodes: Nodes;
  readonly behaviour: Behaviour;
};

/** Where the scheduler puts a pod, or what it says when it cannot. */
export function placeFor(pod: Pod, { objects, nodes, behaviour }: Seen): Place {
  const given = nodes.find(pod.spec.nodeName);
  if (given) return { node: given };
  const all = nodes.all.length;
  const none = `0/${all} nodes are available`;
  if (behaviour.type === 'unschedulable')
    return {
      unschedulable: `${none}: ${all} Insufficient memory. preemption: ${none}: ${all} No preemption victims found for incoming pod.`,
      soon: false,
    };
  const unbound = unboundClaim(pod, objects);
  if (unbound === BINDING) return { waiting: true };
  if (unbound) {
    const helpless = `preemption: ${none}: ${all} Preemption is not helpful for scheduling.`;
    return { unschedulable: `${none}: ${unbound}. ${helpless}`, soon: true };
  }
  const open = nodes.all.filter(
    ({ name }) => objects.get('nodes', { name })?.spec?.unschedulable !== true,
  );
  if (open.length === 0)
    return {
      unschedulable: `${none}: ${all} node(s) were unschedulable. preemption: ${none}: ${all} Preemption is not helpful for scheduling.`,
      soon: true,
    };
  return { node: nodes.choose(open) };
}

/** What keeps the claims of a pod from being used; `BINDING` when they waited for this pod. */
function unboundClaim(pod: Pod, objects: Objects): string | undefined {
  const { namespace } = pod.metadata;
  for (const { persistentVolumeClaim } of pod.spec.volumes ?? []) {
    const name = persistentVolumeClaim?.claimName;
    if (!name) continue;
    const claim = objects.get('persistentvolumeclaims', { namespace, name });
    if (!claim) return `persistentvolumeclaim "${name}" not found`;
    if (claim.metadata.deletionTimestamp)
      return `persistentvolumeclaim "${name}" is being deleted`;
    if (claim.status?.phase === 'Lost')
      return `persistentvolumeclaim "${name}" bound to non-existent persistentvolume`;
    if (claim.status?.phase === 'Bound') continue;
    const className = textOf(claim.spec?.storageClassName) ?? '';
    const storage = objects.get('storageclasses.storage.k8s.io', {
      name: className,
    });
    return storage?.volumeBindingMode === 'WaitForFirstConsumer'
      ? BINDING
      : 'pod has unbound immediate PersistentVolumeClaims';
  }
  return undefined;
}
