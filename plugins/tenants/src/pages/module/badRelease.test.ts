// SPDX-License-Identifier: Apache-2.0
import { moduleInstanceFixture } from '../../testing/modulesFixture';
import { findBadRelease } from './badRelease';

const RELEASES = ['3', '2', '1'];
type Code = 'Degraded' | 'Healthy';
const runs = (release: string, health: Code) =>
  moduleInstanceFixture({ release, health });

describe('findBadRelease', () => {
  it('compares with the next older release that runs', () => {
    const instances = [
      runs('3', 'Degraded'),
      runs('3', 'Healthy'),
      runs('1', 'Healthy'),
    ];
    expect(findBadRelease(RELEASES, instances)).toEqual({
      release: '3',
      before: '1',
      all: 2,
      degraded: [instances[0]],
    });
  });

  it('blames no release where the one before is Degraded as well, or none runs', () => {
    const both = [runs('3', 'Degraded'), runs('2', 'Degraded')];
    expect(findBadRelease(RELEASES, both)).toBeUndefined();
    expect(findBadRelease(RELEASES, [runs('1', 'Degraded')])).toBeUndefined();
  });

  it('finds an older one that got worse', () => {
    const instances = [
      runs('3', 'Healthy'),
      runs('2', 'Degraded'),
      runs('1', 'Healthy'),
    ];
    expect(findBadRelease(RELEASES, instances)?.release).toBe('2');
  });
});
