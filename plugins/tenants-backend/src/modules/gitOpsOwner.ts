// SPDX-License-Identifier: Apache-2.0
import {
  field,
  isJsonObject,
  listField,
  objectField,
  textEntries,
  textField,
} from './manifests/jsonValue';

/** Who delivers an object from a repository. */
export type GitOpsOwner = {
  readonly tool: 'Flux' | 'Argo CD';
  /** Such as `Kustomization apps/shop`; where nothing names it, the controller. */
  readonly by: string;
};

/** An object of a cluster, and who delivers it. */
export type Delivered = {
  readonly owner: GitOpsOwner;
  /** `Kind name`. */
  readonly subject: string;
};

/** Labels that a controller of Flux sets on all it applies: with each its namespace. */
const FLUX_LABELS = [
  ['kustomize.toolkit.fluxcd.io', 'Kustomization'],
  ['helm.toolkit.fluxcd.io', 'HelmRelease'],
] as const;

/** Field managers of the controllers that apply what is in repositories. */
const CONTROLLERS: Readonly<Record<string, GitOpsOwner['tool']>> = {
  'kustomize-controller': 'Flux',
  'helm-controller': 'Flux',
  'argocd-controller': 'Argo CD',
  'argocd-application-controller': 'Argo CD',
};

/** Kinds that those controllers work on: they write to these whoever delivers them. */
const OWN_KINDS = /(^|\.)(toolkit\.fluxcd\.io|argoproj\.io)\//;

/**
 * Who delivers an object, by the marks that Flux and Argo CD leave; `undefined` when neither does. The label
 * `app.kubernetes.io/instance` is no such mark: charts and operators set it too.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/resource_tracking/
 */
export function gitOpsOwner(object: {
  readonly apiVersion?: unknown;
  readonly kind?: unknown;
  readonly metadata?: unknown;
}): GitOpsOwner | undefined {
  return fluxOwner(object) ?? argoOwner(object) ?? managerOf(object);
}

/** Kinds of an environment that no role of a tenant may write, so that a mark on them was not put there to keep us away. */
const GUARDED_KINDS = ['Namespace', 'ResourceQuota', 'LimitRange'];

/**
 * The first of an environment’s objects that Flux or Argo CD delivers, of those that its members cannot mark: whoever could would
 * escape the end of a lifetime, or a tighter policy.
 */
export function firstDelivered(
  objects: readonly {
    readonly apiVersion?: unknown;
    readonly kind?: unknown;
    readonly metadata?: unknown;
  }[],
): Delivered | undefined {
  for (const object of objects) {
    if (!GUARDED_KINDS.includes(String(object.kind))) continue;
    const owner = gitOpsOwner(object);
    const name = textField(object.metadata, 'name') ?? '';
    if (owner) return { owner, subject: `${String(object.kind)} ${name}` };
  }
  return undefined;
}

/** Says what is done with an environment that somebody else delivers. */
export function deliveredText(
  environment: string,
  { owner: { tool, by }, subject }: Delivered,
): string {
  return `${tool} (${by}) delivers ${environment}: ${subject} carries its mark. Nothing is written to the cluster; what changes is rendered as files for its repository.`;
}

function fluxOwner({
  metadata,
}: {
  readonly metadata?: unknown;
}): GitOpsOwner | undefined {
  const labels = textEntries(field(metadata, 'labels'));
  for (const [prefix, kind] of FLUX_LABELS) {
    const name = labels[`${prefix}/name`];
    const namespace = labels[`${prefix}/namespace`];
    const of = namespace ? `${namespace}/` : '';
    if (name) return { tool: 'Flux', by: `${kind} ${of}${name}` };
  }
  return undefined;
}

/** `application:group/Kind:namespace/name`. */
const TRACKING_ID = /^(.+?):[^:/]*\/([^:/]+):[^:/]*\/(.+)$/;

/** An id that names another object was copied, by an operator to what it makes, say: Argo CD does not go by it either. */
function argoOwner({
  kind,
  metadata,
}: {
  readonly kind?: unknown;
  readonly metadata?: unknown;
}): GitOpsOwner | undefined {
  const id = textField(
    field(metadata, 'annotations'),
    'argocd.argoproj.io/tracking-id',
  );
  const [, application, ofKind, name] = TRACKING_ID.exec(id ?? '') ?? [];
  const isOwn = ofKind === kind && name === textField(metadata, 'name');
  const instance = textField(
    field(metadata, 'labels'),
    'argocd.argoproj.io/instance',
  );
  const by = isOwn ? application : instance;
  return by ? { tool: 'Argo CD', by: `Application ${by}` } : undefined;
}

/** For objects without a mark: who has set their fields. */
function managerOf({
  apiVersion,
  metadata,
}: {
  readonly apiVersion?: unknown;
  readonly metadata?: unknown;
}): GitOpsOwner | undefined {
  if (OWN_KINDS.test(String(apiVersion))) return undefined;
  for (const entry of listField(metadata, 'managedFields')) {
    const manager = textField(entry, 'manager') ?? '';
    const isKnown = Object.hasOwn(CONTROLLERS, manager);
    const isWhole = textField(entry, 'subresource') === undefined;
    if (isKnown && isWhole && setsMore(objectField(entry, 'fieldsV1'))) {
      return { tool: CONTROLLERS[manager], by: manager };
    }
  }
  return undefined;
}

/** Whether it has set anything but finalizers. */
function setsMore(fields: unknown): boolean {
  if (!isJsonObject(fields)) return false;
  const { 'f:metadata': _metadata, ...rest } = fields;
  const { 'f:finalizers': _, ...more } = objectField(fields, 'f:metadata');
  return Object.keys({ ...rest, ...more }).length > 0;
}
