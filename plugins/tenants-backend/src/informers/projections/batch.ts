// SPDX-License-Identifier: Apache-2.0
import type { CronJobObject, JobObject } from '../objects';
import { array, at, integer, integerOrNone, text, textOr } from './fields';
import {
  projectConditions,
  projectImages,
  projectMeta,
  type ProjectionContext,
} from './meta';

const defaultBackoffLimit = 6;

export function projectJob(
  object: unknown,
  context: ProjectionContext,
): JobObject {
  const spec = at(object, 'spec');
  const status = at(object, 'status');
  return {
    ...projectMeta(object, context),
    suspended: at(spec, 'suspend') === true,
    active: integer(at(status, 'active'), 0),
    succeeded: integer(at(status, 'succeeded'), 0),
    failed: integer(at(status, 'failed'), 0),
    completions: integerOrNone(at(spec, 'completions')),
    backoffLimit: integer(at(spec, 'backoffLimit'), defaultBackoffLimit),
    startedAt: text(at(status, 'startTime')),
    completedAt: text(at(status, 'completionTime')),
    images: projectImages(at(spec, 'template', 'spec'), context),
    conditions: projectConditions(object, context),
  };
}

export function projectCronJob(
  object: unknown,
  context: ProjectionContext,
): CronJobObject {
  const spec = at(object, 'spec');
  const status = at(object, 'status');
  const podSpec = at(spec, 'jobTemplate', 'spec', 'template', 'spec');
  return {
    ...projectMeta(object, context),
    suspended: at(spec, 'suspend') === true,
    schedule: textOr(at(spec, 'schedule'), ''),
    lastScheduledAt: text(at(status, 'lastScheduleTime')),
    lastSucceededAt: text(at(status, 'lastSuccessfulTime')),
    active: array(at(status, 'active')).length,
    images: projectImages(podSpec, context),
  };
}
