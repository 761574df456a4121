// SPDX-License-Identifier: Apache-2.0
import { pseudoHash } from '../../kubelet/imageFacts';
import { timestamp } from '../../storage/timestamp';
import { FluxController } from './FluxController';
import { concluded, handled, progressing, type FluxObject } from './FluxObject';

const COMPONENT = 'kustomize-controller';

/** Sets the status of Kustomizations as Flux does: Ready and Healthy, and the revision that was applied. */
export class KustomizationController extends FluxController {
  readonly resource = 'kustomizations.kustomize.toolkit.fluxcd.io';
  protected readonly workMs = 3_000;
  protected readonly retryMs = 120_000;

  protected begin(given: FluxObject): void {
    const message = `Running health checks for revision ${revisionOf(
      given,
    )} with a timeout of 4m30s`;
    const now = timestamp(this.ports.clock.now());
    this.write(given, draft => ({
      ...draft.status,
      conditions: progressing(draft, { message, now }),
    }));
  }

  protected conclude(given: FluxObject, failure: string): void {
    const revision = revisionOf(given);
    const ok = !failure;
    const reason = ok ? 'ReconciliationSucceeded' : 'HealthCheckFailed';
    const message = ok
      ? `Applied revision: ${revision}`
      : `health check failed after 4m30s: ${failure}`;
    const now = timestamp(this.ports.clock.now());
    this.write(given, draft => ({
      ...draft.status,
      ...handled(draft),
      conditions: concluded(draft, {
        ...{ ok, reason, message, now },
        also: ['Healthy'],
      }),
      observedGeneration: draft.metadata.generation,
      lastAttemptedRevision: revision,
      ...(ok ? { lastAppliedRevision: revision } : {}),
    }));
    this.ports.events.record(given, {
      type: ok ? 'Normal' : 'Warning',
      reason,
      message,
      component: COMPONENT,
    });
  }
}

/** There is no repository: the revision stands for what the object says. */
function revisionOf({ metadata, spec }: FluxObject): string {
  const text = `${metadata.uid}/${spec.path}/${metadata.generation}`;
  return `main@sha1:${pseudoHash(text, 40)}`;
}
