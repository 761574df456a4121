// SPDX-License-Identifier: Apache-2.0
import { createServer } from 'node:net';
import type { Config } from '@backstage/config';
import type { RequestHandler } from 'express';
import { DemoError } from './DemoError';

const LOOPBACK_NAMES = ['localhost', '127.0.0.1', '[::1]'];
const LOOPBACK_ADDRESSES = ['127.0.0.1', '::1', 'localhost'];

/** The address the demo listens on. @throws DemoError when others could reach it */
export function readLoopbackAddress(config: Config): string {
  const host = config.getOptionalString('backend.listen.host');
  if (host === undefined || !LOOPBACK_ADDRESSES.includes(host)) {
    throw new DemoError(
      `The demo signs anybody in without a password, so it listens on this machine only: backend.listen.host in app-config.yaml must be 127.0.0.1, not ${
        host ?? 'left out'
      }.`,
    );
  }
  return host;
}

/** @throws DemoError when the portal's own configuration names clusters, which the demo would expose */
export function refuseConfiguredClusters(config: Config): void {
  if (config.has('kubernetes.clusterLocatorMethods')) {
    throw new DemoError(
      'The demo shows simulated clusters only, but app-config.yaml names others. Remove kubernetes.clusterLocatorMethods, or start with --kubeconfig FILE --context NAME.',
    );
  }
}

/** @throws DemoError when the port is taken */
export async function checkPortIsFree(
  port: number,
  host: string,
): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        new DemoError(
          error.code === 'EADDRINUSE'
            ? `Port ${port} is in use. Stop what uses it, or choose another: npm start -- --port ${
                port + 1
              }`
            : `Port ${port} cannot be opened (${error.code}). Choose another: npm start -- --port 7007`,
        ),
      ),
    );
    probe.listen({ port, host, exclusive: true }, () =>
      probe.close(() => resolve()),
    );
  });
}

function hostNameOf(header: string): string {
  return header.replace(/:\d+$/, '').toLocaleLowerCase('en-US');
}

/**
 * Refuses requests that name another host than this machine. A web page elsewhere can have its own name
 * resolve to 127.0.0.1; the browser then still sends that name.
 */
export const loopbackHostOnly: RequestHandler = (req, res, next) => {
  if (LOOPBACK_NAMES.includes(hostNameOf(req.headers.host ?? ''))) {
    next();
    return;
  }
  res.status(421).json({
    error: {
      name: 'MisdirectedRequest',
      message: 'The demo answers only to localhost.',
    },
  });
};
