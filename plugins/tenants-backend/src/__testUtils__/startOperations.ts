// SPDX-License-Identifier: Apache-2.0
import type { Operation } from '@tenantry/backstage-plugin-tenants-common';
import { ScriptedExecutor } from '../operations/testing/ScriptedExecutor';
import type { startTenantsBackend } from './startTenantsBackend';

type Backend = Awaited<ReturnType<typeof startTenantsBackend>>;

/** What the operations of a test do: a restart fails at once, a scaling goes on for ever. */
export const sampleExecutors = [
  new ScriptedExecutor('restart').on('only', async () => ({
    kind: 'failed',
    error: {
      reason: 'Refused',
      message: 'It does not want.',
      retryable: false,
    },
  })),
  new ScriptedExecutor('scale').on(
    'only',
    ({ signal }) =>
      new Promise((_resolve, reject) => {
        const stop = () => reject(new Error('It was told to stop.'));
        if (signal.aborted) stop();
        else signal.addEventListener('abort', stop, { once: true });
      }),
  ),
];

const WORKLOAD = { environment: 'prod', workload: 'Deployment/web' };

/** A request for an operation that fails. */
export const restart = { type: 'restart', ...WORKLOAD } as const;
/** A request for one that goes on. */
export const scale = { type: 'scale', ...WORKLOAD, replicas: 2 } as const;

/** Reads an operation until it is in a state; every read lets a little time pass. */
export async function untilState(
  { get, clock }: Pick<Backend, 'get' | 'clock'>,
  id: string,
  state: Operation['state'],
): Promise<Operation> {
  for (let look = 0; look < 200; look++) {
    const operation: Operation = await (
      await get(`/v1/operations/${id}`, 'ann')
    ).json();
    if (operation.state === state) return operation;
    clock.advance(10);
  }
  throw new Error(`The operation ${id} never was ${state}.`);
}

/** One operation that goes on and one that has failed, both ann’s. Resolves with their ids. */
export async function startOperations(backend: Backend) {
  const start = async (tenant: string, body: object): Promise<string> => {
    const path = `/v1/tenants/${tenant}/operations`;
    const response = await backend.post(path, 'ann', { body });
    return (await response.json()).id;
  };
  const failed = await start('shop', restart);
  const running = await start('bank', scale);
  await untilState(backend, failed, 'failed');
  await untilState(backend, running, 'running');
  return { failed, running };
}
