// SPDX-License-Identifier: Apache-2.0
import type { StatusCause } from '../storage/ApiError';
import { isRecord, recordOf } from '../storage/json';

export const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
export const LABEL_HELP =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";

export function wrong(
  field: string,
  value: unknown,
  help: string,
): StatusCause {
  return {
    reason: 'FieldValueInvalid',
    message: `Invalid value: ${goText(value)}: ${help}`,
    field,
  };
}

export function required(field: string, help?: string): StatusCause {
  const message = help ? `Required value: ${help}` : 'Required value';
  return { reason: 'FieldValueRequired', message, field };
}

export function duplicate(field: string, value: unknown): StatusCause {
  return {
    reason: 'FieldValueDuplicate',
    message: `Duplicate value: ${goText(value)}`,
    field,
  };
}

export function notSupported(
  field: string,
  value: unknown,
  known: readonly string[],
): StatusCause {
  const list = known.map(item => JSON.stringify(item)).join(', ');
  return {
    reason: 'FieldValueNotSupported',
    message: `Unsupported value: ${goText(value)}: supported values: ${list}`,
    field,
  };
}

export function forbiddenField(field: string, help: string): StatusCause {
  return {
    reason: 'FieldValueForbidden',
    message: `Forbidden: ${help}`,
    field,
  };
}

/** A value as Go prints it in such messages: scalars as JSON, a map of texts as a literal. */
export function goText(value: unknown): string {
  if (!isRecord(value)) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value);
  if (entries.some(([, item]) => typeof item !== 'string'))
    return JSON.stringify(value);
  return mapText(value);
}

/** A `map[string]string` as Go prints it. */
export function mapText(value: unknown): string {
  if (!isRecord(value)) return 'map[string]string(nil)';
  const entries = Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, item]) => `${JSON.stringify(key)}:${JSON.stringify(item)}`);
  return `map[string]string{${entries.join(', ')}}`;
}

/** A label selector as Go prints it, when it has labels only. */
export function selectorText(value: unknown): string {
  const selector = recordOf(value);
  if (selector.matchExpressions !== undefined) return JSON.stringify(value);
  return `v1.LabelSelector{MatchLabels:${mapText(
    selector.matchLabels,
  )}, MatchExpressions:[]v1.LabelSelectorRequirement(nil)}`;
}
