// SPDX-License-Identifier: Apache-2.0
import type {
  EnvironmentSpec,
  Operation,
  OperationEvent,
  OperationRequestInput,
  OperationsApi,
  Plan,
  PlanRequestInput,
  Revision,
  StartOperationOptions,
} from '@tenantry/backstage-plugin-tenants-common';

/** A plan that can be done, for one environment. */
export function planOf(tenant: string, more: Partial<Plan> = {}): Plan {
  return {
    version: 'plan-1',
    tenant,
    exists: false,
    madeAt: '2026-11-21T10:00:00.000Z',
    definitions: 'd1',
    refusals: [],
    notes: [],
    environments: [
      {
        name: 'production',
        cluster: 'eu-west',
        namespace: `${tenant}-production`,
        tier: 'bronze',
        exists: false,
        modules: [
          {
            name: 'postgres',
            version: '16.4.0',
            hash: 'h',
            requiredBy: ['superset'],
            wave: 0,
            parameters: {},
          },
        ],
        changes: {
          entries: [
            {
              action: 'created',
              apiVersion: 'v1',
              kind: 'Namespace',
              name: `${tenant}-production`,
              fields: [],
            },
          ],
          counts: { created: 1 },
        },
        quota: [],
      },
    ],
    ...more,
  };
}

function operationOf(id: string, more: Partial<Operation> = {}): Operation {
  return {
    id,
    tenant: 'analytics',
    type: 'apply',
    title: 'Create analytics',
    state: 'succeeded',
    environments: ['production'],
    requestedBy: 'user:default/ada',
    createdAt: '2026-11-21T10:00:00.000Z',
    attempt: 1,
    maxAttempts: 4,
    steps: [],
    retryable: false,
    cancellable: false,
    lastEvent: 0,
    ...more,
  };
}

/** The operations of a backend in memory: remembers what was asked, and answers what the test says. */
export class FakeOperations
  implements
    Pick<
      OperationsApi,
      'plan' | 'start' | 'get' | 'listEvents' | 'listRevisions'
    >
{
  readonly planned: PlanRequestInput[] = [];
  readonly started: {
    tenant: string;
    request: OperationRequestInput;
    key?: string;
  }[] = [];
  plans: Partial<Plan> = {};
  /** How the operation ends. */
  ended: Partial<Operation> = {};
  /** What has happened by each question for events; the operation has ended with the last. */
  events: OperationEvent[][] = [];
  private readonly published: OperationEvent[] = [];
  specs: EnvironmentSpec[] = [];

  async plan(request: PlanRequestInput) {
    this.planned.push(request);
    return planOf(request.tenant, this.plans);
  }

  async start(
    tenant: string,
    request: OperationRequestInput,
    { idempotencyKey: key }: StartOperationOptions = {},
  ) {
    const known = this.started.findIndex(
      other => key !== undefined && other.key === key,
    );
    if (known < 0) this.started.push({ tenant, request, key });
    const number = known < 0 ? this.started.length : known + 1;
    return operationOf(`op-${number}`, { state: 'queued' });
  }

  async get(id: string) {
    return operationOf(id, this.ended);
  }

  async listEvents(_id: string, { after = 0 } = {}) {
    this.published.push(...(this.events.shift() ?? []));
    const items = this.published.filter(({ seq }) => seq > after);
    return {
      items,
      after: Math.max(after, ...items.map(({ seq }) => seq)),
      ended: this.events.length === 0,
    };
  }

  async listRevisions() {
    const items = this.specs.map(
      (spec, index): Revision => ({
        environment: spec.name,
        revision: index + 1,
        at: '2026-11-21T10:00:00.000Z',
        by: 'user:default/ada',
        operation: 'op-0',
        title: 'Create analytics',
        spec,
        releases: {},
        current: true,
      }),
    );
    return { items };
  }
}
