// SPDX-License-Identifier: Apache-2.0
import { KubeError } from '@tenantry/backstage-plugin-tenants-node';
import {
  clusterPartial,
  clusterProblems,
  kindMessage,
  type KindReport,
} from './clusterPartial';
import type { WatchedKind } from './objects';
import { LostEventError } from './RetryPlan';
import { watchedType } from './watchedKinds';

const heardAt = Date.parse('2026-01-01T00:00:00Z');

function report(kind: WatchedKind, more: Partial<KindReport> = {}): KindReport {
  return {
    type: watchedType(kind),
    state: 'synced',
    objects: 1,
    heardAt,
    hasSynced: true,
    ...more,
  };
}

function failure(details: Partial<KubeError>): KubeError {
  const required = { cluster: 'eu', resource: 'x', reason: 'Unreachable' };
  return new KubeError('failed', { ...required, ...details });
}

const forbidden = {
  state: 'forbidden' as const,
  error: failure({ status: 403, reason: 'Forbidden' }),
};
const kinds: readonly WatchedKind[] = ['namespaces', 'pods', 'deployments'];

describe('why a cluster is not synced', () => {
  const of = (error: unknown) =>
    clusterPartial(
      'eu',
      kinds.map(kind => report(kind, { state: 'stale', error })),
    );

  it.each([
    [{}, 'Unreachable', 'that it runs'],
    [{ reason: 'Timeout' }, 'Unreachable', 'address'],
    [{ reason: 'TlsRefused' }, 'Unreachable', 'caData'],
    [{ reason: 'BadAnswer' }, 'Unreachable', 'url'],
    [{ reason: 'ProxyFailed' }, 'Unreachable', 'log of the backend'],
    [{ status: 500, reason: 'X' }, 'Unreachable', 'by itself'],
    [{ status: 401, reason: 'Unauthorized' }, 'Unauthenticated', 'Renew'],
    [{ reason: 'CredentialRefused' }, 'Unauthenticated', 'Renew'],
    [
      { status: 401, reason: 'ProxyRefused' },
      'Unauthenticated',
      'discovery.endpoints',
    ],
  ])('is said once, with what would fix it: %j', (details, reason, fix) => {
    expect(of(failure(details))).toEqual([
      {
        cluster: 'eu',
        reason,
        message: expect.stringContaining(fix),
        observedAt: '2026-01-01T00:00:00.000Z',
      },
    ]);
  });

  it('is a missing right everywhere: the ClusterRole is named, and the namespaces that may be configured instead', () => {
    const all = kinds.map(kind => report(kind, forbidden));
    expect(clusterPartial('eu', all)).toEqual([
      {
        cluster: 'eu',
        reason: 'Forbidden',
        message: expect.stringMatching(
          /ClusterRole "tenantry-read" \(docs\/cluster-role.yaml\).*tenants.clusters.eu.namespaces/,
        ),
      },
    ]);
  });

  it('is a missing right of one kind beside a lost connection: both are said', () => {
    const lost = { state: 'stale' as const, error: failure({}) };
    const parts = clusterPartial('eu', [
      report('namespaces', lost),
      report('pods', lost),
      report('deployments', forbidden),
    ]);
    expect(parts.map(({ reason, kind }) => [reason, kind])).toEqual([
      ['Unreachable', undefined],
      ['Forbidden', 'Deployment'],
    ]);
    expect(parts[1]?.message).toContain(
      '{apiGroups: ["apps"], resources: ["deployments"], verbs: ["get", "list", "watch"]}',
    );
  });
});

describe('a kind that the cluster does not serve', () => {
  const absent = report('cronjobs', {
    state: 'notServed',
    error: failure({ status: 404, reason: 'NotFound' }),
    hasSynced: false,
  });

  it('is no gap: there is nothing of it that could be missing or old', () => {
    expect(clusterPartial('eu', [report('pods'), absent])).toEqual([]);
    expect(clusterProblems('eu', [report('pods'), absent])).toEqual([]);
  });

  it('is told in the table of kinds', () => {
    expect(kindMessage('eu', absent, [])).toContain(
      'does not serve cronjobs.batch (batch/v1)',
    );
    const { type } = report('applications');
    expect(kindMessage('eu', { type, state: 'notServed' }, [])).toBeUndefined();
  });
});

describe('a connection that was lost just now', () => {
  const lost = report('pods', { state: 'refreshing', error: failure({}) });

  it('is a problem of the cluster, but its data is not old yet', () => {
    expect(clusterPartial('eu', [lost])).toEqual([]);
    expect(clusterProblems('eu', [lost])).toEqual([
      expect.objectContaining({ reason: 'Unreachable' }),
    ]);
  });

  it.each([new LostEventError(), failure({ status: 410, reason: 'Expired' })])(
    'to be listed again is not said to be unreachable: %s',
    error => {
      const again = report('pods', { state: 'refreshing', error });
      const [problem] = clusterProblems('eu', [again, report('services')]);
      expect(problem).toMatchObject({
        reason: 'NotSynced',
        message: expect.stringContaining('listed again'),
      });
    },
  );
});

describe('what was never read to its end', () => {
  const first = { state: 'refreshing' as const, hasSynced: false };

  it('is missing, without a time at which it was known', () => {
    const parts = clusterPartial('eu', [report('pods', first), report('jobs')]);
    expect(parts).toEqual([
      {
        cluster: 'eu',
        kind: 'Pod',
        reason: 'NotSynced',
        message: expect.stringContaining('for the first time'),
      },
    ]);
  });

  it('is said once when it is everything', () => {
    const parts = clusterPartial(
      'eu',
      kinds.map(kind => report(kind, first)),
    );
    expect(parts).toEqual([
      { cluster: 'eu', reason: 'NotSynced', message: expect.any(String) },
    ]);
  });
});

it('names no time for what was dropped, so that it is taken for unknown', () => {
  const [part] = clusterPartial('eu', [
    report('pods', forbidden),
    report('jobs'),
  ]);
  expect(part).not.toHaveProperty('observedAt');
});
