// SPDX-License-Identifier: Apache-2.0
import type {
  PlanNote,
  Refusal,
} from '@tenantry/backstage-plugin-tenants-common';
import { deliveredText, firstDelivered } from '../gitOpsOwner';
import type { LiveObject } from '../LiveObject';
import type { TargetSpec } from '../plan';

/**
 * What is said up front where Flux or Argo CD delivers an environment from a repository: that it is rendered as files instead of
 * being written to. Deleting it is theirs, so it is refused but where the files to delete are asked for.
 */
export function deliveredByOthers(
  { spec: { name: environment }, state }: TargetSpec,
  live: readonly LiveObject[],
  { render = false }: { readonly render?: boolean } = {},
): {
  readonly refusals: readonly Refusal[];
  readonly notes: readonly PlanNote[];
} {
  const delivered = firstDelivered(live);
  if (!delivered) return { refusals: [], notes: [] };
  const { subject, owner } = delivered;
  if (state === 'active' || render) {
    const message = deliveredText(environment, delivered);
    return {
      refusals: [],
      notes: [{ environment, subject, kind: 'rendered-as-files', message }],
    };
  }
  const who = `${owner.tool} (${owner.by})`;
  const message = `${who} delivers ${environment} from a repository and would make again what is deleted.`;
  const label = `Remove the files of ${environment} from the repository of ${who}, but those of its namespaces and volume claims; the template that decommissions by pull request knows which.`;
  return {
    refusals: [
      {
        rule: 'not-ours',
        environment,
        subject,
        message,
        chain: [environment, subject],
        fixes: [{ label }],
      },
    ],
    notes: [],
  };
}
