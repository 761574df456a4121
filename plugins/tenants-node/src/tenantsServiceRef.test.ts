// SPDX-License-Identifier: Apache-2.0
import { once } from 'node:events';
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import type { TenantRow } from '@tenantry/backstage-plugin-tenants-common';
import { createTenantsService, inBackendWords } from './tenantsServiceRef';

const row = (name: string): TenantRow => ({
  name,
  version: 'v',
  health: { code: 'Healthy', reason: 'Healthy', message: '', counts: {} },
  environments: [],
  modules: [],
  pods: { ready: 0, total: 0 },
  restarts: 0,
});

const page = (names: string[], nextCursor?: string) => ({
  items: names.map(row),
  totalItems: 3,
  counts: {},
  nextCursor,
  partial: [],
});

/** A Tenantry backend that answers what the test says. */
async function serve(answer: (req: IncomingMessage) => [number, unknown]) {
  const requests: IncomingMessage[] = [];
  const listener: RequestListener = (req, res) => {
    requests.push(req);
    const [status, body] = answer(req);
    res.writeHead(status, { 'Content-Type': 'application/json' });
    res.end(JSON.stringify(body));
  };
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const service = createTenantsService({
    auth: mockServices.auth(),
    discovery: {
      getBaseUrl: async id => `http://127.0.0.1:${port}/api/${id}`,
      getExternalBaseUrl: async id => `http://127.0.0.1:${port}/api/${id}`,
    },
  });
  return { service, requests, close: () => server.close() };
}

describe('the tenants service', () => {
  const credentials = mockCredentials.service();

  it('reads every page of the list, as the caller', async () => {
    const { service, requests, close } = await serve(req =>
      req.url?.includes('cursor=next')
        ? [200, page(['c'])]
        : [200, page(['a', 'b'], 'next')],
    );
    const rows = await service.list({ credentials });
    expect(rows.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
    expect(requests[0].url).toBe(
      '/api/tenants/v1/tenants?sort=name&limit=1000',
    );
    expect(requests[0].headers.authorization).toMatch(/^Bearer /);
    close();
  });

  it('answers undefined for a tenant that is not there or hidden', async () => {
    const { service, requests, close } = await serve(() => [404, {}]);
    expect(await service.get('a/../b', { credentials })).toBeUndefined();
    expect(requests[0].url).toBe('/api/tenants/v1/tenants/a%2F..%2Fb');
    close();
  });

  it('throws what the backend refuses', async () => {
    const error = { error: { name: 'NotAllowedError', message: 'No.' } };
    const { service, close } = await serve(() => [403, error]);
    await expect(service.list({ credentials })).rejects.toMatchObject({
      statusCode: 403,
    });
    close();
  });

  it('refuses an answer that is not what the contract says', async () => {
    const { service, close } = await serve(() => [200, { items: [{}] }]);
    await expect(service.list({ credentials })).rejects.toThrow('name');
    close();
  });

  it('says a refusal in the backend’s own words where they are asked for', async () => {
    const message = 'There is no tenant a, or you may not see it.';
    const { service, close } = await serve(() => [
      404,
      { error: { name: 'NotFoundError', message }, response: {} },
    ]);
    const get = inBackendWords(() => service.as(credentials).get('a'));
    await expect(get).rejects.toMatchObject({ name: 'NotFoundError', message });
    close();
  });
});
