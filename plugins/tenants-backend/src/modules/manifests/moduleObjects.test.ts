// SPDX-License-Identifier: Apache-2.0
import { renderEnvironment } from './renderEnvironment';
import {
  container,
  deployment,
  plannedModule,
  POD_SECURITY_CONTEXT,
  renderInput,
  SETTINGS,
  template,
} from './testing/renderInput';
import { named, renderTemplates } from './testing/renderTemplates';

const labels = {
  'tenantry.dev/tenant': 'acme',
  'tenantry.dev/environment': 'prod',
  'tenantry.dev/module': 'web',
  'tenantry.dev/release': '1.2.3',
};

describe('objects of a module', () => {
  it('lie in the environment’s namespace and carry our labels, whatever the template says', () => {
    const { manifests, refusals } = renderTemplates([
      {
        ...deployment(),
        metadata: {
          name: 'web',
          labels: { app: 'web', 'app.kubernetes.io/managed-by': 'someone' },
        },
      },
    ]);
    expect(refusals).toEqual([]);
    expect(manifests[0].metadata).toEqual({
      name: 'web',
      namespace: 'acme-prod',
      labels: {
        app: 'web',
        ...labels,
        'app.kubernetes.io/managed-by': 'tenantry',
        'applyset.kubernetes.io/part-of': 'applyset-abc-v1',
      },
    });
  });

  it('label the pods, the jobs of a CronJob, and volumes without the release', () => {
    const pod = {
      spec: {
        securityContext: POD_SECURITY_CONTEXT,
        restartPolicy: 'Never',
        containers: [container()],
      },
    };
    const { manifests, refusals } = renderTemplates([
      {
        apiVersion: 'batch/v1',
        kind: 'CronJob',
        metadata: { name: 'nightly' },
        spec: {
          schedule: '0 1 * * *',
          jobTemplate: { spec: { template: pod } },
        },
      },
      {
        apiVersion: 'apps/v1',
        kind: 'StatefulSet',
        metadata: { name: 'db' },
        spec: {
          serviceName: 'db',
          selector: { matchLabels: { app: 'db' } },
          template: {
            metadata: { labels: { app: 'db' } },
            spec: {
              securityContext: POD_SECURITY_CONTEXT,
              containers: [container()],
            },
          },
          volumeClaimTemplates: [
            {
              metadata: { name: 'data' },
              spec: {
                accessModes: ['ReadWriteOnce'],
                resources: { requests: { storage: '1Gi' } },
              },
            },
          ],
        },
      },
    ]);
    expect(refusals).toEqual([]);
    const { 'tenantry.dev/release': _, ...lasting } = labels;
    expect(manifests).toMatchObject([
      {
        spec: {
          jobTemplate: {
            metadata: { labels },
            spec: { template: { metadata: { labels } } },
          },
        },
      },
      {
        spec: {
          template: { metadata: { labels: { app: 'db', ...labels } } },
          volumeClaimTemplates: [
            { metadata: { name: 'data', labels: lasting } },
          ],
        },
      },
    ]);
    expect(JSON.stringify(manifests[1].spec)).toContain('"app":"db"');
  });

  it('pull their images at every start, unless the platform says otherwise', () => {
    const written = deployment({ container: { imagePullPolicy: 'Never' } });
    const policyOf = (settings: typeof SETTINGS) =>
      JSON.stringify(renderTemplates([written], { settings }).manifests).match(
        /"imagePullPolicy":"(\w+)"/,
      )?.[1];
    expect(policyOf(SETTINGS)).toBe('Always');
    expect(policyOf({ ...SETTINGS, imagePull: 'asWritten' })).toBe('Never');
  });

  it('are left out when their condition does not hold', () => {
    const when = 'parameters.cache && environment.tier == "bronze"';
    const templates = [template(named('ConfigMap'), when)];
    const count = (cache: boolean) =>
      renderTemplates(templates, { parameters: { cache } }).manifests.length;
    expect([count(true), count(false)]).toEqual([1, 0]);
  });

  it('know in a condition which secrets are set', () => {
    const module = plannedModule({
      templates: [template(named('ConfigMap'), 'secrets.smtp')],
      release: {
        secrets: [{ name: 'smtp', required: false, generate: false }],
      },
    });
    const count = (secrets: ReadonlySet<string>) =>
      renderEnvironment(renderInput({ modules: [module], secrets })).objects
        .length;
    expect(count(new Set(['smtp'])) - count(new Set())).toBe(1);
  });

  it('come by wave, then in the order in which they need each other', () => {
    const web = plannedModule({
      name: 'web',
      wave: 1,
      templates: [template(deployment()), template(named('ConfigMap'))],
    });
    const db = plannedModule({
      name: 'db',
      wave: 0,
      templates: [template(deployment({ name: 'db' }))],
    });
    const { objects } = renderEnvironment(renderInput({ modules: [web, db] }));
    const ours = objects.filter(o => o.module !== undefined);
    expect(
      ours.map(o => `${o.wave} ${o.manifest.kind}/${o.manifest.metadata.name}`),
    ).toEqual(['0 Deployment/db', '1 ConfigMap/web', '1 Deployment/web']);
  });
});
