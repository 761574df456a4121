// SPDX-License-Identifier: Apache-2.0
import type { KubernetesCredential } from '@backstage/plugin-kubernetes-node';
import type { ResourceType } from '@tenantry/backstage-plugin-tenants-node';
import { systemClock } from '../../time/Clock';
import { HttpKubeApi, type HttpKubeApiOptions } from '../HttpKubeApi';
import { KubeHttpServer } from './KubeHttpServer';

/** The kind that is asked for. */
export const pods: ResourceType = {
  group: '',
  version: 'v1',
  resource: 'pods',
  kind: 'Pod',
  namespaced: true,
};

/** A bearer token. */
export const token = (text: string): KubernetesCredential => ({
  type: 'bearer token',
  token: text,
});

/** Reads of an object what it is called. */
export const nameOf = (json: Buffer): string =>
  JSON.parse(json.toString('utf8')).metadata.name;

/** What a promise failed with; `undefined` when it did not. */
export async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return await promise.then(
    () => undefined,
    error => error,
  );
}

/** A server for each test of a file, with clients of it; all is stopped after the test. */
export function connectToServer() {
  const apis: HttpKubeApi[] = [];
  const now = {
    server: undefined as unknown as KubeHttpServer,
    stopping: new AbortController(),
    connect: (options: Partial<HttpKubeApiOptions> = {}): HttpKubeApi => {
      const api = new HttpKubeApi({
        cluster: 'http',
        server: { url: now.server.url },
        credential: async () => token('t1'),
        clock: systemClock,
        ...options,
      });
      apis.push(api);
      return api;
    },
  };
  beforeEach(async () => {
    now.server = await KubeHttpServer.start();
    now.stopping = new AbortController();
  });
  afterEach(async () => {
    now.stopping.abort();
    for (const api of apis.splice(0)) await api.close();
    await now.server.stop();
  });
  return now;
}
