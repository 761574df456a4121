// SPDX-License-Identifier: Apache-2.0
import { parseQuantity } from '../admission/quantity';

/** What a container can use up. */
export type Resource = 'cpu' | 'memory';

/**
 * How much the pods of a workload use. `70%` is what each pod uses of its own request; `1200m` or `2Gi` is what all
 * running pods use together, in equal parts, so that more pods mean less for each.
 *
 * @public
 */
export type Load = { readonly cpu?: string; readonly memory?: string };

const PERCENT = /^(\d+(?:\.\d+)?)%$/;
const QUANTITY = /^\d+(?:\.\d+)?(?:m|k|M|G|Ki|Mi|Gi)?$/;
const USUAL: Readonly<Record<Resource, string>> = { cpu: '40%', memory: '55%' };

/** Whether a text says how much, in one of the two ways of {@link Load}. */
export function isLoadText(text: string): boolean {
  return PERCENT.test(text) || QUANTITY.test(text);
}

/** What one pod uses, in cores or bytes. */
export function shareOf(
  load: Load | undefined,
  resource: Resource,
  pod: { readonly request: number; readonly running: number },
): number {
  const text = load?.[resource] ?? USUAL[resource];
  const percent = PERCENT.exec(text);
  return percent
    ? (pod.request * Number(percent[1])) / 100
    : parseQuantity(text) / Math.max(1, pod.running);
}
