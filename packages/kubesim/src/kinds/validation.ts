// SPDX-License-Identifier: Apache-2.0
import type { StatusCause } from '../storage/ApiError';
import type { KubeObject } from '../storage/Objects';
import { LABEL, LABEL_HELP, wrong } from './fieldCauses';
import type { Kind } from './Kind';
import { checkMetadata, KEY_HELP } from './metadataValidation';
import { definitions } from './schema/Definitions';
import { validateSchema } from './schema/validateSchema';
import { SPEC_CHECKS } from './specValidation';

const SUBDOMAIN =
  /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const PATH_SEGMENT = /^(?!\.{1,2}$)[^/%]+$/;
const LABEL_KEY =
  /^([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;
const LABEL_VALUE = /^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$/;
const DNS_LABEL_KINDS = new Set(['namespaces']);
const SERVICE_NAME = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
const SERVICE_HELP =
  "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";
const MAX_LABEL = 63;
const MAX_NAME = 253;
const SUBDOMAIN_HELP =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const VALUE_HELP =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

/** What is wrong with an object; empty when nothing is. */
export function validate(kind: Kind, object: KubeObject): StatusCause[] {
  return [
    ...checkName(kind, object.metadata.name),
    ...checkLabels(object),
    ...checkMetadata(object),
    ...checkSpec(kind, object),
  ];
}

function checkName(kind: Kind, name: string): StatusCause[] {
  if (kind.group.startsWith('rbac.')) {
    return PATH_SEGMENT.test(name)
      ? []
      : [wrong('metadata.name', name, "may not contain '/' or '%'")];
  }
  if (kind.resource === 'services')
    return checkText(name, MAX_LABEL, [SERVICE_NAME, SERVICE_HELP]);
  return DNS_LABEL_KINDS.has(kind.resource)
    ? checkText(name, MAX_LABEL, [LABEL, LABEL_HELP])
    : checkText(name, MAX_NAME, [SUBDOMAIN, SUBDOMAIN_HELP]);
}

function checkText(
  name: string,
  most: number,
  [form, help]: readonly [RegExp, string],
): StatusCause[] {
  return [
    ...(name.length > most
      ? [
          wrong(
            'metadata.name',
            name,
            `must be no more than ${most} characters`,
          ),
        ]
      : []),
    ...(form.test(name) ? [] : [wrong('metadata.name', name, help)]),
  ];
}

function checkLabels(object: KubeObject): StatusCause[] {
  return Object.entries(object.metadata.labels ?? {}).flatMap(
    ([key, value]) => {
      if (!LABEL_KEY.test(key))
        return [wrong('metadata.labels', key, KEY_HELP)];
      const good =
        typeof value === 'string' &&
        value.length <= 63 &&
        LABEL_VALUE.test(value);
      return good ? [] : [wrong('metadata.labels', value, VALUE_HELP)];
    },
  );
}

function checkSpec(kind: Kind, object: KubeObject): StatusCause[] {
  if (kind.custom) {
    const schema = definitions.ofKind(kind);
    return schema ? validateSchema(schema, object) : [];
  }
  return Object.hasOwn(SPEC_CHECKS, kind.resource)
    ? SPEC_CHECKS[kind.resource](object)
    : [];
}
