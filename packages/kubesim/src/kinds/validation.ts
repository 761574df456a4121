// SPDX-License-Identifier: Apache-2.0
import type { StatusCause } from '../storage/ApiError';
import {
  isRecord,
  recordOf,
  recordsOf,
  textOf,
  valueAt,
} from '../storage/json';
import type { KubeObject } from '../storage/Objects';
import { selectorMatches } from '../storage/selectors/LabelSelector';
import type { Kind } from './Kind';

const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const SUBDOMAIN =
  /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const PATH_SEGMENT = /^(?!\.{1,2}$)[^/%]+$/;
const LABEL_KEY =
  /^([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;
const LABEL_VALUE = /^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$/;
const WORKLOADS = new Set([
  'deployments.apps',
  'replicasets.apps',
  'statefulsets.apps',
  'daemonsets.apps',
]);
const DNS_LABEL_KINDS = new Set(['namespaces', 'services']);
const LABEL_HELP =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
const SUBDOMAIN_HELP =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const VALUE_HELP =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

/** What is wrong with an object; empty when nothing is. */
export function validate(kind: Kind, object: KubeObject): StatusCause[] {
  return [
    ...checkName(kind, object.metadata.name),
    ...checkLabels(object),
    ...checkSpec(kind, object),
  ];
}

function checkName(kind: Kind, name: string): StatusCause[] {
  if (kind.group.startsWith('rbac.')) {
    return PATH_SEGMENT.test(name)
      ? []
      : [wrong('metadata.name', name, "may not contain '/' or '%'")];
  }
  if (DNS_LABEL_KINDS.has(kind.resource)) {
    return name.length <= 63 && LABEL.test(name)
      ? []
      : [wrong('metadata.name', name, LABEL_HELP)];
  }
  return name.length <= 253 && SUBDOMAIN.test(name)
    ? []
    : [wrong('metadata.name', name, SUBDOMAIN_HELP)];
}

function checkLabels(object: KubeObject): StatusCause[] {
  return Object.entries(object.metadata.labels ?? {}).flatMap(
    ([key, value]) => {
      if (!LABEL_KEY.test(key))
        return [wrong('metadata.labels', key, VALUE_HELP)];
      const good =
        typeof value === 'string' &&
        value.length <= 63 &&
        LABEL_VALUE.test(value);
      return good ? [] : [wrong('metadata.labels', value, VALUE_HELP)];
    },
  );
}

function checkSpec(kind: Kind, object: KubeObject): StatusCause[] {
  if (WORKLOADS.has(kind.resource)) return checkWorkload(object);
  switch (kind.resource) {
    case 'pods':
      return checkContainers(object.spec, 'spec');
    case 'jobs.batch':
      return checkContainers(
        valueAt(object, ['spec', 'template', 'spec']),
        'spec.template.spec',
      );
    case 'cronjobs.batch':
      return textOf(object.spec?.schedule) ? [] : [required('spec.schedule')];
    case 'customresourcedefinitions.apiextensions.k8s.io':
      return checkDefinition(object);
    default:
      return [];
  }
}

function checkWorkload(object: KubeObject): StatusCause[] {
  const replicas = object.spec?.replicas;
  if (typeof replicas === 'number' && replicas < 0) {
    return [
      wrong('spec.replicas', replicas, 'must be greater than or equal to 0'),
    ];
  }
  const selector = object.spec?.selector;
  if (!isRecord(selector)) return [required('spec.selector')];
  const own: Record<string, string> = {};
  const labels = recordOf(
    valueAt(object, ['spec', 'template', 'metadata', 'labels']),
  );
  for (const [key, value] of Object.entries(labels)) own[key] = String(value);
  const causes = checkContainers(
    valueAt(object, ['spec', 'template', 'spec']),
    'spec.template.spec',
  );
  if (selectorMatches(selector, own)) return causes;
  return [
    wrong(
      'spec.template.metadata.labels',
      own,
      '`selector` does not match template `labels`',
    ),
    ...causes,
  ];
}

function checkContainers(spec: unknown, path: string): StatusCause[] {
  const containers = recordsOf(recordOf(spec).containers);
  if (containers.length === 0) return [required(`${path}.containers`)];
  return containers.flatMap((container, at) => [
    ...(textOf(container.name)
      ? []
      : [required(`${path}.containers[${at}].name`)]),
    ...(textOf(container.image)
      ? []
      : [required(`${path}.containers[${at}].image`)]),
  ]);
}

function checkDefinition(object: KubeObject): StatusCause[] {
  const names = recordOf(object.spec?.names);
  const expected = `${textOf(names.plural) ?? ''}.${
    textOf(object.spec?.group) ?? ''
  }`;
  const { name } = object.metadata;
  if (name !== expected)
    return [
      wrong('metadata.name', name, 'must be spec.names.plural+"."+spec.group'),
    ];
  return recordsOf(object.spec?.versions).length > 0
    ? []
    : [required('spec.versions')];
}

function wrong(field: string, value: unknown, help: string): StatusCause {
  return {
    reason: 'FieldValueInvalid',
    message: `Invalid value: ${JSON.stringify(value)}: ${help}`,
    field,
  };
}

function required(field: string): StatusCause {
  return { reason: 'FieldValueRequired', message: 'Required value', field };
}
