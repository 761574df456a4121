// SPDX-License-Identifier: Apache-2.0
import type { PodObject } from '../informers/objects';

type Labels = Readonly<Record<string, string>>;

/** Finds the pods that have all of some labels. */
export type PodSelector = (selector: Labels) => readonly PodObject[];

/** Indexes pods by label, so that finding those of a service does not cost a walk over all of them. */
export function createPodSelector(pods: readonly PodObject[]): PodSelector {
  const index = new Map<string, PodObject[]>();
  for (const pod of pods) {
    for (const [key, value] of Object.entries(pod.labels)) {
      const list = index.get(`${key}=${value}`);
      if (list) list.push(pod);
      else index.set(`${key}=${value}`, [pod]);
    }
  }
  return selector => {
    const candidates = Object.entries(selector)
      .map(([key, value]) => index.get(`${key}=${value}`) ?? [])
      .sort((a, b) => a.length - b.length)[0];
    return (candidates ?? []).filter(pod => hasLabels(pod.labels, selector));
  };
}

/** Whether labels hold all of a selector’s. */
export function hasLabels(labels: Labels, selector: Labels): boolean {
  return Object.entries(selector).every(
    ([key, value]) => labels[key] === value,
  );
}
