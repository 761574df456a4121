// SPDX-License-Identifier: Apache-2.0
import { once } from 'node:events';
import { connect } from 'node:net';
import { createServer } from 'node:tls';
import { selfSignedCertificate } from '../../../../plugins/tenants-backend/src/kube/testing/selfSignedCertificate';

/** Where a server is reached over TLS, and the certificate to trust, base64 encoded as in a kubeconfig. */
export type TlsAddress = { readonly url: string; readonly caData: string };

/** Puts TLS before a server of this machine. */
export async function startTlsFront(url: string): Promise<TlsAddress> {
  const { cert, key } = selfSignedCertificate();
  const port = Number(new URL(url).port);
  const server = createServer({ cert, key }, socket => {
    const inner = connect(port, '127.0.0.1');
    const end = () => {
      socket.destroy();
      inner.destroy();
    };
    for (const side of [socket, inner]) side.on('error', end).on('close', end);
    socket.pipe(inner).pipe(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') {
    throw new Error('The TLS front has no port.');
  }
  return {
    url: `https://127.0.0.1:${address.port}`,
    caData: Buffer.from(cert).toString('base64'),
  };
}
