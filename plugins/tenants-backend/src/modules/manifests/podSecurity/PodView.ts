// SPDX-License-Identifier: Apache-2.0
import type {
  JsonObject,
  JsonValue,
} from '@tenantry/backstage-plugin-tenants-node/definitions';
import { fieldAt, objectField, type At } from '../jsonValue';
import { containersOf } from '../podTemplates';

/** A pod as the controls look at it. Paths are below the pod template. */
export type PodView = {
  readonly spec: JsonObject;
  readonly annotations: JsonObject;
  readonly containers: readonly At<JsonObject>[];
};

/** One thing the standard asks for. */
export type Control = {
  /** As the standard calls it. */
  readonly name: string;
  readonly level: 'baseline' | 'restricted';
  /** What to do about a violation. */
  readonly remedy: string;
  /** The fields that break it. */
  readonly violations: (pod: PodView) => readonly string[];
};

/** A pod template as the controls look at it. */
export function viewPod(template: JsonObject): PodView {
  const spec = objectField(template, 'spec');
  return {
    spec,
    annotations: objectField(objectField(template, 'metadata'), 'annotations'),
    containers: containersOf(spec),
  };
}

/** Fields of the pod, and of each container, whose value is not as it has to be. */
export function offending(
  pod: PodView,
  path: readonly string[],
  isAllowed: (value: JsonValue | undefined) => boolean,
): string[] {
  return [
    ...offendingInPod(pod, path, isAllowed),
    ...offendingInContainers(pod, path, isAllowed),
  ];
}

/** As {@link offending}, of the pod alone. */
export function offendingInPod(
  pod: PodView,
  path: readonly string[],
  isAllowed: (value: JsonValue | undefined) => boolean,
): string[] {
  return isAllowed(fieldAt(pod.spec, path)) ? [] : [`spec.${path.join('.')}`];
}

/** As {@link offending}, of the containers alone. */
export function offendingInContainers(
  pod: PodView,
  path: readonly string[],
  isAllowed: (value: JsonValue | undefined) => boolean,
): string[] {
  return pod.containers
    .filter(({ value }) => !isAllowed(fieldAt(value, path)))
    .map(container => `spec.${container.path}.${path.join('.')}`);
}

/** Whether a value is absent or false. */
export function isOff(value: JsonValue | undefined): boolean {
  return value === undefined || value === null || value === false;
}

/** A check that a value is absent or one of some. */
export function absentOr(
  ...allowed: readonly JsonValue[]
): (value: JsonValue | undefined) => boolean {
  return value =>
    value === undefined || value === null || allowed.includes(value);
}
