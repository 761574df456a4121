// SPDX-License-Identifier: Apache-2.0
import { parseQuantity } from '../admission/quantity';
import type { StatusCause } from '../storage/ApiError';
import { recordOf, recordsOf, type JsonRecord } from '../storage/json';
import type { KubeObject } from '../storage/Objects';
import { wrong } from './fieldCauses';
import { KEY_HELP } from './metadataValidation';

const RESOURCE_NAME =
  /^([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;
const NOT_NEGATIVE = 'must be greater than or equal to 0';
const QUOTA_RESOURCES: ReadonlySet<string> = new Set([
  'cpu',
  'memory',
  'ephemeral-storage',
  'requests.cpu',
  'requests.memory',
  'requests.storage',
  'requests.ephemeral-storage',
  'limits.cpu',
  'limits.memory',
  'limits.ephemeral-storage',
  'pods',
  'resourcequotas',
  'services',
  'replicationcontrollers',
  'secrets',
  'persistentvolumeclaims',
  'configmaps',
  'services.nodeports',
  'services.loadbalancers',
]);

/** What is wrong with the limits of a ResourceQuota. */
export function checkQuota(object: KubeObject): StatusCause[] {
  return Object.entries(recordOf(object.spec?.hard)).flatMap(
    ([name, value]) => {
      const field = `spec.hard[${name}]`;
      const plain = name.includes('/') || name.includes('.');
      return [
        ...(RESOURCE_NAME.test(name) ? [] : [wrong(field, name, KEY_HELP)]),
        ...(plain || QUOTA_RESOURCES.has(name)
          ? []
          : [wrong(field, name, 'must be a standard resource for quota')]),
        ...(parseQuantity(value) < 0
          ? [wrong(field, String(value), NOT_NEGATIVE)]
          : []),
      ];
    },
  );
}

type Bound = {
  readonly low: string;
  readonly high: string;
  /** Where it is told, and how the two are called there. */
  readonly field: string;
  readonly names: readonly [string, string];
};

/** In the order of the real server. */
const BOUNDS: readonly Bound[] = [
  { low: 'min', high: 'max', field: 'min', names: ['min', 'max'] },
  {
    low: 'min',
    high: 'defaultRequest',
    field: 'defaultRequest',
    names: ['min', 'default request'],
  },
  {
    low: 'defaultRequest',
    high: 'max',
    field: 'defaultRequest',
    names: ['default request', 'max'],
  },
  {
    low: 'min',
    high: 'default',
    field: 'default',
    names: ['min', 'default'],
  },
  {
    low: 'default',
    high: 'max',
    field: 'default',
    names: ['default', 'max'],
  },
  {
    low: 'defaultRequest',
    high: 'default',
    field: 'defaultRequest',
    names: ['default request', 'default'],
  },
];

/** What is wrong with a LimitRange: a lower bound above a higher one. */
export function checkLimitRange(object: KubeObject): StatusCause[] {
  return recordsOf(object.spec?.limits).flatMap((limit, at) => {
    const names = new Set(
      BOUNDS.flatMap(({ low }) => Object.keys(recordOf(limit[low]))),
    );
    return [...names].flatMap(name =>
      BOUNDS.flatMap(bound => checkBound(limit, { bound, name, at })),
    );
  });
}

function checkBound(
  limit: JsonRecord,
  where: { readonly bound: Bound; readonly name: string; readonly at: number },
): StatusCause[] {
  const { low, high, field, names } = where.bound;
  const least = recordOf(limit[low])[where.name];
  const most = recordOf(limit[high])[where.name];
  if (least === undefined || most === undefined) return [];
  if (parseQuantity(least) <= parseQuantity(most)) return [];
  const shown = recordOf(limit[field])[where.name];
  return [
    {
      reason: 'FieldValueInvalid',
      message: `Invalid value: resource.Quantity{s:${JSON.stringify(shown)}}: ${
        names[0]
      } value ${String(least)} is greater than ${names[1]} value ${String(
        most,
      )}`,
      field: `spec.limits[${where.at}].${field}[${where.name}]`,
    },
  ];
}
