// SPDX-License-Identifier: Apache-2.0
import type { Interner } from '../Interner';
import type { ObjectCondition, ObjectMeta } from '../objects';
import { array, at, integer, text, textMap, textOr } from './fields';

/** How an object of one kind is read. */
export type ProjectionContext = {
  readonly kind: string;
  readonly interner: Interner;
};

/** Turns a parsed object into what is kept of it. Pure. @throws Error when it has no name or uid. */
export type ObjectProjection<T> = (
  object: unknown,
  context: ProjectionContext,
) => T;

const maxAnnotationLength = 1_024;
const keptAnnotations = new Set([
  'deployment.kubernetes.io/revision',
  'kubectl.kubernetes.io/default-container',
  'kubectl.kubernetes.io/restartedAt',
  'kubernetes.io/change-cause',
]);
const keptPrefix = /^([a-z0-9-]+\.)*tenantry\.dev\//;
const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

/** A namespace’s annotations name owners under configurable keys, so all short ones are kept. */
function keepsAnnotation(kind: string) {
  return (key: string, value: string): boolean => {
    if (value.length > maxAnnotationLength || key === lastApplied) return false;
    return (
      kind === 'Namespace' || keptAnnotations.has(key) || keptPrefix.test(key)
    );
  };
}

function controllerOf(
  metadata: unknown,
  { interner }: ProjectionContext,
): ObjectMeta['controller'] {
  const owner = array(at(metadata, 'ownerReferences')).find(
    reference => at(reference, 'controller') === true,
  );
  if (!owner) return undefined;
  const kind = textOr(at(owner, 'kind'), '');
  const name = textOr(at(owner, 'name'), '');
  const uid = textOr(at(owner, 'uid'), '');
  return interner.controllers.get(`${kind} ${name} ${uid}`, () => ({
    kind: interner.text(kind),
    name,
    uid,
  }));
}

function required(metadata: unknown, key: string): string {
  const value = text(at(metadata, key));
  if (value === undefined) throw new Error(`An object has no ${key}.`);
  return value;
}

/** Shared by all objects that have none. */
const noFinalizers: readonly string[] = [];

function projectFinalizers(
  metadata: unknown,
  { interner }: ProjectionContext,
): readonly string[] {
  const finalizers = array(at(metadata, 'finalizers')).flatMap(entry =>
    typeof entry === 'string' ? [interner.text(entry)] : [],
  );
  return finalizers.length > 0 ? finalizers : noFinalizers;
}

/** What every kind has. */
export function projectMeta(
  object: unknown,
  context: ProjectionContext,
): ObjectMeta {
  const { kind, interner } = context;
  const metadata = at(object, 'metadata');
  return {
    kind,
    name: required(metadata, 'name'),
    namespace: interner.text(textOr(at(metadata, 'namespace'), '')),
    uid: required(metadata, 'uid'),
    resourceVersion: required(metadata, 'resourceVersion'),
    generation: integer(at(metadata, 'generation'), 0),
    createdAt: interner.moment(text(at(metadata, 'creationTimestamp'))) ?? '',
    deletedAt: text(at(metadata, 'deletionTimestamp')),
    labels: textMap(at(metadata, 'labels'), interner),
    annotations: textMap(
      at(metadata, 'annotations'),
      interner,
      keepsAnnotation(kind),
    ),
    finalizers: projectFinalizers(metadata, context),
    controller: controllerOf(metadata, context),
  };
}

/** `status.conditions`, in the server’s order. */
export function projectConditions(
  object: unknown,
  { interner }: ProjectionContext,
): readonly ObjectCondition[] {
  return array(at(object, 'status', 'conditions')).map(condition => ({
    type: interner.text(textOr(at(condition, 'type'), '')),
    status: interner.text(textOr(at(condition, 'status'), 'Unknown')),
    reason: interner.text(textOr(at(condition, 'reason'), '')),
    message: textOr(at(condition, 'message'), ''),
    since: interner.moment(text(at(condition, 'lastTransitionTime'))),
  }));
}

/** Images of a pod template’s containers. */
export function projectImages(
  podSpec: unknown,
  { interner }: ProjectionContext,
): readonly string[] {
  return array(at(podSpec, 'containers')).flatMap(container => {
    const image = text(at(container, 'image'));
    return image ? [interner.text(image)] : [];
  });
}
