// SPDX-License-Identifier: Apache-2.0
import type { StatusCause } from '../storage/ApiError';
import {
  isRecord,
  numberOf,
  recordOf,
  recordsOf,
  textOf,
  valueAt,
} from '../storage/json';
import type { KubeObject } from '../storage/Objects';
import { selectorMatches } from '../storage/selectors/LabelSelector';
import { checkPodSpec, checkPort } from './containerValidation';
import { checkLimitRange, checkQuota } from './limitValidation';
import { checkSecret } from './secretValidation';
import {
  duplicate,
  mapText,
  notSupported,
  required,
  wrong,
} from './fieldCauses';

type Check = (object: KubeObject) => StatusCause[];

const PORT_RANGE = 'must be between 1 and 65535, inclusive';
const CONFIG_KEY = /^[-._a-zA-Z0-9]+$/;
const CONFIG_HELP =
  "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')";
const TEMPLATE = 'spec.template.spec';
const STRATEGIES = ['Recreate', 'RollingUpdate'];
const ACCESS_MODES = [
  'ReadOnlyMany',
  'ReadWriteMany',
  'ReadWriteOnce',
  'ReadWriteOncePod',
];

function templateSpec(object: KubeObject): unknown {
  return valueAt(object, ['spec', 'template', 'spec']);
}

/** The claims of a StatefulSet become volumes of its pods: containers may mount them by name. */
function withClaims(object: KubeObject): unknown {
  const spec = templateSpec(object);
  const claims = recordsOf(object.spec?.volumeClaimTemplates).map(item => ({
    name: recordOf(item.metadata).name,
  }));
  if (claims.length === 0) return spec;
  const pod = recordOf(spec);
  return { ...pod, volumes: [...recordsOf(pod.volumes), ...claims] };
}

function notNegative(object: KubeObject, ...names: string[]): StatusCause[] {
  return names.flatMap(name => {
    const value = object.spec?.[name];
    return typeof value === 'number' && value < 0
      ? [wrong(`spec.${name}`, value, 'must be greater than or equal to 0')]
      : [];
  });
}

function workload(object: KubeObject): StatusCause[] {
  const selector = object.spec?.selector;
  const labels = valueAt(object, ['spec', 'template', 'metadata', 'labels']);
  const matches = selectorMatches(selector, textsOf(labels));
  return [
    ...notNegative(
      object,
      'replicas',
      'minReadySeconds',
      'revisionHistoryLimit',
    ),
    // Of a DaemonSet only its mismatch is told.
    ...(isRecord(selector) || object.kind === 'DaemonSet'
      ? []
      : [required('spec.selector')]),
    ...(matches ? [] : [unmatched(labels)]),
    ...checkPodSpec(withClaims(object), TEMPLATE),
    ...alwaysRestarts(object),
  ];
}

function deployment(object: KubeObject): StatusCause[] {
  const strategy = recordOf(object.spec?.strategy);
  const { maxSurge, maxUnavailable } = recordOf(strategy.rollingUpdate);
  const none = (value: unknown) => value === 0 || value === '0%';
  const stuck =
    strategy.type === 'RollingUpdate' && none(maxSurge) && none(maxUnavailable);
  return [
    ...workload(object),
    ...(stuck
      ? [
          {
            reason: 'FieldValueInvalid',
            message:
              'Invalid value: intstr.IntOrString{Type:0, IntVal:0, StrVal:""}: may not be 0 when `maxSurge` is 0',
            field: 'spec.strategy.rollingUpdate.maxUnavailable',
          },
        ]
      : []),
    ...(STRATEGIES.some(item => item === strategy.type)
      ? []
      : [unknownStrategy(strategy.type)]),
  ];
}

function unknownStrategy(type: unknown): StatusCause {
  const list = STRATEGIES.map(item => JSON.stringify(item)).join(', ');
  return {
    reason: 'FieldValueNotSupported',
    message: `Unsupported value: apps.DeploymentStrategy{Type:${JSON.stringify(
      type,
    )}, RollingUpdate:(*apps.RollingUpdateDeployment)(nil)}: supported values: ${list}`,
    field: 'spec.strategy',
  };
}

function clusterRole(object: KubeObject): StatusCause[] {
  return recordsOf(object.rules).flatMap((rule, at) =>
    Array.isArray(rule.verbs) && rule.verbs.length > 0
      ? []
      : [
          required(
            `rules[${at}].verbs`,
            'verbs must contain at least one value',
          ),
        ],
  );
}

function role(object: KubeObject): StatusCause[] {
  return [
    ...clusterRole(object),
    ...recordsOf(object.rules).flatMap((rule, at) => {
      const urls = Array.isArray(rule.nonResourceURLs)
        ? rule.nonResourceURLs
        : [];
      if (urls.length === 0) return [];
      const list = urls.map(url => JSON.stringify(url)).join(', ');
      return [
        {
          reason: 'FieldValueInvalid',
          message: `Invalid value: []string{${list}}: namespaced rules cannot apply to non-resource URLs`,
          field: `rules[${at}].nonResourceURLs`,
        },
      ];
    }),
  ];
}

function unmatched(labels: unknown): StatusCause {
  return {
    reason: 'FieldValueInvalid',
    message: `Invalid value: ${mapText(
      labels,
    )}: \`selector\` does not match template \`labels\``,
    field: 'spec.template.metadata.labels',
  };
}

function textsOf(value: unknown): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const [key, item] of Object.entries(recordOf(value)))
    texts[key] = String(item);
  return texts;
}

function alwaysRestarts(object: KubeObject): StatusCause[] {
  const policy = recordOf(templateSpec(object)).restartPolicy;
  return policy === 'Never' || policy === 'OnFailure'
    ? [notSupported(`${TEMPLATE}.restartPolicy`, policy, ['Always'])]
    : [];
}

function jobPod(spec: unknown, path: string): StatusCause[] {
  const field = `${path}.restartPolicy`;
  const policy = recordOf(spec).restartPolicy;
  return [
    ...checkPodSpec(spec, path),
    ...(policy === undefined || policy === 'Always'
      ? [required(field, 'valid values: "OnFailure", "Never"')]
      : []),
  ];
}

function job(object: KubeObject): StatusCause[] {
  return [
    ...notNegative(object, 'parallelism', 'completions', 'backoffLimit'),
    ...jobPod(templateSpec(object), TEMPLATE),
  ];
}

function cronJob(object: KubeObject): StatusCause[] {
  const path = ['spec', 'jobTemplate', 'spec', 'template', 'spec'];
  const { schedule, concurrencyPolicy } = recordOf(object.spec);
  const policies = ['Allow', 'Forbid', 'Replace'];
  const fields = (textOf(schedule) ?? '').trim().split(/\s+/).length;
  const readable = textOf(schedule)?.startsWith('@') || fields === 5;
  return [
    ...(textOf(schedule) ? [] : [required('spec.schedule')]),
    ...(textOf(schedule) && !readable
      ? [
          wrong(
            'spec.schedule',
            schedule,
            `expected exactly 5 fields, found ${fields}: [${String(schedule)}]`,
          ),
        ]
      : []),
    ...(policies.some(item => item === concurrencyPolicy)
      ? []
      : [notSupported('spec.concurrencyPolicy', concurrencyPolicy, policies)]),
    ...jobPod(valueAt(object, path), path.join('.')),
  ];
}

function service(object: KubeObject): StatusCause[] {
  const spec = recordOf(object.spec);
  const ports = recordsOf(spec.ports);
  const types = ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'];
  const headless = spec.clusterIP === 'None' || spec.type === 'ExternalName';
  const seen = new Set<unknown>();
  const problems = ports.flatMap((port, at): StatusCause[] => {
    const field = `spec.ports[${at}]`;
    const name = port.name;
    const twice = name !== undefined && seen.has(name);
    seen.add(name);
    return [
      ...(ports.length > 1 && !name ? [required(`${field}.name`)] : []),
      ...(twice ? [duplicate(`${field}.name`, name)] : []),
      ...(typeof port.port === 'number' && port.port > 0
        ? checkPort(port.port, `${field}.port`)
        : ['port', 'targetPort'].map(member =>
            wrong(`${field}.${member}`, 0, PORT_RANGE),
          )),
    ];
  });
  return [
    ...(ports.length === 0 && !headless ? [required('spec.ports')] : []),
    ...problems,
    ...(types.some(item => item === spec.type)
      ? []
      : [notSupported('spec.type', spec.type, types)]),
  ];
}

function configKeys(object: KubeObject): StatusCause[] {
  return ['data', 'binaryData'].flatMap(field =>
    Object.keys(recordOf(object[field]))
      .filter(key => !CONFIG_KEY.test(key))
      .map(key => wrong(`${field}[${key}]`, key, CONFIG_HELP)),
  );
}

function autoscaler(object: KubeObject): StatusCause[] {
  const { minReplicas, maxReplicas, scaleTargetRef } = recordOf(object.spec);
  const least = numberOf(minReplicas, 1);
  const most = numberOf(maxReplicas);
  const target = recordOf(scaleTargetRef);
  return [
    ...['kind', 'name']
      .filter(name => !textOf(target[name]))
      .map(name => required(`spec.scaleTargetRef.${name}`)),
    ...(least < 1
      ? [wrong('spec.minReplicas', least, 'must be greater than or equal to 1')]
      : []),
    ...(most < 1
      ? [wrong('spec.maxReplicas', most, 'must be greater than 0')]
      : []),
    ...(most >= 1 && most < least
      ? [
          wrong(
            'spec.maxReplicas',
            most,
            'must be greater than or equal to `minReplicas`',
          ),
        ]
      : []),
  ];
}

function binding(object: KubeObject): StatusCause[] {
  const { name, kind } = recordOf(object.roleRef);
  const kinds = ['Role', 'ClusterRole'];
  return [
    ...(kinds.some(item => item === kind)
      ? []
      : [notSupported('roleRef.kind', kind ?? '', kinds)]),
    ...(textOf(name) ? [] : [required('roleRef.name')]),
  ];
}

function claim(object: KubeObject): StatusCause[] {
  const spec = recordOf(object.spec);
  const modes = Array.isArray(spec.accessModes) ? spec.accessModes : [];
  const storage = valueAt(spec, ['resources', 'requests', 'storage']);
  return [
    ...modes
      .filter(mode => !ACCESS_MODES.some(item => item === mode))
      .map(mode => notSupported('spec.accessModes', mode, ACCESS_MODES)),
    ...(modes.length === 0
      ? [required('spec.accessModes', 'at least 1 access mode is required')]
      : []),
    ...(storage === undefined ? [required('spec.resources[storage]')] : []),
  ];
}

function definition(object: KubeObject): StatusCause[] {
  const names = recordOf(object.spec?.names);
  const expected = `${textOf(names.plural) ?? ''}.${
    textOf(object.spec?.group) ?? ''
  }`;
  const { name } = object.metadata;
  if (name !== expected)
    return [
      wrong('metadata.name', name, 'must be spec.names.plural+"."+spec.group'),
    ];
  const scopes = ['Cluster', 'Namespaced'];
  const scope = object.spec?.scope;
  return [
    ...(scopes.some(item => item === scope)
      ? []
      : [notSupported('spec.scope', scope, scopes)]),
    ...versionsOf(object),
  ];
}

function versionsOf(object: KubeObject): StatusCause[] {
  const versions = recordsOf(object.spec?.versions);
  if (versions.filter(item => item.storage === true).length === 1)
    return versions.flatMap((item, at) =>
      isRecord(recordOf(item.schema).openAPIV3Schema)
        ? []
        : [
            required(
              `spec.versions[${at}].schema.openAPIV3Schema`,
              'schemas are required',
            ),
          ],
    );
  const reason = 'FieldValueInvalid';
  const list = versions.map(
    item =>
      `apiextensions.CustomResourceDefinitionVersion{Name:${JSON.stringify(
        item.name,
      )}}`,
  );
  return [
    {
      reason,
      message: `Invalid value: []apiextensions.CustomResourceDefinitionVersion{${list.join(
        ', ',
      )}}: must have exactly one version marked as storage version`,
      field: 'spec.versions',
    },
    {
      reason,
      message:
        'Invalid value: []string(nil): must have at least one stored version',
      field: 'status.storedVersions',
    },
  ];
}

/** What is wrong with the content of a built-in kind, by resource. */
export const SPEC_CHECKS: Readonly<Record<string, Check>> = {
  'deployments.apps': deployment,
  'roles.rbac.authorization.k8s.io': role,
  'clusterroles.rbac.authorization.k8s.io': clusterRole,
  'replicasets.apps': workload,
  'statefulsets.apps': workload,
  'daemonsets.apps': workload,
  pods: object => checkPodSpec(object.spec, 'spec'),
  'jobs.batch': job,
  'cronjobs.batch': cronJob,
  services: service,
  configmaps: configKeys,
  secrets: object => [...configKeys(object), ...checkSecret(object)],
  resourcequotas: checkQuota,
  limitranges: checkLimitRange,
  persistentvolumeclaims: claim,
  'horizontalpodautoscalers.autoscaling': autoscaler,
  'rolebindings.rbac.authorization.k8s.io': binding,
  'clusterrolebindings.rbac.authorization.k8s.io': binding,
  'customresourcedefinitions.apiextensions.k8s.io': definition,
};
