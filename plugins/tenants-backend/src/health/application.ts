// SPDX-License-Identifier: Apache-2.0
import {
  HEALTH_CODES,
  type HealthCode,
} from '@tenantry/backstage-plugin-tenants-common';
import type { GenericObject } from '../informers/objects';
import { conditionOf, type HealthContext } from './HealthCheck';
import { judgeTerminating } from './terminating';
import { because, healthy, type Verdict } from './Verdict';

/** Judges an Argo CD Application: an error condition first, then the health it reports in our own words. */
export function judgeApplication(
  application: GenericObject,
  _context: HealthContext,
  now: Date,
): Verdict {
  const gone = judgeTerminating(application, now);
  if (gone) return gone;
  const error = application.conditions.find(
    ({ type, status }) => type.endsWith('Error') && status !== 'False',
  );
  if (error) {
    return {
      code: 'Degraded',
      reason: error.type,
      message: `Application ${application.name} is in error${because(
        error.message,
      )}.`,
      since: error.since,
    };
  }
  const code = HEALTH_CODES.find(known => known === application.phase);
  if (code === 'Healthy') return healthy();
  return reported(application, code ?? 'Unknown');
}

function reported(application: GenericObject, code: HealthCode): Verdict {
  const said = conditionOf(application, 'Healthy')?.message;
  const words = {
    Degraded: 'reports that its resources are degraded',
    Missing: 'reports that resources are missing in the cluster',
    Progressing: 'reports that its resources are not healthy yet',
    Unknown: 'reports no health',
    Suspended: 'reports that its resources are suspended',
    Healthy: '',
  }[code];
  return {
    code,
    reason: application.phase || 'Unknown',
    message: `Application ${application.name} ${words}${because(said)}.`,
  };
}
