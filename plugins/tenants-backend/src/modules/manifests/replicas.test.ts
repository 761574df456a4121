// SPDX-License-Identifier: Apache-2.0
import type { JsonObject } from '@tenantry/backstage-plugin-tenants-node/definitions';
import type { RenderInput } from './RenderInput';
import {
  container,
  deployment,
  environmentSpec,
  POD_SECURITY_CONTEXT,
} from './testing/renderInput';
import { renderTemplates } from './testing/renderTemplates';

describe('replicas', () => {
  const scaler: JsonObject = {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: 'web' },
    spec: {
      maxReplicas: 5,
      scaleTargetRef: {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        name: 'web',
      },
    },
  };
  const web = deployment({ spec: { replicas: 2 } });

  function replicasOf(
    templates: readonly JsonObject[],
    input: Partial<RenderInput> = {},
  ) {
    const { manifests, refusals, notes } = renderTemplates(templates, input);
    expect(refusals).toEqual([]);
    const spec = manifests.find(({ kind }) => kind === 'Deployment')?.spec;
    return { spec, notes };
  }

  it('are what the module says, or the override', () => {
    expect(replicasOf([web]).spec).toMatchObject({ replicas: 2 });
    const spec = environmentSpec({
      overrides: { 'Deployment/web': { replicas: 7 } },
    });
    expect(replicasOf([web], { spec }).spec).toMatchObject({ replicas: 7 });
  });

  it('are not said where an autoscaler decides, rendered or live', () => {
    expect(replicasOf([web, scaler]).spec).not.toHaveProperty('replicas');
    const live = { hpaTargets: new Set(['Deployment/web']) };
    expect(replicasOf([web], live).spec).not.toHaveProperty('replicas');
  });

  it('are none while asleep, even under an autoscaler', () => {
    const spec = environmentSpec({ asleep: true });
    expect(replicasOf([web, scaler], { spec }).spec).toMatchObject({
      replicas: 0,
    });
  });

  it('that cannot be set are named in notes', () => {
    const spec = environmentSpec({
      overrides: {
        'Deployment/web': { replicas: 7 },
        'Deployment/other': { replicas: 1 },
      },
    });
    const { notes } = replicasOf([web, scaler], { spec });
    expect(notes.map(({ subject }) => subject)).toEqual([
      'Deployment/other',
      'Deployment/web',
    ]);
  });

  it('of a CronJob are its suspension, and a DaemonSet stays awake', () => {
    const pod = {
      spec: {
        restartPolicy: 'Never',
        securityContext: POD_SECURITY_CONTEXT,
        containers: [container()],
      },
    };
    const cron: JsonObject = {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: { name: 'nightly' },
      spec: { schedule: '0 1 * * *', jobTemplate: { spec: { template: pod } } },
    };
    const daemon = { ...deployment({ name: 'agent' }), kind: 'DaemonSet' };
    const { manifests, notes } = renderTemplates([cron, daemon], {
      spec: environmentSpec({ asleep: true }),
    });
    expect(manifests).toMatchObject([
      { kind: 'CronJob', spec: { suspend: true } },
      {},
    ]);
    expect(notes).toMatchObject([
      {
        subject: 'DaemonSet/agent',
        message: expect.stringContaining('not put to sleep'),
      },
    ]);
  });
});
