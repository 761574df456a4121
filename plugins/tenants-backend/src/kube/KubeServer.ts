// SPDX-License-Identifier: Apache-2.0
import { readFile } from 'node:fs/promises';
import type { KubernetesCredential } from '@backstage/plugin-kubernetes-node';
import { Agent } from 'undici';
import { connectSparingly } from './connectSparingly';

/** Where an API server is and how it proves itself. */
export type KubeServer = {
  /** May have a path, under which the API stands. */
  readonly url: string;
  /** PEM, base64 encoded as in a kubeconfig. */
  readonly caData?: string;
  /** Read again for each new pool, so that a rotated file is taken. */
  readonly caFile?: string;
  readonly skipTlsVerify?: boolean;
  /** The url is that of the Kubernetes plugin’s proxy, which passes the calls on to this cluster. */
  readonly proxiedCluster?: string;
};

const connectTimeoutMs = 10_000;
const keepAliveMs = 30_000;
/** TCP asks a silent peer for a sign of life after so long, and gives up some ten seconds later. */
const tcpKeepAliveMs = 30_000;

async function certificateAuthority(
  server: KubeServer,
): Promise<string | undefined> {
  if (server.caData) {
    return Buffer.from(server.caData, 'base64').toString('utf8');
  }
  return server.caFile ? await readFile(server.caFile, 'utf8') : undefined;
}

/** What a pool of connections is opened with. */
export type AgentOptions = {
  readonly credential: KubernetesCredential;
  readonly maxConnections: number;
  /** Bytes taken from a socket at a time; left out, as Node does: 64 KiB and more. */
  readonly readBytes?: number;
};

/** A pool of connections to one server, with the client certificate if the credential is one. */
export async function openAgent(
  server: KubeServer,
  { credential, maxConnections, readBytes }: AgentOptions,
): Promise<Agent> {
  const ca = await certificateAuthority(server);
  const client =
    credential.type === 'x509 client certificate'
      ? { cert: credential.cert, key: credential.key }
      : {};
  const connect = {
    timeout: connectTimeoutMs,
    keepAlive: true,
    keepAliveInitialDelay: tcpKeepAliveMs,
    rejectUnauthorized: !server.skipTlsVerify,
    // One connection per watch: a stream that stalls cannot hold up the others.
    allowH2: false,
    ...client,
    ...(ca ? { ca } : {}),
  };
  return new Agent({
    connections: maxConnections,
    keepAliveTimeout: keepAliveMs,
    allowH2: false,
    bodyTimeout: 0,
    connect: readBytes ? connectSparingly(connect, readBytes) : connect,
  });
}
