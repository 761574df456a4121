// SPDX-License-Identifier: Apache-2.0
import { pseudoHash } from '../../kubelet/imageFacts';
import { timestamp } from '../../storage/timestamp';
import { whereOf, type Controller } from '../ControllerPorts';
import {
  asFluxObject,
  concluded,
  handled,
  isDue,
  progressing,
  type FluxObject,
} from './FluxObject';
import { failureOf, type GitOpsPorts } from './GitOpsPorts';

const WORK_MS = 3_000;
const RETRY_MS = 120_000;
const COMPONENT = 'kustomize-controller';

/** Sets the status of Kustomizations as Flux does: Ready and Healthy, and the revision that was applied. */
export class KustomizationController implements Controller {
  readonly resource = 'kustomizations.kustomize.toolkit.fluxcd.io';
  private readonly doneAt = new Map<string, number>();
  private readonly fates = new Map<string, string>();

  constructor(private readonly ports: GitOpsPorts) {}

  reconcile(key: string): number | undefined {
    const object = this.ports.objects.get(this.resource, whereOf(key));
    if (!object || object.metadata.deletionTimestamp) {
      this.doneAt.delete(key);
      this.fates.delete(key);
      return undefined;
    }
    const given = asFluxObject(object);
    if (given.spec.suspend) return undefined;
    const now = this.ports.clock.now();
    const doneAt = this.doneAt.get(key);
    if (doneAt === undefined) {
      if (!isDue(given) && this.fates.get(key) === this.fateOf(given))
        return undefined;
      this.begin(given);
      this.doneAt.set(key, now + WORK_MS);
      return WORK_MS;
    }
    if (doneAt > now) return doneAt - now;
    this.doneAt.delete(key);
    return this.conclude(key, given);
  }

  private fateOf({ metadata }: FluxObject): string {
    return failureOf(this.ports.fateOf(this.resource, metadata)) ?? '';
  }

  private begin(given: FluxObject): void {
    const message = `Running health checks for revision ${revisionOf(
      given,
    )} with a timeout of 4m30s`;
    const now = timestamp(this.ports.clock.now());
    this.ports.objects.modify(this.resource, given.metadata, draft => {
      const conditions = progressing(asFluxObject(draft), { message, now });
      draft.status = { ...draft.status, conditions };
    });
  }

  private conclude(key: string, given: FluxObject): number | undefined {
    const failure = this.fateOf(given);
    this.fates.set(key, failure);
    const revision = revisionOf(given);
    const ok = !failure;
    const reason = ok ? 'ReconciliationSucceeded' : 'HealthCheckFailed';
    const message = ok
      ? `Applied revision: ${revision}`
      : `health check failed after 4m30s: ${failure}`;
    const now = timestamp(this.ports.clock.now());
    this.ports.objects.modify(this.resource, given.metadata, object => {
      const draft = asFluxObject(object);
      draft.status = {
        ...draft.status,
        ...handled(draft),
        conditions: concluded(draft, {
          ...{ ok, reason, message, now },
          also: ['Healthy'],
        }),
        observedGeneration: draft.metadata.generation,
        lastAttemptedRevision: revision,
        ...(ok ? { lastAppliedRevision: revision } : {}),
      };
    });
    this.ports.events.record(given, {
      type: ok ? 'Normal' : 'Warning',
      reason,
      message,
      component: COMPONENT,
    });
    return ok ? undefined : RETRY_MS;
  }
}

/** There is no repository: the revision stands for what the object says. */
function revisionOf({ metadata, spec }: FluxObject): string {
  const text = `${metadata.uid}/${spec.path}/${metadata.generation}`;
  return `main@sha1:${pseudoHash(text, 40)}`;
}
