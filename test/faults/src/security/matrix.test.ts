// SPDX-License-Identifier: Apache-2.0
import { tryDoors } from './Cell';
import { neighbourDoors, waitForNeighbours } from './neighbourDoors';
import { ownDoors } from './ownDoors';
import { TestPortal } from './TestPortal';

jest.setTimeout(180_000);

describe('who gets through which door (S12)', () => {
  let portal: TestPortal;
  beforeAll(async () => {
    portal = await TestPortal.start();
    await waitForNeighbours(portal);
  });
  afterAll(() => portal?.stop());

  it('is as the policy says in every cell of every route, verb, subscription and action', async () => {
    const { cells, wrong } = await tryDoors(portal, ownDoors);
    expect(wrong).toEqual([]);
    expect(cells).toBeGreaterThan(500);
  });

  it('is as the policy says at the doors of the neighbouring plugins', async () => {
    const { wrong } = await tryDoors(portal, neighbourDoors);
    expect(wrong).toEqual([]);
  });
});

describe('a hole in the policy', () => {
  it.each([
    ['tenants.logs.read', 'GET getLogs', ownDoors],
    ['kubernetes.proxy', 'Kubernetes plugin: the proxy', neighbourDoors],
  ])('in %s is found', async (permission, door, doors) => {
    const portal = await TestPortal.start({ hole: permission });
    try {
      const { wrong } = await tryDoors(
        portal,
        doors.filter(({ name }) => name === door),
      );
      expect(wrong).toContainEqual(
        expect.objectContaining({ door, caller: 'owner of another tenant' }),
      );
    } finally {
      await portal.stop();
    }
  });
});
