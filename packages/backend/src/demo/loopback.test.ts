// SPDX-License-Identifier: Apache-2.0
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ConfigReader } from '@backstage/config';
import express from 'express';
import {
  checkPortIsFree,
  loopbackHostOnly,
  readLoopbackAddress,
  refuseConfiguredClusters,
} from './loopback';

function listen(server: Server): Promise<number> {
  return new Promise(resolve =>
    server.listen(0, '127.0.0.1', () =>
      resolve((server.address() as AddressInfo).port),
    ),
  );
}

function close(server: Server): Promise<unknown> {
  return new Promise(resolve => server.close(resolve));
}

const configOf = (host: string | undefined) =>
  new ConfigReader({ backend: { listen: { host } } });

describe('readLoopbackAddress', () => {
  it.each(['127.0.0.1', '::1', 'localhost'])('accepts %s', host => {
    expect(readLoopbackAddress(configOf(host))).toBe(host);
  });

  it.each(['0.0.0.0', '::', '192.168.0.7', 'portal.example'])(
    'refuses %s, which others can reach',
    host => {
      expect(() => readLoopbackAddress(configOf(host))).toThrow(
        `must be 127.0.0.1, not ${host}`,
      );
    },
  );

  it('refuses an address left out, which means every interface', () => {
    expect(() => readLoopbackAddress(configOf(undefined))).toThrow('left out');
  });
});

describe('refuseConfiguredClusters', () => {
  it('accepts a configuration without clusters', () => {
    const config = new ConfigReader({ kubernetes: {} });
    expect(() => refuseConfiguredClusters(config)).not.toThrow();
  });

  it('refuses clusters from the configuration', () => {
    const config = new ConfigReader({
      kubernetes: { clusterLocatorMethods: [{ type: 'config', clusters: [] }] },
    });
    expect(() => refuseConfiguredClusters(config)).toThrow(
      'Remove kubernetes.clusterLocatorMethods',
    );
  });
});

describe('checkPortIsFree', () => {
  it('names a port in use and how to choose another', async () => {
    const server = createServer();
    const port = await listen(server);
    await expect(checkPortIsFree(port, '127.0.0.1')).rejects.toThrow(
      `Port ${port} is in use. Stop what uses it, or choose another: npm start -- --port ${
        port + 1
      }`,
    );
    await close(server);
    await expect(checkPortIsFree(port, '127.0.0.1')).resolves.toBeUndefined();
  });
});

describe('loopbackHostOnly', () => {
  let server: Server;
  let port: number;
  beforeAll(async () => {
    const app = express();
    app.use(loopbackHostOnly);
    app.use((_req, res) => {
      res.send('in');
    });
    server = createServer(app);
    port = await listen(server);
  });
  afterAll(() => close(server));

  const statusFor = (host: string) =>
    new Promise<number | undefined>((resolve, reject) => {
      request(
        { host: '127.0.0.1', port, headers: { host, connection: 'close' } },
        res => resolve(res.resume().statusCode),
      )
        .once('error', reject)
        .end();
    });

  it.each(['localhost:7007', 'LOCALHOST', '127.0.0.1:80', '[::1]:7007'])(
    'lets %s in',
    async host => expect(await statusFor(host)).toBe(200),
  );

  it.each(['evil.example', 'localhost.evil.example:7007', '127.0.0.1.nip.io'])(
    'refuses %s',
    async host => expect(await statusFor(host)).toBe(421),
  );
});
