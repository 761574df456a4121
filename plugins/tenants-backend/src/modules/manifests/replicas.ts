// SPDX-License-Identifier: Apache-2.0
import type { PlanNote } from '@tenantry/backstage-plugin-tenants-common';
import type { JsonObject } from '@tenantry/backstage-plugin-tenants-node/definitions';
import { field, textField, withField } from './jsonValue';
import type { RenderInput } from './RenderInput';

/** `Kind/name`. */
export function workloadKey(kind: string, name: string): string {
  return `${kind}/${name}`;
}

const SCALED: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet']);

/** What an autoscaler scales; `undefined` when the object is none. */
export function autoscalerTarget(object: {
  readonly kind?: unknown;
  readonly spec?: unknown;
}): string | undefined {
  if (object.kind !== 'HorizontalPodAutoscaler') return undefined;
  const target = field(object.spec, 'scaleTargetRef');
  const kind = textField(target, 'kind');
  const name = textField(target, 'name');
  return kind && name ? workloadKey(kind, name) : undefined;
}

/**
 * Sleep, then the autoscaler, then an override, then what the module says. Asleep means no replicas even under an autoscaler:
 * Kubernetes stops autoscaling a workload that has none, and starts again when it has.
 */
export function withReplicas(
  object: JsonObject,
  name: string,
  options: {
    readonly input: RenderInput;
    readonly autoscaled: ReadonlySet<string>;
  },
): JsonObject {
  const { spec } = options.input;
  const kind = textField(object, 'kind') ?? '';
  if (kind === 'CronJob' && spec.asleep) {
    return withField(object, ['spec', 'suspend'], () => true);
  }
  if (!SCALED.has(kind)) return object;
  const key = workloadKey(kind, name);
  const path = ['spec', 'replicas'];
  if (spec.asleep) return withField(object, path, () => 0);
  if (options.autoscaled.has(key)) {
    return withField(object, path, () => undefined);
  }
  const override = Object.hasOwn(spec.overrides, key)
    ? spec.overrides[key].replicas
    : undefined;
  return override === undefined
    ? object
    : withField(object, path, () => override);
}

function isScaled(key: string): boolean {
  return SCALED.has(key.slice(0, key.indexOf('/')));
}

/** What sleep and overrides do not reach. */
export function replicaNotes(
  input: RenderInput,
  workloads: ReadonlySet<string>,
  autoscaled: ReadonlySet<string>,
): PlanNote[] {
  const environment = input.spec.name;
  const awake = [...workloads].filter(key => key.startsWith('DaemonSet/'));
  const overridden = Object.keys(input.spec.overrides);
  const unknown = overridden.filter(
    key => !workloads.has(key) || !isScaled(key),
  );
  const ignored = overridden.filter(
    key => workloads.has(key) && autoscaled.has(key),
  );
  return [
    ...(input.spec.asleep ? awake : []).map(
      (subject): PlanNote => ({
        environment,
        subject,
        kind: 'warning',
        message: `${subject} is not put to sleep: a DaemonSet has no replicas.`,
      }),
    ),
    ...unknown.map(
      (subject): PlanNote => ({
        environment,
        subject,
        kind: 'warning',
        message: `${subject} is no Deployment or StatefulSet of these modules; its replicas are not set.`,
      }),
    ),
    ...ignored.map(
      (subject): PlanNote => ({
        environment,
        subject,
        kind: 'warning',
        message: `An autoscaler decides the replicas of ${subject}; the number asked for is not used.`,
      }),
    ),
  ];
}
