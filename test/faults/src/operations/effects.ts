// SPDX-License-Identifier: Apache-2.0
import {
  isAlreadyExists,
  isConflict,
  isNotFound,
  type KubeApi,
  type ResourceType,
} from '@tenantry/backstage-plugin-tenants-node';
import { HttpKubeApi } from '../../../../plugins/tenants-backend/src/kube/HttpKubeApi';
import type {
  OperationExecutor,
  StepContext,
  StepOutcome,
} from '../../../../plugins/tenants-backend/src/operations/OperationExecutor';
import { LeaseLostError } from '../../../../plugins/tenants-backend/src/operations/OperationErrors';
import { systemClock } from '../../../../plugins/tenants-backend/src/time/Clock';

/** Where the effects of operations are to be seen. */
export const EFFECTS = 'operations';
const STEPS = 3;
const configMaps: ResourceType = {
  group: '',
  version: 'v1',
  resource: 'configmaps',
  kind: 'ConfigMap',
  namespaced: true,
};

type Record_ = {
  readonly metadata: { readonly resourceVersion: string };
  readonly data?: { readonly fence?: string; readonly log?: string };
};

/** A place in the run of a step where a fault may strike. */
export type Point = 'before-effect' | 'held' | 'after-effect';

/** What stands at a point; resolves when the step may go on. */
export type AtPoint = (point: Point, context: StepContext) => Promise<void>;

/** The way to the simulated cluster. */
export function effectsApi(url: string, token: string): KubeApi {
  return new HttpKubeApi({
    cluster: 'sim',
    server: { url },
    credential: async () => ({ type: 'bearer token', token }),
    clock: systemClock,
  });
}

/**
 * Operations of three steps, each with one effect that can be counted: it adds a line to the record of its tenant, a ConfigMap
 * that holds the fence too. An effect is written with the version of the record that was read, by no older fence, once.
 */
export function effectsExecutor(
  api: KubeApi,
  {
    type = 'restart',
    at = async () => {},
    steps = STEPS,
  }: {
    readonly type?: OperationExecutor['type'];
    readonly at?: AtPoint;
    readonly steps?: number;
  } = {},
): OperationExecutor {
  return {
    type,
    plan: async () =>
      Array.from({ length: steps }, (_, i) => ({
        key: `s${i}`,
        title: `Effect ${i}`,
        input: {},
      })),
    async run(context): Promise<StepOutcome> {
      await at('before-effect', context);
      await context.holdLease();
      await at('held', context);
      await addLine(api, context);
      await at('after-effect', context);
      return { kind: 'done' };
    },
  };
}

async function addLine(api: KubeApi, context: StepContext): Promise<void> {
  const { operation, step, fence, signal } = context;
  const line = `${operation.id}/${step.key}`;
  for (;;) {
    const record = await readRecord(api, operation.tenant, signal);
    const { fence: newest = '0', log = '' } = record.data ?? {};
    if (Number(newest) > fence) throw new LeaseLostError(operation.id);
    if (log.includes(`${line}@`)) return;
    try {
      await api.mergePatch(configMaps, {
        namespace: EFFECTS,
        name: operation.tenant,
        fieldManager: 'faults',
        project: () => undefined,
        patch: {
          metadata: { resourceVersion: record.metadata.resourceVersion },
          data: { fence: String(fence), log: `${log}${line}@${fence};` },
        },
        signal,
      });
      return;
    } catch (error) {
      if (!isConflict(error)) throw error;
    }
  }
}

async function readRecord(
  api: KubeApi,
  name: string,
  signal: AbortSignal,
): Promise<Record_> {
  const project = (json: Buffer): Record_ => JSON.parse(json.toString('utf8'));
  const where = { namespace: EFFECTS, name, project, signal };
  try {
    return await api.get(configMaps, where);
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
  const manifest = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace: EFFECTS },
    data: { fence: '0', log: '' },
  };
  try {
    return await api.create(configMaps, {
      ...where,
      manifest,
      fieldManager: 'faults',
    });
  } catch (error) {
    if (!isAlreadyExists(error)) throw error;
    return api.get(configMaps, where);
  }
}
