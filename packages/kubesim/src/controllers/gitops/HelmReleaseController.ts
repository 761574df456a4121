// SPDX-License-Identifier: Apache-2.0
import { pseudoHash } from '../../kubelet/imageFacts';
import { timestamp } from '../../storage/timestamp';
import { setCondition } from '../Condition';
import { FluxController } from './FluxController';
import {
  concluded,
  handled,
  progressing,
  type FluxObject,
  type HistoryEntry,
} from './FluxObject';

const MAX_HISTORY = 5;
const COMPONENT = 'helm-controller';

/** Sets the status of HelmReleases as Flux does: Released and Ready, the history of revisions, failures. No chart is read. */
export class HelmReleaseController extends FluxController {
  readonly resource = 'helmreleases.helm.toolkit.fluxcd.io';
  protected readonly workMs = 4_000;
  protected readonly retryMs = 300_000;

  protected begin(release: FluxObject): void {
    const action = deployed(release) ? 'upgrade' : 'install';
    const message = `Running '${action}' action with timeout of 5m0s`;
    const now = timestamp(this.ports.clock.now());
    this.write(release, draft => ({
      ...draft.status,
      conditions: progressing(draft, { message, now }),
    }));
  }

  protected conclude(release: FluxObject, failure: string): void {
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
}

function deployed({ status }: FluxObject): boolean {
  return (status?.history ?? []).some(
    each => each.status === 'deployed' || each.status === 'superseded',
  );
}
