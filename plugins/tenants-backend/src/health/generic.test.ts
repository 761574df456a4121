// SPDX-License-Identifier: Apache-2.0
import type { GenericObject } from '../informers/objects';
import { createFakeClusterView, genericObject } from '../informers/testing';
import { createHealthContext } from './createHealthContext';
import { judgeGeneric } from './generic';
import { judgeHelmRelease } from './helmRelease';

const now = new Date('2026-01-01T12:00:00Z');
const context = createHealthContext(
  {
    listers: createFakeClusterView().listers,
    namespaces: [],
    podsByOwner: new Map(),
  },
  now,
);
const judge = (overrides: Partial<GenericObject>) =>
  judgeGeneric(
    genericObject('Certificate', { name: 'web', ...overrides }),
    context,
    now,
  );
const condition = (
  type: string,
  status: string,
  message = '',
  reason = '',
) => ({ type, status, reason, message, since: '2026-01-01T11:00:00Z' });

describe('judgeGeneric', () => {
  it('takes an object that says nothing of itself for healthy', () => {
    expect(judge({})).toMatchObject({
      code: 'Healthy',
      reason: 'Current',
      message: '',
    });
  });

  it('waits for a controller that has not seen the newest specification', () => {
    expect(
      judge({
        generation: 3,
        observedGeneration: 2,
        conditions: [condition('Ready', 'True')],
      }),
    ).toMatchObject({ code: 'Progressing', reason: 'NotObserved' });
  });

  it('is Degraded when its controller has stalled, also while it says to be reconciling', () => {
    expect(
      judge({
        conditions: [
          condition('Reconciling', 'True'),
          condition('Stalled', 'True', 'No issuer.', 'IssuerMissing'),
        ],
      }),
    ).toMatchObject({
      code: 'Degraded',
      reason: 'IssuerMissing',
      message: 'Certificate web is given up by its controller: No issuer.',
      since: '2026-01-01T11:00:00Z',
    });
  });

  it('is Progressing while not ready or reconciling, with the controller’s reason', () => {
    expect(
      judge({
        conditions: [condition('Ready', 'False', 'Issuing', 'DoesNotExist')],
      }),
    ).toMatchObject({
      code: 'Progressing',
      reason: 'DoesNotExist',
      message: 'Certificate web is not ready yet: Issuing.',
    });
    expect(
      judge({ conditions: [condition('Ready', 'Unknown')] }),
    ).toMatchObject({
      code: 'Progressing',
      reason: 'NotReady',
      message: 'Certificate web is not ready yet.',
    });
    expect(
      judge({
        conditions: [
          condition('Ready', 'True'),
          condition('Reconciling', 'True'),
        ],
      }),
    ).toMatchObject({ code: 'Progressing' });
  });

  it('is healthy since its Ready condition turned true', () => {
    expect(judge({ conditions: [condition('Ready', 'True')] })).toMatchObject({
      code: 'Healthy',
      since: '2026-01-01T11:00:00Z',
    });
  });

  it.each([
    ['Failed', 'Degraded'],
    ['Provisioning', 'Progressing'],
    ['Succeeded', 'Healthy'],
    [undefined, 'Healthy'],
  ])('reads phase %s as %s where there are no conditions', (phase, code) => {
    expect(judge({ phase }).code).toBe(code);
  });

  it('says which finalizers hold an object that is being deleted', () => {
    expect(
      judge({
        deletedAt: '2026-01-01T11:58:00Z',
        finalizers: ['b.example/x', 'a.example/y'],
      }),
    ).toMatchObject({
      code: 'Progressing',
      message:
        'Certificate web is being deleted; it waits for its finalizers a.example/y, b.example/x.',
      changesAt: new Date('2026-01-01T12:03:00Z'),
    });
  });

  it('bounds what a controller can put into a message and keeps it on one line', () => {
    const { message } = judge({
      conditions: [
        condition('Stalled', 'True', `first\nsecond ${'x'.repeat(100_000)}`),
      ],
    });
    expect(message).toMatch(
      /^Certificate web is given up by its controller: first second x+….$/,
    );
    expect(message.length).toBeLessThan(500);
  });
});

describe('judgeHelmRelease', () => {
  it('is Suspended when told to leave its objects alone, whatever the last try said', () => {
    const release = genericObject('HelmRelease', {
      name: 'redis',
      suspended: true,
      conditions: [condition('Ready', 'False')],
    });
    expect(judgeHelmRelease(release, context, now)).toMatchObject({
      code: 'Suspended',
      message: 'HelmRelease redis is suspended: changes to it are not applied.',
    });
  });
});
