// SPDX-License-Identifier: Apache-2.0
import {
  recordOf,
  recordsOf,
  textOf,
  type JsonRecord,
} from '../../storage/json';

/** A pod as the checks look at it. */
export type PodView = {
  readonly annotations: JsonRecord;
  readonly spec: JsonRecord;
  readonly security: JsonRecord;
  readonly containers: readonly ContainerView[];
};
export type ContainerView = {
  readonly name: string;
  readonly security: JsonRecord;
  readonly ports: readonly JsonRecord[];
};
/** What a check found: why a pod is not allowed, in the words of the real server. */
export type Violation = { readonly reason: string; readonly detail: string };
export type PodCheck = (pod: PodView) => Violation | undefined;

export function podView(metadata: JsonRecord, spec: JsonRecord): PodView {
  const containers = ['initContainers', 'containers', 'ephemeralContainers']
    .flatMap(list => recordsOf(spec[list]))
    .map(container => ({
      name: textOf(container.name) ?? '',
      security: recordOf(container.securityContext),
      ports: recordsOf(container.ports),
    }));
  return {
    annotations: recordOf(metadata.annotations),
    spec,
    security: recordOf(spec.securityContext),
    containers,
  };
}

/** `"a", "b"` */
export function quoted(items: readonly string[]): string {
  return items.map(item => JSON.stringify(item)).join(', ');
}

/** `container "a"`, or `containers "a", "b"`. */
export function containersText(items: readonly ContainerView[]): string {
  const word = items.length === 1 ? 'container' : 'containers';
  return `${word} ${quoted(items.map(item => item.name))}`;
}

export function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

/** The distinct items, sorted. */
export function sortedSet(items: readonly string[]): string[] {
  return [...new Set(items)].sort();
}
