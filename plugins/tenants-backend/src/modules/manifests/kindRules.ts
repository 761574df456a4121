// SPDX-License-Identifier: Apache-2.0
import type { JsonObject } from '@tenantry/backstage-plugin-tenants-node/definitions';
import {
  backendRule,
  monitorRule,
  networkPolicyRule,
} from './crossNamespaceRules';
import { ingressRule, routeRule } from './hostRules';
import {
  field,
  fieldAt,
  isJsonObject,
  listField,
  objectField,
  textField,
} from './jsonValue';
import { manifestProblem, type ObjectProblem } from './ObjectProblem';
import { podTemplate } from './podTemplates';
import type { RenderInput } from './RenderInput';

const DEFAULT_SERVICE_TYPES = ['ClusterIP'];
const TOKEN_SECRET = 'kubernetes.io/service-account-token';

type Rule = (object: JsonObject, input: RenderInput) => ObjectProblem[];

/** What a kind can do that reaches beyond its environment. */
const RULES: ReadonlyMap<string, readonly Rule[]> = new Map([
  ['Service', [serviceRule]],
  ['PersistentVolumeClaim', [o => claimProblems(field(o, 'spec'), 'spec')]],
  ['RoleBinding', [roleRule, subjectRule]],
  ['Secret', [secretRule]],
  ['StatefulSet', [claimTemplateRule]],
  ['NetworkPolicy', [networkPolicyRule]],
  ['HTTPRoute', [backendRule, routeRule]],
  ['Ingress', [ingressRule]],
  ['PodMonitor', [monitorRule]],
  ['ServiceMonitor', [monitorRule]],
]);

/** What an object asks for that its kind may, but a tenant’s module may not. */
export function kindProblems(
  object: JsonObject,
  kind: string,
  input: RenderInput,
): ObjectProblem[] {
  const rules = RULES.get(kind) ?? [];
  return [
    ...rules.flatMap(rule => rule(object, input)),
    ...podProblems(object, kind),
  ];
}

function serviceRule(object: JsonObject, input: RenderInput): ObjectProblem[] {
  const spec = objectField(object, 'spec');
  const type = textField(spec, 'type') ?? 'ClusterIP';
  const allowed = input.settings.allowedServiceTypes ?? DEFAULT_SERVICE_TYPES;
  const problems: ObjectProblem[] = [];
  if (!allowed.includes(type)) {
    problems.push(
      manifestProblem(
        `spec.type ${type.slice(
          0,
          40,
        )} opens a Service beyond its environment.`,
        `Use ${allowed.join(
          ' or ',
        )}, and an Ingress to be reached from outside.`,
      ),
    );
  }
  const outside = ['externalIPs', 'loadBalancerIP', 'externalName'].filter(
    name => field(spec, name) !== undefined,
  );
  return [
    ...problems,
    ...outside.map(name =>
      manifestProblem(
        `spec.${name} can take over traffic of others.`,
        `Remove spec.${name}.`,
      ),
    ),
    ...listField(spec, 'ports').flatMap((port, at) =>
      field(port, 'nodePort') === undefined || type !== 'ClusterIP'
        ? []
        : [
            manifestProblem(
              `spec.ports[${at}].nodePort opens a port of every node.`,
              'Remove nodePort.',
            ),
          ],
    ),
  ];
}

function claimProblems(spec: unknown, path: string): ObjectProblem[] {
  const reaching = [['volumeName'], ['dataSourceRef', 'namespace']].filter(
    at => fieldAt(spec, at) !== undefined,
  );
  return reaching.map(at =>
    manifestProblem(
      `${path}.${at.join('.')} takes a volume that may be another tenant’s.`,
      `Remove ${at.join('.')}; a new volume is made by the storage class.`,
    ),
  );
}

function claimTemplateRule(object: JsonObject): ObjectProblem[] {
  return listField(objectField(object, 'spec'), 'volumeClaimTemplates').flatMap(
    (claim, at) =>
      claimProblems(
        field(claim, 'spec'),
        `spec.volumeClaimTemplates[${at}].spec`,
      ),
  );
}

function roleRule(object: JsonObject, input: RenderInput): ObjectProblem[] {
  const role = objectField(object, 'roleRef');
  const allowed = input.settings.allowedRoles;
  const name = textField(role, 'name') ?? '';
  const isGood =
    textField(role, 'kind') === 'ClusterRole' && allowed.includes(name);
  if (isGood) return [];
  return [
    {
      rule: 'role-not-allowed',
      message: `roleRef gives ${
        textField(role, 'kind') ?? 'a role'
      } ${name.slice(0, 80)}, which this platform does not allow.`,
      remedy:
        allowed.length > 0
          ? `Give the ClusterRole ${allowed.join(' or ')}.`
          : 'Leave the RoleBinding out.',
    },
  ];
}

function subjectRule(object: JsonObject, input: RenderInput): ObjectProblem[] {
  return listField(object, 'subjects').flatMap((subject, at) => {
    const namespace = field(subject, 'namespace');
    const isOurs =
      isJsonObject(subject) &&
      textField(subject, 'kind') === 'ServiceAccount' &&
      namespace === input.namespace;
    return isOurs
      ? []
      : [
          {
            rule: 'role-not-allowed',
            message: `subjects[${at}] is not a ServiceAccount of the environment.`,
            remedy:
              'Name a ServiceAccount with namespace: ${{ environment.namespace }}; people get their roles as members.',
          },
        ];
  });
}

function secretRule(object: JsonObject): ObjectProblem[] {
  return textField(object, 'type') === TOKEN_SECRET
    ? [
        manifestProblem(
          'A Secret of this type holds a token that never ends.',
          'Use the token that the pod gets by its ServiceAccount.',
        ),
      ]
    : [];
}

function podProblems(object: JsonObject, kind: string): ObjectProblem[] {
  const template = podTemplate(object, kind);
  if (template === undefined) return [];
  const spec = objectField(template.value, 'spec');
  const path = `${template.path}.spec`;
  const priority = textField(spec, 'priorityClassName') ?? '';
  return [
    ...listField(spec, 'volumes').flatMap((volume, at) =>
      claimProblems(
        fieldAt(volume, ['ephemeral', 'volumeClaimTemplate', 'spec']),
        `${path}.volumes[${at}].ephemeral.volumeClaimTemplate.spec`,
      ),
    ),
    ...(field(spec, 'nodeName') === undefined
      ? []
      : [
          manifestProblem(
            `${path}.nodeName goes round the scheduler.`,
            'Remove nodeName and use a nodeSelector.',
          ),
        ]),
    ...(priority.startsWith('system-')
      ? [
          manifestProblem(
            `${path}.priorityClassName ${priority} is the cluster’s own.`,
            'Use another priority class.',
          ),
        ]
      : []),
  ];
}
