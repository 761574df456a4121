// SPDX-License-Identifier: Apache-2.0
import type {
  KubeError,
  KubeManifest,
} from '@tenantry/backstage-plugin-tenants-node';
import type { EffectContext } from './EffectContext';

const recorded = new Set(['.spec.replicas', '.spec.suspend']);
const asked = new Set(['scale', 'sleep', 'wake']);

/**
 * Whether fields that others manage may be taken over: only how many replicas run and whether a CronJob is suspended, and only
 * where the record says so (asleep, an override) or that is what was asked for now. Everything else stays with its manager.
 */
export function mayForce(
  { record, step }: EffectContext,
  { kind, metadata }: KubeManifest,
  { causes = [] }: KubeError,
): boolean {
  const { asleep, overrides } = record.spec;
  const isSaid =
    asleep ||
    Object.hasOwn(overrides, `${kind}/${metadata.name}`) ||
    asked.has(step.operation.type);
  return (
    isSaid &&
    causes.every(({ field }) => field !== undefined && recorded.has(field))
  );
}
