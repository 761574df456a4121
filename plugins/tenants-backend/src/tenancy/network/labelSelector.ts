// SPDX-License-Identifier: Apache-2.0
import type { LabelSelector } from '../../informers/objects';

type Labels = Readonly<Record<string, string>>;

/** Whether labels meet every requirement. An operator nobody knows is not met. */
export function selects(selector: LabelSelector, labels: Labels): boolean {
  return (
    Object.entries(selector.matchLabels).every(
      ([key, value]) => valueOf(labels, key) === value,
    ) &&
    selector.matchExpressions.every(expression => meets(expression, labels))
  );
}

function meets(
  { key, operator, values }: LabelSelector['matchExpressions'][number],
  labels: Labels,
): boolean {
  const value = valueOf(labels, key);
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default:
      return false;
  }
}

/** Labels have no prototype of use: `constructor` is a legal key. */
function valueOf(labels: Labels, key: string): string | undefined {
  return Object.hasOwn(labels, key) ? labels[key] : undefined;
}

/** Whether it selects everything. */
export function isEmptySelector(selector: LabelSelector): boolean {
  return (
    Object.keys(selector.matchLabels).length === 0 &&
    selector.matchExpressions.length === 0
  );
}

/** As `kubectl -l` takes it: `app=web,tier in (a, b),!old`. Empty: everything. */
export function selectorText(selector: LabelSelector): string {
  const labels = Object.entries(selector.matchLabels).map(
    ([key, value]) => `${key}=${value}`,
  );
  const expressions = selector.matchExpressions.map(
    ({ key, operator, values }) => {
      switch (operator) {
        case 'Exists':
          return key;
        case 'DoesNotExist':
          return `!${key}`;
        case 'In':
          return `${key} in (${values.join(', ')})`;
        case 'NotIn':
          return `${key} notin (${values.join(', ')})`;
        default:
          return `${key} ${operator} (${values.join(', ')})`;
      }
    },
  );
  return [...labels, ...expressions].join(',');
}
