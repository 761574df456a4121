// SPDX-License-Identifier: Apache-2.0
import { pseudoHash } from '../../kubelet/imageFacts';
import { timestamp } from '../../storage/timestamp';
import { setCondition } from '../Condition';
import { whereOf, type Controller } from '../ControllerPorts';
import {
  asFluxObject,
  concluded,
  handled,
  isDue,
  progressing,
  type FluxObject,
  type HistoryEntry,
} from './FluxObject';
import { failureOf, type GitOpsPorts } from './GitOpsPorts';

const WORK_MS = 4_000;
const RETRY_MS = 300_000;
const MAX_HISTORY = 5;
const COMPONENT = 'helm-controller';

/** Sets the status of HelmReleases as Flux does: Released and Ready, the history of revisions, failures. No chart is read. */
export class HelmReleaseController implements Controller {
  readonly resource = 'helmreleases.helm.toolkit.fluxcd.io';
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
    const release = asFluxObject(object);
    if (release.spec.suspend) return undefined;
    const now = this.ports.clock.now();
    const doneAt = this.doneAt.get(key);
    if (doneAt === undefined) {
      if (!this.isWanted(key, release)) return undefined;
      this.begin(release);
      this.doneAt.set(key, now + WORK_MS);
      return WORK_MS;
    }
    if (doneAt > now) return doneAt - now;
    this.doneAt.delete(key);
    return this.conclude(key, release);
  }

  private isWanted(key: string, release: FluxObject): boolean {
    return isDue(release) || this.fates.get(key) !== this.fateOf(release);
  }

  private fateOf({ metadata }: FluxObject): string {
    return failureOf(this.ports.fateOf(this.resource, metadata)) ?? '';
  }

  private begin(release: FluxObject): void {
    const action = deployed(release) ? 'upgrade' : 'install';
    const message = `Running '${action}' action with timeout of 5m0s`;
    const now = timestamp(this.ports.clock.now());
    this.write(release, draft => ({
      ...draft.status,
      conditions: progressing(draft, { message, now }),
    }));
  }

  private conclude(key: string, release: FluxObject): number | undefined {
    const failure = this.fateOf(release);
    this.fates.set(key, failure);
    const action = deployed(release) ? 'Upgrade' : 'Install';
    const at = timestamp(this.ports.clock.now());
    const history = this.nextHistory(release, { failed: failure !== '', at });
    const [latest] = history;
    const title = `${latest.namespace}/${latest.name}.v${latest.version} with chart ${latest.chartName}@${latest.chartVersion}`;
    const message = failure
      ? `Helm ${action.toLowerCase()} failed for release ${latest.namespace}/${
          latest.name
        } with chart ${latest.chartName}@${latest.chartVersion}: ${failure}`
      : `Helm ${action.toLowerCase()} succeeded for release ${title}`;
    const reason = `${action}${failure ? 'Failed' : 'Succeeded'}`;
    this.write(release, draft => {
      const ok = !failure;
      const conditions = concluded(draft, {
        ...{ ok, reason, message, now: at },
        also: ['Released'],
      });
      if (!ok) {
        const stalled = {
          type: 'Stalled',
          status: 'True',
          reason: 'RetriesExceeded',
          message: `Failed to ${action.toLowerCase()} after 1 attempt(s)`,
          observedGeneration: draft.metadata.generation,
        } as const;
        setCondition(conditions, stalled, at);
      }
      const { failures: _failures, ...rest } = draft.status ?? {};
      return {
        ...rest,
        ...handled(draft),
        conditions,
        history,
        observedGeneration: draft.metadata.generation,
        lastAttemptedGeneration: draft.metadata.generation,
        lastAttemptedRevision: latest.chartVersion,
        lastAttemptedReleaseAction: action.toLowerCase(),
        storageNamespace: draft.metadata.namespace,
        ...(ok ? {} : { failures: (draft.status?.failures ?? 0) + 1 }),
      };
    });
    this.ports.events.record(release, {
      type: failure ? 'Warning' : 'Normal',
      reason,
      message,
      component: COMPONENT,
    });
    return failure ? RETRY_MS : undefined;
  }

  /** Newest first. What was deployed before is superseded only by what succeeds. */
  private nextHistory(
    release: FluxObject,
    { failed, at }: { failed: boolean; at: string },
  ): HistoryEntry[] {
    const { metadata, spec, status } = release;
    const past = status?.history ?? [];
    const version = (past[0]?.version ?? 0) + 1;
    const chart = spec.chart?.spec ?? {};
    const entry: HistoryEntry = {
      name: spec.releaseName ?? metadata.name,
      namespace: spec.targetNamespace ?? metadata.namespace ?? '',
      version,
      status: failed ? 'failed' : 'deployed',
      chartName: chart.chart ?? metadata.name,
      chartVersion: chart.version ?? '0.0.0',
      firstDeployed: past.at(-1)?.firstDeployed ?? at,
      lastDeployed: at,
      digest: `sha256:${pseudoHash(`${metadata.uid}/${version}`, 64)}`,
    };
    const before = past.map(each =>
      !failed && each.status === 'deployed'
        ? { ...each, status: 'superseded' }
        : each,
    );
    return [entry, ...before].slice(0, spec.maxHistory || MAX_HISTORY);
  }

  private write(
    { metadata }: FluxObject,
    next: (draft: FluxObject) => FluxObject['status'],
  ): void {
    this.ports.objects.modify(this.resource, metadata, draft => {
      draft.status = next(asFluxObject(draft));
    });
  }
}

function deployed({ status }: FluxObject): boolean {
  return (status?.history ?? []).some(
    each => each.status === 'deployed' || each.status === 'superseded',
  );
}
