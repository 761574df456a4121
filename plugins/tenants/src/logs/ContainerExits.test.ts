// SPDX-License-Identifier: Apache-2.0
import type { Tenant } from '@tenantry/backstage-plugin-tenants-common';
import { degradedTenantFixture } from '@tenantry/backstage-plugin-tenants-common/testing';
import { logSourceFixture } from '../testing/logFixture';
import { ContainerExits } from './ContainerExits';

const tenant = degradedTenantFixture();
const source = logSourceFixture(1);
const exitAt = Date.parse('2026-11-21T14:31:48.000Z');

function exitAfter(after: number, of: Tenant = tenant, key = 7) {
  const exits = new ContainerExits();
  exits.update({ ends: [{ key, source, after }], firstKey: 0 }, of);
  return exits.get(key);
}

describe('ContainerExits', () => {
  it('knows how the container ended whose log ended', () => {
    expect(exitAfter(exitAt - 5_000)).toMatchObject({
      reason: 'OOMKilled',
      code: 137,
    });
  });

  it('allows for the kubelet’s whole seconds', () => {
    expect(exitAfter(exitAt + 900)).toBeDefined();
  });

  it('does not take the end of a run before for this one', () => {
    expect(exitAfter(exitAt + 60_000)).toBeUndefined();
  });

  it('takes what is known when the log had no line', () => {
    expect(exitAfter(Number.NaN)).toBeDefined();
  });

  it('takes what the portal told with the end of the log', () => {
    const exits = new ContainerExits();
    const exit = { reason: 'Error', code: 2 };
    const ends = [{ key: 7, source, after: exitAt, exit }];
    exits.update({ ends, firstKey: 0 }, tenant);
    expect(exits.get(7)).toEqual(exit);
  });

  it('knows the end of one that is not started again', () => {
    const once = degradedTenantFixture();
    for (const environment of once.environments) {
      for (const pod of environment.modules.flatMap(m =>
        m.workloads.flatMap(w => w.pods),
      )) {
        pod.containers = pod.containers.map(container => ({
          ...container,
          state: 'terminated',
          reason: 'Error',
          exitCode: 3,
          lastExit: undefined,
        }));
      }
    }
    expect(exitAfter(exitAt, once)).toEqual({ reason: 'Error', code: 3 });
  });

  it('knows nothing of a container that is gone', () => {
    const empty = degradedTenantFixture({ environments: [] });
    expect(exitAfter(exitAt, empty)).toBeUndefined();
  });

  it('keeps what it knows when the container ends again or goes, until the row is let go', () => {
    const exits = new ContainerExits();
    const ends = [{ key: 7, source, after: exitAt }];
    exits.update({ ends, firstKey: 0 }, tenant);
    const gone = degradedTenantFixture({ environments: [] });
    exits.update({ ends: [], firstKey: 7 }, gone);
    expect(exits.get(7)).toBeDefined();
    exits.update({ ends: [], firstKey: 8 }, gone);
    expect(exits.get(7)).toBeUndefined();
  });
});
