// SPDX-License-Identifier: Apache-2.0
import type { StatusCause } from '../storage/ApiError';
import {
  cloneJson,
  equalJson,
  isRecord,
  recordsOf,
  valueAt,
} from '../storage/json';
import type { KubeObject } from '../storage/Objects';
import { forbiddenField, goText, selectorText } from './fieldCauses';
import type { Kind } from './Kind';
import { checkLateFinalizers } from './metadataValidation';

/** Fields that keep the value they were created with, by kind. */
const IMMUTABLE: Readonly<Record<string, readonly string[]>> = {
  'deployments.apps': ['spec.selector'],
  'replicasets.apps': ['spec.selector'],
  'daemonsets.apps': ['spec.selector'],
  'jobs.batch': [
    'spec.completions',
    'spec.selector',
    'spec.completionMode',
    'spec.template',
  ],
  secrets: ['type'],
  'storageclasses.storage.k8s.io': [
    'provisioner',
    'parameters',
    'reclaimPolicy',
  ],
  'priorityclasses.scheduling.k8s.io': ['value'],
};
const SEALED: ReadonlySet<string> = new Set(['configmaps', 'secrets']);
const ROLE_REF = 'cannot change roleRef';
const STATEFUL: readonly string[] = [
  'replicas',
  'ordinals',
  'template',
  'updateStrategy',
  'persistentVolumeClaimRetentionPolicy',
  'minReadySeconds',
  'revisionHistoryLimit',
];
const STATEFUL_HELP =
  "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden";
const POD_HELP =
  'pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)';
const CLAIM_HELP =
  'spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims';

/** The binder itself names the volume. */
const CLAIM_FREE: readonly string[] = [
  'resources',
  'volumeName',
  'volumeAttributesClassName',
];
/** The scheduler itself names the node. */
const POD_FREE: readonly string[] = [
  'activeDeadlineSeconds',
  'tolerations',
  'terminationGracePeriodSeconds',
  'nodeName',
  'schedulingGates',
  'ephemeralContainers',
];

/** What an update may not change, in the words of the real server; empty when all is well. */
export function validateUpdate(
  kind: Kind,
  draft: KubeObject,
  current: KubeObject,
): StatusCause[] {
  const fields = Object.hasOwn(IMMUTABLE, kind.resource)
    ? IMMUTABLE[kind.resource]
    : [];
  return [
    ...fields.flatMap(field => fixed(field, draft, current)),
    ...checkLateFinalizers(draft, current),
    ...sealed(kind, draft, current),
    ...ofKind(kind, draft, current),
  ];
}

function fixed(
  field: string,
  draft: KubeObject,
  current: KubeObject,
): StatusCause[] {
  const steps = field.split('.');
  const value = valueAt(draft, steps);
  if (equalJson(value, valueAt(current, steps))) return [];
  return [
    {
      reason: 'FieldValueInvalid',
      message: `Invalid value: ${
        field === 'spec.selector' ? selectorText(value) : goText(value)
      }: field is immutable`,
      field,
    },
  ];
}

function sealed(
  kind: Kind,
  draft: KubeObject,
  current: KubeObject,
): StatusCause[] {
  if (!SEALED.has(kind.resource) || current.immutable !== true) return [];
  const help = 'field is immutable when `immutable` is set';
  return ['immutable', 'data', 'binaryData']
    .filter(field => !equalJson(draft[field], current[field]))
    .map(field => forbiddenField(field, help));
}

function ofKind(
  kind: Kind,
  draft: KubeObject,
  current: KubeObject,
): StatusCause[] {
  switch (kind.resource) {
    case 'rolebindings.rbac.authorization.k8s.io':
    case 'clusterrolebindings.rbac.authorization.k8s.io':
      return equalJson(draft.roleRef, current.roleRef)
        ? []
        : [
            {
              reason: 'FieldValueInvalid',
              message: `Invalid value: ${JSON.stringify(
                draft.roleRef,
              )}: ${ROLE_REF}`,
              field: 'roleRef',
            },
          ];
    case 'services':
      return keepsAddress(draft, current);
    case 'statefulsets.apps':
      return same(without(draft, STATEFUL), without(current, STATEFUL))
        ? []
        : [forbiddenField('spec', STATEFUL_HELP)];
    case 'pods':
      return same(podBasis(draft), podBasis(current))
        ? []
        : [forbiddenField('spec', POD_HELP)];
    case 'persistentvolumeclaims':
      return same(claimBasis(draft, current), claimBasis(current, current))
        ? []
        : [forbiddenField('spec', CLAIM_HELP)];
    default:
      return [];
  }
}

/** The address of a service stays, unless the service comes to have or have none. */
function keepsAddress(draft: KubeObject, current: KubeObject): StatusCause[] {
  const { clusterIP, type } = draft.spec ?? {};
  const before = current.spec ?? {};
  const external = [type, before.type].includes('ExternalName');
  if (external || !clusterIP || !before.clusterIP) return [];
  if (clusterIP === before.clusterIP) return [];
  return [
    {
      reason: 'FieldValueInvalid',
      message: `Invalid value: []string{${JSON.stringify(
        clusterIP,
      )}}: may not change once set`,
      field: 'spec.clusterIPs[0]',
    },
  ];
}

/** A claim that named no class may be given one later. */
function claimBasis(claim: KubeObject, current: KubeObject): unknown {
  const unnamed = current.spec?.storageClassName === undefined;
  return without(
    claim,
    unnamed ? [...CLAIM_FREE, 'storageClassName'] : CLAIM_FREE,
  );
}

function podBasis(pod: KubeObject): unknown {
  const spec = cloneJson(without(pod, POD_FREE));
  for (const container of [
    ...recordsOf(valueAt(spec, ['containers'])),
    ...recordsOf(valueAt(spec, ['initContainers'])),
  ])
    delete container.image;
  return spec;
}

function without(object: KubeObject, fields: readonly string[]): unknown {
  if (!isRecord(object.spec)) return {};
  return Object.fromEntries(
    Object.entries(object.spec).filter(([key]) => !fields.includes(key)),
  );
}

function same(left: unknown, right: unknown): boolean {
  return equalJson(left, right);
}
