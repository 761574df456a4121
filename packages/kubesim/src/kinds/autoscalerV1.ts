// SPDX-License-Identifier: Apache-2.0
import {
  isRecord,
  recordOf,
  recordsOf,
  valueAt,
  type JsonRecord,
} from '../storage/json';
import type { Kind } from './Kind';

export const AUTOSCALERS = 'horizontalpodautoscalers.autoscaling';
const API_VERSION = 'autoscaling/v1';

/** The older version of autoscalers, which `kubectl autoscale` writes: it knows the CPU only. */
export function autoscalerV1(stored: Kind): Kind {
  return {
    ...stored,
    version: 'v1',
    apiVersion: API_VERSION,
    stored,
    convert: {
      toStored: object => toStored(object, stored.apiVersion),
      fromStored,
    },
  };
}

function toStored(object: JsonRecord, apiVersion: string): JsonRecord {
  const { targetCPUUtilizationPercentage: target, ...spec } = recordOf(
    object.spec,
  );
  const { currentCPUUtilizationPercentage: current, ...status } = recordOf(
    object.status,
  );
  const measured = { averageUtilization: current };
  return {
    kind: object.kind,
    ...object,
    apiVersion,
    spec: {
      ...spec,
      ...(target !== undefined && {
        metrics: [
          cpu({ target: { type: 'Utilization', averageUtilization: target } }),
        ],
      }),
    },
    ...(isRecord(object.status) && {
      status: {
        ...status,
        ...(current !== undefined && {
          currentMetrics: [cpu({ current: measured })],
        }),
      },
    }),
  };
}

function cpu(content: JsonRecord): JsonRecord {
  return { type: 'Resource', resource: { name: 'cpu', ...content } };
}

function fromStored(object: JsonRecord): JsonRecord {
  const { metrics, behavior: _behavior, ...spec } = recordOf(object.spec);
  const {
    currentMetrics,
    conditions: _conditions,
    ...status
  } = recordOf(object.status);
  const target = cpuPart(metrics, ['target', 'averageUtilization']);
  const current = cpuPart(currentMetrics, ['current', 'averageUtilization']);
  return {
    kind: object.kind,
    ...object,
    apiVersion: API_VERSION,
    spec: {
      ...spec,
      ...(target !== undefined && { targetCPUUtilizationPercentage: target }),
    },
    status: {
      currentReplicas: 0,
      ...status,
      ...(current !== undefined && {
        currentCPUUtilizationPercentage: current,
      }),
    },
  };
}

function cpuPart(metrics: unknown, path: readonly string[]): unknown {
  const found = recordsOf(metrics).find(
    item => valueAt(item, ['resource', 'name']) === 'cpu',
  );
  return valueAt(found?.resource, path);
}
