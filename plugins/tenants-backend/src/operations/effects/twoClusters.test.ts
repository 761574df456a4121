// SPDX-License-Identifier: Apache-2.0
import { EffectsBench } from './__testUtils__/EffectsBench';
import { THREE, shopOn } from './__testUtils__/shopOn';
import { plannedEnvironment } from './testing/plannedEnvironment';

let bench: EffectsBench;
const { deployments } = shopOn(() => bench);

beforeEach(async () => {
  bench = await EffectsBench.start('eu', 'us');
});
afterEach(() => bench.stop());

describe('environments on two clusters', () => {
  it('one cluster that is down fails its part with the reason, and the rest stands', async () => {
    bench.lost.add('us');
    const environments = [
      plannedEnvironment(THREE, { environment: 'far', cluster: 'us' }),
      plannedEnvironment(THREE),
    ];
    const { errors } = await bench.apply(environments);
    expect(errors).toMatchObject([
      { message: expect.stringContaining('"us"'), retryable: true },
    ]);
    expect(deployments()).toEqual(['api', 'db', 'web']);
    expect(await bench.record()).toMatchObject({ revision: 1 });
  });

  it('so does one that could not even be planned for', async () => {
    bench.planner.lost.add('us');
    const environments = [
      plannedEnvironment(THREE, { environment: 'far', cluster: 'us' }),
      plannedEnvironment(THREE),
    ];
    const { errors } = await bench.apply(environments);
    expect(errors).toMatchObject([
      {
        reason: 'ClusterUnavailable',
        message: expect.stringContaining('"us"'),
      },
    ]);
    expect(deployments()).toEqual(['api', 'db', 'web']);
    const alone = bench.apply(environments.slice(0, 1));
    await expect(alone).rejects.toMatchObject({ error: { retryable: true } });
  });

  it.each([
    ['could not be reached', () => bench.lost],
    ['could not even be planned for', () => bench.planner.lost],
  ])(
    'one that %s is tried again when the others are done',
    async (_, clusters) => {
      const away = clusters();
      away.add('us');
      const far = plannedEnvironment(THREE, {
        environment: 'far',
        cluster: 'us',
      });
      let tries = 0;
      const { errors, steps } = await bench.apply(
        [far, plannedEnvironment(THREE)],
        {
          onRetry: () => {
            tries += 1;
            if (tries === 2) away.clear();
            return true;
          },
        },
      );
      expect(errors).toEqual([]);
      expect(tries).toBe(2);
      expect(await bench.record('far', 'us')).toMatchObject({ revision: 1 });
      expect(await bench.record()).toMatchObject({ revision: 1 });
      expect(steps.filter(key => key === 'record/us/far')).toHaveLength(1);
    },
  );

  describe('purged', () => {
    beforeEach(async () => {
      await bench.apply([
        plannedEnvironment(THREE, { environment: 'far', cluster: 'us' }),
        plannedEnvironment(THREE),
      ]);
      bench.lost.add('us');
    });
    const purge = { type: 'purge' as const, confirm: 'shop' };

    it('reaches what is on a cluster that was away in a later try', async () => {
      const onRetry = () => bench.lost.delete('us');
      const { errors, steps } = await bench.run(purge, [], { onRetry });
      expect(errors).toEqual([]);
      expect(steps).toEqual(
        expect.arrayContaining(['forget/eu/dev', 'forget/us/far']),
      );
      await expect(bench.record('far', 'us')).rejects.toThrow('no record');
    });

    it('does not care for a cluster that has nothing of what is named', async () => {
      const named = { ...purge, environments: ['dev'] };
      const { errors } = await bench.run(named, []);
      expect(errors).toEqual([]);
      await expect(bench.record()).rejects.toThrow('no record');
      bench.lost.clear();
      expect(await bench.record('far', 'us')).toBeDefined();
    });
  });

  it('one environment alone is tried again as a whole', async () => {
    bench.lost.add('eu');
    const run = bench.apply([plannedEnvironment(THREE)]);
    await expect(run).rejects.toThrow('"eu" is not known to the portal');
  });
});
