// SPDX-License-Identifier: Apache-2.0
import {
  operationPermissions,
  operationSchema,
  OPERATION_TYPES,
  secretWritePermission,
  tenantOperatePermission,
  type OperationRequestInput,
  type OperationType,
} from '@tenantry/backstage-plugin-tenants-common';
import { has, isUser, TENANT, type MatrixCaller } from './callers';
import type { Door } from './Cell';
import type { TestPortal } from './TestPortal';

const TENANT_PATH = `/api/tenants/v1/tenants/${TENANT}`;
const OPERATIONS = '/api/tenants/v1/operations';
/** Of a plan nobody made: whoever may start the operation is told so, and nothing is changed. */
const planVersion = 'of-another-plan';

const prod = { environment: 'prod', workload: 'Deployment/checkout-api' };

/** A well-formed request of every type. */
const requests: Readonly<Record<OperationType, OperationRequestInput>> = {
  apply: {
    type: 'apply',
    environments: [{ name: 'prod', cluster: 'eu-west', tier: 'standard' }],
  },
  adopt: {
    type: 'adopt',
    cluster: 'eu-west',
    namespaces: ['payments-gateway-prod'],
    environment: 'prod',
    tier: 'standard',
  },
  delete: { type: 'delete' },
  purge: { type: 'purge', confirm: TENANT },
  restart: { type: 'restart', ...prod },
  scale: { type: 'scale', ...prod, replicas: 3 },
  sleep: { type: 'sleep' },
  wake: { type: 'wake' },
  rollback: { type: 'rollback', environment: 'prod', revision: 1 },
  members: { type: 'members' },
};

type Judged = {
  /** Beside seeing the tenant. */
  readonly needs?: string;
  readonly services?: boolean;
};

/** What keeps a caller out; `undefined` when nothing does. */
function refusalOf(
  caller: MatrixCaller,
  { needs, services = false }: Judged,
): string | undefined {
  if (caller.is === 'nobody') return '401';
  if (!isUser(caller) && !services) return '403';
  if (!has(caller, 'tenants.tenant.read')) return '404';
  return needs === undefined || has(caller, needs) ? undefined : '403';
}

/** Whether an answer is from behind the checks: no refusal of the caller, whatever is then said of the request. */
async function outcomeOf(response: Response): Promise<string> {
  const text = await response.text();
  const isRefusal =
    [401, 403].includes(response.status) || text.includes('you may not see');
  return isRefusal ? String(response.status) : 'let in';
}

const send = (method: string, body?: object): RequestInit => ({
  method,
  ...(body && { body: JSON.stringify(body) }),
});

function requestDoors(): Door[] {
  return OPERATION_TYPES.flatMap((type): Door[] => {
    const needs = operationPermissions[type].name;
    const expected: Door['expected'] = caller =>
      refusalOf(caller, { needs }) ?? 'let in';
    const request = requests[type];
    const plan = { tenant: TENANT, request };
    const start = { ...request, planVersion };
    return [
      {
        name: `plan ${type}`,
        expected,
        attempt: async (portal, { token }) =>
          outcomeOf(
            await portal.call(
              '/api/tenants/v1/plan',
              token,
              send('POST', plan),
            ),
          ),
      },
      {
        name: `start ${type}`,
        expected,
        attempt: async (portal, { token }) =>
          outcomeOf(
            await portal.call(
              `${TENANT_PATH}/operations`,
              token,
              send('POST', start),
            ),
          ),
      },
    ];
  });
}

const started = new WeakMap<TestPortal, Promise<string>>();

/** An operation of the tenant, asked for by the platform team; the same one for all cells of a portal. */
function operationIn(portal: TestPortal): Promise<string> {
  const known = started.get(portal) ?? startAdoption(portal);
  started.set(portal, known);
  return known;
}

/** Nothing else can be done to a tenant that something else made. */
async function startAdoption(portal: TestPortal): Promise<string> {
  const response = await portal.call(
    `${TENANT_PATH}/operations`,
    'pia',
    send('POST', requests.adopt),
  );
  if (!response.ok) throw new Error(await response.text());
  return operationSchema.parse(await response.json()).id;
}

function pathDoors(): Door[] {
  const about = (
    name: string,
    { method, path, ...judged }: { method: string; path: string } & Judged,
  ): Door => ({
    name,
    expected: caller => refusalOf(caller, judged) ?? 'let in',
    attempt: async (portal, { token }) =>
      outcomeOf(
        await portal.call(
          `${OPERATIONS}/${await operationIn(portal)}${path}`,
          token,
          send(method),
        ),
      ),
  });
  return [
    about('getOperation', { method: 'GET', path: '', services: true }),
    about('listOperationEvents', {
      method: 'GET',
      path: '/events',
      services: true,
    }),
    about('cancelOperation', {
      method: 'POST',
      path: '/cancel',
      needs: tenantOperatePermission.name,
    }),
    // Trying again takes what starting takes.
    about('retryOperation', {
      method: 'POST',
      path: '/retry',
      needs: operationPermissions.adopt.name,
    }),
  ];
}

/** No module of the tenant has this secret, so nothing is set. */
const secretDoor: Door = {
  name: 'setSecret',
  expected(caller) {
    const needs = secretWritePermission.name;
    const refusal = refusalOf(caller, { needs });
    // About the tenant in its path: who may not set secrets is not told that it is there.
    if (refusal === '403' && isUser(caller)) return '404';
    return refusal ?? 'let in';
  },
  attempt: async (portal, { token }) =>
    outcomeOf(
      await portal.call(
        `${TENANT_PATH}/secrets/no-such-secret`,
        token,
        send('PUT', { environment: 'prod', value: 'x' }),
      ),
    ),
};

/** Routes whose permission follows from their body or from an operation: every type of operation, as everybody. */
export const operationDoors: readonly Door[] = [
  ...requestDoors(),
  ...pathDoors(),
  secretDoor,
];
