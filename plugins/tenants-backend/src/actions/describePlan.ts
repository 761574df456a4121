// SPDX-License-Identifier: Apache-2.0
import type { Plan } from '@tenantry/backstage-plugin-tenants-common';

const MAX_CHANGES = 200;

/** A plan for a model to read: what would change by object, without each field of those that do not. */
export function describePlan(plan: Plan) {
  const { version, tenant, exists, refusals, notes, environments } = plan;
  return {
    version,
    tenant,
    exists,
    possible: refusals.length === 0,
    refusals: refusals.map(({ rule, subject, message, chain, fixes }) => ({
      rule,
      subject,
      message,
      chain,
      fixes: fixes.map(({ label, effect }) => ({
        label,
        effect: effect ?? '',
      })),
    })),
    notes: notes.map(({ subject, message }) => `${subject}: ${message}`),
    environments: environments.map(environment => ({
      name: environment.name,
      cluster: environment.cluster,
      tier: environment.tier,
      modules: environment.modules.map(({ name, version: to, from }) => ({
        name,
        version: to,
        from: from ?? '',
      })),
      counts: environment.changes.counts,
      changes: environment.changes.entries
        .filter(({ action }) => action !== 'unchanged')
        .slice(0, MAX_CHANGES)
        .map(({ action, kind, name, fields }) => ({
          action,
          object: `${kind}/${name}`,
          fields: fields.map(({ path }) => path),
        })),
      quota: environment.quota.map(
        ({ resource, after, hard, left, unit }) =>
          `${resource}: ${after} of ${hard} ${unit} after it, ${left} left`,
      ),
    })),
  };
}
