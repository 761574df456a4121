// SPDX-License-Identifier: Apache-2.0
import {
  operationRequestSchema,
  type OperationRequestInput,
} from '@tenantry/backstage-plugin-tenants-common';
import fc from 'fast-check';
import { deployment } from '../manifests/testing/renderInput';
import {
  catalogue,
  moduleOf,
  release,
  tier,
} from '../testing/catalogueBuilders';
import { PlannerWorld } from './testing/PlannerWorld';

const at = { file: 'x.yaml', line: 1, column: 1 };

/** A module with a workload whose replicas and image follow from parameters, a volume, a service and settings. */
function module_(name: string, needs: readonly string[] = []) {
  return moduleOf(
    name,
    ['2.0.0', '1.0.0'].map(version =>
      release(version, {
        dependencies: needs.map(one => ({ name: one, range: '*' })),
        parameters: {
          type: 'object',
          properties: {
            replicas: { type: 'integer', default: 1 },
            text: { type: 'string', default: 'a' },
          },
        },
        content: {
          kind: 'manifests',
          templates: [
            {
              at,
              object: deployment({
                name,
                spec: { replicas: '${{ parameters.replicas }}' },
                container: {
                  resources: {
                    requests: { cpu: '0.1', memory: '1024Mi' },
                    limits: { cpu: 1, memory: '1Gi' },
                  },
                  ports: [{ name: 'http', containerPort: 8080 }],
                  env: [{ name: 'TEXT', value: '${{ parameters.text }}' }],
                },
              }),
            },
            {
              at,
              object: {
                apiVersion: 'v1',
                kind: 'Service',
                metadata: { name },
                spec: {
                  selector: { app: name },
                  ports: [{ name: 'http', port: 80, targetPort: 'http' }],
                },
              },
            },
            {
              at,
              object: {
                apiVersion: 'v1',
                kind: 'ConfigMap',
                metadata: { name },
                data: { text: '${{ parameters.text }}' },
              },
            },
          ],
        },
      }),
    ),
  );
}

const world = () =>
  new PlannerWorld(
    catalogue(
      [module_('web', ['db']), module_('db'), module_('cache')],
      [tier('standard', { 'requests.cpu': '100', pods: '100' })],
    ),
  );

const choice = fc.record({
  name: fc.constantFrom('web', 'db', 'cache'),
  version: fc.constantFrom('1.0.0', '2.0.0', '*'),
  parameters: fc.record(
    {
      replicas: fc.integer({ min: 0, max: 4 }),
      text: fc.string({ maxLength: 12 }),
    },
    { requiredKeys: [] },
  ),
});

const environment = fc.record({
  name: fc.constant('dev'),
  cluster: fc.constant('east'),
  tier: fc.constant('standard'),
  asleep: fc.boolean(),
  modules: fc.uniqueArray(choice, { selector: one => one.name }),
  members: fc.subarray([
    { subject: 'user:default/ann', role: 'admin' as const },
    { subject: 'group:default/shop', role: 'view' as const },
  ]),
});

const request = environment.map(one =>
  operationRequestSchema.parse({
    type: 'apply',
    owner: 'group:default/shop',
    environments: [one],
  } satisfies OperationRequestInput),
);

describe('a plan', () => {
  it('of what has just been applied changes nothing, whatever was there before', async () => {
    await fc.assert(
      fc.asyncProperty(request, request, async (first, second) => {
        const shop = world();
        await shop.apply(first);
        const made = await shop.apply(second);
        fc.pre(made.plan.refusals.length === 0);
        const { plan } = await shop.plan(second);
        expect(plan.refusals).toEqual([]);
        const { deleted: _, ...counts } = plan.environments[0].changes.counts;
        expect(Object.keys(counts)).toEqual(['unchanged']);
      }),
      { numRuns: 12 },
    );
  });

  it('is the same whatever the order of modules and members', async () => {
    await fc.assert(
      fc.asyncProperty(environment, async one => {
        const planOf = async (turned: typeof one) => {
          const { plan } = await world().plan(
            operationRequestSchema.parse({
              type: 'apply',
              owner: 'group:default/shop',
              environments: [turned],
            }),
          );
          return { refusals: plan.refusals, environments: plan.environments };
        };
        const turned = {
          ...one,
          modules: [...one.modules].reverse(),
          members: [...one.members].reverse(),
        };
        expect(await planOf(turned)).toEqual(await planOf(one));
      }),
      { numRuns: 8 },
    );
  });
});
