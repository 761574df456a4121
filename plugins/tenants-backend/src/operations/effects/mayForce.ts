// SPDX-License-Identifier: Apache-2.0
import type {
  KubeError,
  KubeManifest,
} from '@tenantry/backstage-plugin-tenants-node';
import type { EffectContext } from './EffectContext';

type Work = {
  readonly record: Pick<EffectContext['record'], 'spec'>;
  readonly step: {
    readonly operation: Pick<EffectContext['step']['operation'], 'type'>;
  };
};

const recorded = new Set(['.spec.replicas', '.spec.suspend']);
const asked = new Set(['scale', 'sleep', 'wake']);

type Cause = NonNullable<KubeError['causes']>[number];

const CLAIM_TEMPLATES = '.spec.volumeClaimTemplates';
const CONTROLLERS = 'kube-controller-manager';

/**
 * Up to Kubernetes 1.21 the StatefulSet controller takes the claim templates over with the status it writes. It wants nothing of
 * them, and they cannot change: whoever forces them changes no value.
 */
function isTakenByStatus(
  { kind }: KubeManifest,
  { field, manager }: Cause,
): boolean {
  return (
    kind === 'StatefulSet' &&
    field === CLAIM_TEMPLATES &&
    manager === CONTROLLERS
  );
}

/**
 * Whether fields that others manage may be taken over: only how many replicas run and whether a CronJob is suspended, and only
 * where the record says so (asleep, an override) or that is what was asked for now, and what an old StatefulSet controller took
 * by mistake. Everything else stays with its manager.
 */
export function mayForce(
  { record, step }: Work,
  manifest: KubeManifest,
  { causes = [] }: KubeError,
): boolean {
  const { kind, metadata } = manifest;
  const { asleep, overrides } = record.spec;
  const contested = causes.filter(cause => !isTakenByStatus(manifest, cause));
  if (contested.length === 0) return causes.length > 0;
  const isSaid =
    asleep ||
    Object.hasOwn(overrides, `${kind}/${metadata.name}`) ||
    asked.has(step.operation.type);
  return (
    isSaid &&
    contested.every(({ field }) => field !== undefined && recorded.has(field))
  );
}
