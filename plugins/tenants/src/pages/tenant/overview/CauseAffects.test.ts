// SPDX-License-Identifier: Apache-2.0
import {
  healthFixture,
  podFixture,
  workloadFixture,
} from '@tenantry/backstage-plugin-tenants-common/testing';
import type { Pod } from '@tenantry/backstage-plugin-tenants-common';
import { affectedOf } from './CauseAffects';

const well = podFixture();
const bad = podFixture({ ready: false, health: healthFixture('Degraded') });
const starting = podFixture({
  ready: false,
  health: healthFixture('Progressing'),
});
/** One that keeps restarting is not trusted although it is ready. */
const shaky = podFixture({ ready: true, health: healthFixture('Degraded') });
const done = podFixture({ phase: 'Succeeded', ready: false });
const wants = (desired: number) => ({ desired, ready: 0, updated: 0 });

describe('how much of a workload a cause is about', () => {
  it.each<[string, Pod[], number | undefined, object | undefined]>([
    ['one of three', [well, bad, well], 3, { bad: 1, ready: 2, all: 3 }],
    ['also who starts', [well, starting], 2, { bad: 1, ready: 1, all: 2 }],
    ['who is ready and failing', [shaky], 1, { bad: 1, ready: 1, all: 1 }],
    ['pods that are not there', [well], 3, { bad: 2, ready: 1, all: 3 }],
    ['more pods than wanted', [well, bad], 1, { bad: 1, ready: 1, all: 2 }],
    ['no pods at all', [], 2, { bad: 2, ready: 0, all: 2 }],
    ['not who is done', [done, bad], undefined, { bad: 1, ready: 0, all: 1 }],
    ['nothing where there are none', [], 0, undefined],
    ['nothing where all are done', [done], undefined, undefined],
  ])('counts %s', (_, pods, desired, affected) => {
    const replicas = desired === undefined ? undefined : wants(desired);
    expect(affectedOf(workloadFixture({ pods, replicas }))).toEqual(affected);
  });
});
