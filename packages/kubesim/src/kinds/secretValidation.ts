// SPDX-License-Identifier: Apache-2.0
import type { StatusCause } from '../storage/ApiError';
import { recordOf } from '../storage/json';
import type { KubeObject } from '../storage/Objects';
import { required } from './fieldCauses';

const REDACTED = '"<secret contents redacted>"';
/** Types whose data has to have these keys. */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  'kubernetes.io/tls': ['tls.crt', 'tls.key'],
  'kubernetes.io/ssh-auth': ['ssh-privatekey'],
};
/** Types whose data has JSON under this key. */
const JSON_KEYS: Readonly<Record<string, string>> = {
  'kubernetes.io/dockerconfigjson': '.dockerconfigjson',
  'kubernetes.io/dockercfg': '.dockercfg',
};

/** What is wrong with the data of a Secret for its type. Never tells the data. */
export function checkSecret(object: KubeObject): StatusCause[] {
  const type = String(object.type);
  const data = recordOf(object.data);
  const keys = Object.hasOwn(KEYS, type) ? KEYS[type] : [];
  return [
    ...keys
      .filter(key => data[key] === undefined)
      .map(key => required(`data[${key}]`)),
    ...(Object.hasOwn(JSON_KEYS, type) ? checkJson(JSON_KEYS[type], data) : []),
  ];
}

function checkJson(
  key: string,
  data: Readonly<Record<string, unknown>>,
): StatusCause[] {
  const field = `data[${key}]`;
  const value = data[key];
  if (value === undefined) return [required(field)];
  try {
    JSON.parse(Buffer.from(String(value), 'base64').toString());
    return [];
  } catch {
    const message = `Invalid value: ${REDACTED}: invalid character in JSON`;
    return [{ reason: 'FieldValueInvalid', message, field }];
  }
}
