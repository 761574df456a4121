// SPDX-License-Identifier: Apache-2.0
import type { GenericObject, ObjectCondition } from '../objects';
import { at, integerOrNone, text, textOr } from './fields';
import { projectConditions, projectMeta, type ProjectionContext } from './meta';

/** Any kind that follows the usual status conventions. */
export function projectGeneric(
  object: unknown,
  context: ProjectionContext,
): GenericObject {
  return {
    ...projectMeta(object, context),
    observedGeneration: integerOrNone(
      at(object, 'status', 'observedGeneration'),
    ),
    suspended: at(object, 'spec', 'suspend') === true ? true : undefined,
    phase: text(at(object, 'status', 'phase')),
    conditions: projectConditions(object, context),
  };
}

function verdict(
  type: string,
  good: string,
  found: { readonly word?: string; readonly message: string },
): readonly ObjectCondition[] {
  const { word, message } = found;
  if (word === undefined) return [];
  const status = word === good ? 'True' : 'False';
  return [{ type, status, reason: word, message }];
}

/** An Argo CD Application says its health and sync as words: they become the phase and the conditions `Healthy` and `Synced`. */
export function projectApplication(
  object: unknown,
  context: ProjectionContext,
): GenericObject {
  const generic = projectGeneric(object, context);
  const health = at(object, 'status', 'health');
  const word = text(at(health, 'status'));
  const message = textOr(at(health, 'message'), '');
  const synced = text(at(object, 'status', 'sync', 'status'));
  return {
    ...generic,
    phase: word ?? generic.phase,
    conditions: [
      ...verdict('Healthy', 'Healthy', { word, message }),
      ...verdict('Synced', 'Synced', { word: synced, message: '' }),
      ...generic.conditions,
    ],
  };
}
