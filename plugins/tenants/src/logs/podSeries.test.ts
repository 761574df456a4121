// SPDX-License-Identifier: Apache-2.0
import { logSourceFixture } from '../testing/logFixture';
import { podSeries, shortName } from './podSeries';

const labelsOf = (...pods: string[]) => {
  const sources = pods.map((pod, id) => logSourceFixture(id, { pod }));
  return [...podSeries(sources).values()].map(({ label }) => label);
};

describe('podSeries', () => {
  it('leaves out what all names begin with', () => {
    expect(labelsOf('airflow-web-0', 'airflow-worker-1')).toEqual([
      'web-0',
      'worker-1',
    ]);
  });

  it('keeps the ends of long names, by which the pods of one workload differ', () => {
    const pods = [
      'checkout-api-dcf27cd77b-cp9gg',
      'checkout-api-dcf27cd77b-wlhp5',
      'ledger-0',
    ];
    expect(labelsOf(...pods)).toEqual([
      'checkout-…-cp9gg',
      'checkout-…-wlhp5',
      'ledger-0',
    ]);
  });

  it('leaves a name that fits as it is', () => {
    expect(shortName('sixteen-letters1')).toBe('sixteen-letters1');
  });
});
