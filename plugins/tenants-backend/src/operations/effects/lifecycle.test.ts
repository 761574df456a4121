// SPDX-License-Identifier: Apache-2.0
import { EffectsBench } from './__testUtils__/EffectsBench';
import { shopOn } from './__testUtils__/shopOn';

let bench: EffectsBench;
const { deployment, everything, start } = shopOn(() => bench);

beforeEach(async () => {
  bench = await EffectsBench.start('eu');
  await start();
});
afterEach(() => bench.stop());

describe('restart', () => {
  const restart = (workload: string, id?: string) =>
    bench.run(
      { type: 'restart', environment: 'dev', workload },
      [],
      id ? { id } : {},
    );
  const templateOf = (name: string) =>
    Object(deployment(name)?.spec?.template).metadata;

  it('changes the pods’ template once per operation', async () => {
    await restart('Deployment/web', 'op-r');
    expect(templateOf('web').annotations).toEqual({
      'tenantry.dev/restarted-by': 'op-r',
    });
    const generation = deployment('web')?.metadata.generation;
    await restart('Deployment/web', 'op-r');
    expect(deployment('web')?.metadata.generation).toBe(generation);
  });

  it('survives the next apply, which finds nothing to do', async () => {
    await restart('Deployment/web', 'op-r');
    const { steps } = await bench.apply([await everything()]);
    expect(steps).toEqual(['compare/eu/dev']);
    expect(templateOf('web').annotations).toEqual({
      'tenantry.dev/restarted-by': 'op-r',
    });
  });

  it('says that there is no such workload, or that it can’t be restarted', async () => {
    await expect(restart('Deployment/none')).rejects.toThrow(
      'There is no Deployment "none"',
    );
    await expect(restart('Job/web')).rejects.toThrow('A Job can’t be');
  });

  it('is refused in an environment that Tenantry does not manage', async () => {
    const run = bench.run(
      { type: 'restart', environment: 'prod', workload: 'Deployment/web' },
      [],
    );
    await expect(run).rejects.toThrow('Adopt its namespaces first');
  });
});

describe('members', () => {
  const members = async (roles: readonly ('admin' | 'view')[]) => {
    const planned = await everything();
    const list = roles.map((role, at) => ({
      subject: `user:default/u${at}`,
      role,
    }));
    return {
      ...planned,
      record: {
        ...planned.record,
        spec: { ...planned.record.spec, members: list },
      },
    };
  };

  it('the last admin can’t be removed', async () => {
    await bench.run({ type: 'members' }, [await members(['admin', 'view'])]);
    const run = bench.run({ type: 'members' }, [await members(['view'])]);
    await expect(run).rejects.toThrow('The last admin of environment "dev"');
    expect((await bench.record()).spec.members).toHaveLength(2);
  });
});

describe('a plan', () => {
  it('that is refused is not begun', async () => {
    bench.planner.refusal = 'The tier "gold" is not there.';
    await expect(bench.run({ type: 'delete' }, [])).rejects.toThrow(
      'The tier "gold" is not there.',
    );
  });

  it('that is not the one that was looked at is not begun', async () => {
    const run = bench.run({ type: 'delete', planVersion: 'p0' }, []);
    await expect(run).rejects.toThrow('Another plan would be made now');
  });
});
