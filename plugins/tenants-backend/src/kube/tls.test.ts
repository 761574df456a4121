// SPDX-License-Identifier: Apache-2.0
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import type { KubernetesCredential } from '@backstage/plugin-kubernetes-node';
import { systemClock } from '../time/Clock';
import { HttpKubeApi } from './HttpKubeApi';
import type { KubeServer } from './KubeServer';
import { selfSignedCertificate } from './testing/selfSignedCertificate';

const identity = selfSignedCertificate();
const stranger = selfSignedCertificate();
const base64 = (pem: string) => Buffer.from(pem).toString('base64');

let server: Server;
let url: string;
let folder: string;
let connections: number;
let requests: { readonly client?: string | string[] }[];
const apis: HttpKubeApi[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tenants-tls-'));
  connections = 0;
  requests = [];
  const options = {
    ...identity,
    ca: identity.cert,
    requestCert: true,
    rejectUnauthorized: false,
  };
  server = createServer(options, (request, response) => {
    const socket = request.socket as TLSSocket;
    requests.push({ client: socket.getPeerCertificate()?.subject?.CN });
    response.end('{"gitVersion":"v1.32.0"}');
  });
  server.on('secureConnection', () => connections++);
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  for (const api of apis.splice(0)) await api.close();
  server.closeAllConnections();
  await new Promise(resolve => server.close(resolve));
  await rm(folder, { recursive: true });
});

async function ask(
  trust: Omit<KubeServer, 'url'>,
  credential: KubernetesCredential = { type: 'bearer token', token: 't' },
): Promise<unknown> {
  const api = new HttpKubeApi({
    cluster: 'tls',
    server: { url, ...trust },
    credential: async () => credential,
    clock: systemClock,
  });
  apis.push(api);
  return await version(api);
}

async function version(api: HttpKubeApi): Promise<unknown> {
  return await api.version(new AbortController().signal).catch(error => error);
}

it('accepts a server whose authority is given', async () => {
  expect(await ask({ caData: base64(identity.cert) })).toBe('v1.32.0');
});

it.each([
  ['no authority', {}],
  ['another authority', { caData: base64(stranger.cert) }],
])('sends nothing to a server that is not trusted: %s', async (_, trust) => {
  expect(await ask(trust)).toMatchObject({ reason: 'TlsRefused' });
  expect(requests).toEqual([]);
});

it('accepts any certificate only when told to', async () => {
  expect(await ask({ skipTlsVerify: true })).toBe('v1.32.0');
});

it('reads a rotated authority file again after a refusal', async () => {
  const caFile = join(folder, 'ca.crt');
  await writeFile(caFile, stranger.cert);
  expect(await ask({ caFile })).toMatchObject({ reason: 'TlsRefused' });
  await writeFile(caFile, identity.cert);
  const [api] = apis;
  expect(api && (await version(api))).toBe('v1.32.0');
});

it('says that it could not connect when the authority file is missing, and tries again', async () => {
  const caFile = join(folder, 'ca.crt');
  expect(await ask({ caFile })).toMatchObject({ status: undefined });
  await writeFile(caFile, identity.cert);
  const [api] = apis;
  expect(api && (await version(api))).toBe('v1.32.0');
});

it('shows a client certificate', async () => {
  const credential = { type: 'x509 client certificate' as const, ...identity };
  expect(await ask({ caData: base64(identity.cert) }, credential)).toBe(
    'v1.32.0',
  );
  expect(requests).toEqual([{ client: 'kubernetes' }]);
});

it('opens no more connections than it may, even for calls at once', async () => {
  const api = new HttpKubeApi({
    cluster: 'tls',
    server: { url, caData: base64(identity.cert) },
    credential: async () => ({ type: 'anonymous' }),
    clock: systemClock,
    maxConnections: 1,
  });
  apis.push(api);
  const answers = await Promise.all(
    Array.from({ length: 6 }, () => version(api)),
  );
  expect(new Set(answers)).toEqual(new Set(['v1.32.0']));
  expect(connections).toBe(1);
});
