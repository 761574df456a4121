// SPDX-License-Identifier: Apache-2.0
import {
  routeTable,
  tenantListSchema,
  tenantPermissions,
  type RouteRule,
} from '@tenantry/backstage-plugin-tenants-common';
import {
  has,
  hasSomewhere,
  isUser,
  TENANT,
  type MatrixCaller,
} from './callers';
import type { Door } from './Cell';
import { operationDoors } from './operationDoors';
import type { TestPortal } from './TestPortal';

const API = '/api/tenants';
/** One of the tenant’s objects that the demo does not touch. */
const OBJECT = {
  kind: 'Deployment',
  namespace: 'payments-gateway-prod',
  name: 'checkout-api',
};
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

function statusOfRow(rule: RouteRule, caller: MatrixCaller): number {
  const { permission, scope, callers } = rule;
  if (permission === undefined) return 200;
  if (caller.is === 'nobody') return 401;
  if (!isUser(caller) && !callers.includes('service')) return 403;
  if (scope === 'subscriptions') return 200;
  if (scope === 'each')
    return hasSomewhere(caller, permission.name) ? 200 : 403;
  if (has(caller, permission.name)) return 200;
  return scope === 'one' ? 404 : 403;
}

async function statusOf(response: Response): Promise<string> {
  await response.body?.cancel();
  return String(response.status);
}

/** Of these the answer to their own method follows from a body or an operation: `operationDoors` ask them with real ones. */
function dependsOnRequest({ scope, method }: RouteRule): boolean {
  return scope === 'request' || method === 'PUT';
}

/** Whether the path is also that of another row, with this method. */
function isAnothers(rule: RouteRule, method: string): boolean {
  return Object.values<RouteRule>(routeTable).some(
    other =>
      other !== rule && other.path === rule.path && other.method === method,
  );
}

/** Every row of the table, with its own method and with all the others. */
function routeDoors(): Door[] {
  return Object.entries<RouteRule>(routeTable).flatMap(([name, rule]) => {
    const path =
      API +
      rule.path
        .replace(':tenant', TENANT)
        .replace(':module', 'podinfo')
        .replace(':secret', 'no-such-secret')
        .replace(':operation', 'no-such-operation')
        .replace(':kind', OBJECT.kind)
        .replace(':namespace', OBJECT.namespace)
        .replace(':name', OBJECT.name);
    const body = JSON.stringify({
      schema: 1,
      subs: [{ id: 'a', kind: 'tenants' }],
    });
    return METHODS.filter(method => !isAnothers(rule, method))
      .filter(method => method !== rule.method || !dependsOnRequest(rule))
      .map(
        (method): Door => ({
          name: `${method} ${name}`,
          expected: caller => {
            if (method === rule.method)
              return String(statusOfRow(rule, caller));
            // The host wants to know who asks before it says that there is no such route.
            return caller.is === 'nobody' && rule.permission ? '401' : '404';
          },
          attempt: async (portal, { token }) =>
            statusOf(
              await portal.call(path, token, {
                method,
                ...(method === 'GET' ? {} : { body }),
              }),
            ),
        }),
      );
  });
}

/** Whether the list names the tenant. */
const listedTenant: Door = {
  name: 'the tenant in the list',
  expected: caller => {
    if (!hasSomewhere(caller, 'tenants.tenant.read')) return 'no list';
    return has(caller, 'tenants.tenant.read') ? 'there' : 'absent';
  },
  async attempt(portal, { token }) {
    const response = await portal.call(`${API}/v1/tenants`, token);
    if (!response.ok) return 'no list';
    const { items } = tenantListSchema.parse(await response.json());
    return items.some(({ name }) => name === TENANT) ? 'there' : 'absent';
  },
};

type Subscription = {
  readonly kind: string;
  readonly permission: string;
  readonly params?: object;
};

const subscriptions: readonly Subscription[] = [
  {
    kind: 'tenant',
    permission: 'tenants.tenant.read',
    params: { tenant: TENANT },
  },
  { kind: 'platform', permission: 'tenants.platform.read' },
];

async function firstMessage(
  portal: TestPortal,
  caller: MatrixCaller,
  { kind, params }: Subscription,
): Promise<string> {
  const stop = new AbortController();
  const body = JSON.stringify({ schema: 1, subs: [{ id: 'a', kind, params }] });
  const response = await portal.call(`${API}/v1/stream`, caller.token, {
    method: 'POST',
    body,
    signal: stop.signal,
  });
  if (!response.ok || !response.body) return statusOf(response);
  let text = '';
  for await (const chunk of response.body) {
    text += Buffer.from(chunk).toString('utf8');
    if (text.includes('\n')) break;
  }
  stop.abort();
  const { t, d } = JSON.parse(text.slice(0, text.indexOf('\n')));
  return t === 'end' ? `end ${d.reason}` : t;
}

function subscriptionDoors(): Door[] {
  return subscriptions.map(subscription => ({
    name: `subscription ${subscription.kind}`,
    expected: caller => {
      if (caller.is === 'nobody') return '401';
      if (!isUser(caller)) return '403';
      return has(caller, subscription.permission)
        ? 'snapshot'
        : 'end forbidden';
    },
    attempt: (portal, caller) => firstMessage(portal, caller, subscription),
  }));
}

/** What the portal says the caller may do with the tenant, permission by permission. */
function actionDoors(): Door[] {
  return tenantPermissions.map(({ name }) => ({
    name: `action ${name}`,
    expected: caller => {
      if (caller.is === 'nobody') return '401';
      if (!isUser(caller)) return '403';
      if (!has(caller, 'tenants.tenant.read')) return '404';
      return has(caller, name) ? 'allowed' : 'refused';
    },
    async attempt(portal, { token }) {
      const path = `${API}/v1/tenants/${TENANT}/allowed-actions`;
      const response = await portal.call(path, token);
      if (!response.ok) return statusOf(response);
      const { actions } = await response.json();
      return actions[name].allowed ? 'allowed' : 'refused';
    },
  }));
}

/** Every way to a tenant that Tenantry itself offers. */
export const ownDoors: readonly Door[] = [
  ...routeDoors(),
  ...operationDoors,
  listedTenant,
  ...subscriptionDoors(),
  ...actionDoors(),
];
