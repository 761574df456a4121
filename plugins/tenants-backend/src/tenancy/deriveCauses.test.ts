// SPDX-License-Identifier: Apache-2.0
import type { HealthCode } from '@tenantry/backstage-plugin-tenants-common';
import type { Evidence } from '../health';
import { deriveCauses, MAX_CAUSES } from './deriveCauses';
import type { Unit } from './Unit';

const unit = (
  name: string,
  code: HealthCode,
  evidence?: Evidence,
  kind = 'Deployment',
): Unit => ({
  kind,
  name,
  namespace: 'shop',
  module: 'web',
  labels: {},
  verdict: { code, reason: 'Reason', message: `${name}.`, evidence },
  ...(kind === 'Deployment'
    ? {
        workload: {
          kind,
          name,
          namespace: 'shop',
          uid: name,
          health: { code, reason: 'Reason', message: '' },
          images: [],
          restarts: 0,
          createdAt: '2026-01-01T00:00:00Z',
          pods: [],
        },
      }
    : {}),
});
const namesOf = (...units: Unit[]) =>
  deriveCauses([{ environment: 'prod', cluster: 'eu', units }]).map(
    cause => cause.object.name,
  );

describe('deriveCauses', () => {
  it('explains nothing that is healthy or asleep', () => {
    expect(namesOf(unit('a', 'Healthy'), unit('b', 'Suspended'))).toEqual([]);
  });

  it('puts the worst first', () => {
    expect(
      namesOf(
        unit('c', 'Unknown'),
        unit('b', 'Progressing'),
        unit('d', 'Missing'),
        unit('a', 'Degraded'),
      ),
    ).toEqual(['a', 'd', 'b', 'c']);
  });

  it('gives one cause for workloads that one full quota stops', () => {
    const evidence = { root: 'ResourceQuota/compute' };
    expect(
      namesOf(
        unit('b', 'Degraded', evidence),
        unit('a', 'Degraded', evidence),
        unit('c', 'Degraded'),
      ),
    ).toEqual(['a', 'c']);
  });

  it('prefers the workload to the service whose pods are the same', () => {
    const evidence = { pod: 'web-1' };
    expect(
      namesOf(
        unit('a-service', 'Degraded', evidence, 'Service'),
        unit('web', 'Degraded', evidence),
      ),
    ).toEqual(['web']);
  });

  it('keeps equal pod names on two clusters apart', () => {
    const units = [unit('db', 'Degraded', { pod: 'db-0' })];
    const causes = deriveCauses([
      { environment: 'prod', cluster: 'us', units },
      { environment: 'prod', cluster: 'eu', units },
    ]);
    expect(causes.map(cause => cause.cluster)).toEqual(['eu', 'us']);
  });

  it('gives no more causes than its limit', () => {
    const units = Array.from({ length: 40 }, (_, i) =>
      unit(`w${i}`, 'Degraded'),
    );
    expect(namesOf(...units)).toHaveLength(MAX_CAUSES);
  });

  it('says whether the log before the last crash can be read', () => {
    const [cause] = deriveCauses([
      {
        environment: 'prod',
        cluster: 'eu',
        units: [
          unit('web', 'Degraded', {
            pod: 'web-1',
            container: 'main',
            previousLog: true,
          }),
        ],
      },
    ]);
    expect(cause).toMatchObject({
      pod: 'web-1',
      container: 'main',
      previousLog: true,
    });
  });
});
