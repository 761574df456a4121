// SPDX-License-Identifier: Apache-2.0
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  loadContext,
  readCredential,
  toDemoCluster,
} from './kubeconfigCluster';

const KUBECONFIG = `
apiVersion: v1
kind: Config
current-context: other
clusters:
  - name: one
    cluster: { server: "https://one.example:6443", certificate-authority-data: Q0E= }
users:
  - name: with-token
    user: { token: s3cret }
  - name: with-certificate
    user: { client-certificate-data: Q0VSVA==, client-key-data: S0VZ }
contexts:
  - name: token
    context: { cluster: one, user: with-token }
  - name: certificate
    context: { cluster: one, user: with-certificate }
  - name: lost
    context: { cluster: gone, user: with-token }
`;

describe('a kubeconfig', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'tenantry-'));
    writeFileSync(join(folder, 'config'), KUBECONFIG);
    writeFileSync(join(folder, 'broken'), '{{ nothing');
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  const load = (context: string, file = 'config') =>
    loadContext({
      kubeconfig: join(folder, file),
      context,
      allowWrites: false,
    });

  it('gives the cluster of the named context without any credential', () => {
    const cluster = toDemoCluster(load('token'), 'token');
    expect(cluster).toEqual({
      name: 'token',
      url: 'https://one.example:6443',
      authProvider: 'serviceAccount',
      caData: 'Q0E=',
    });
  });

  it('gives the token of the context’s user', async () => {
    await expect(readCredential(load('token'))).resolves.toEqual({
      type: 'bearer token',
      token: 's3cret',
    });
  });

  it('gives the client certificate of the context’s user', async () => {
    await expect(readCredential(load('certificate'))).resolves.toEqual({
      type: 'x509 client certificate',
      cert: 'CERT',
      key: 'KEY',
    });
  });

  it('names the contexts it has when asked for another', () => {
    expect(() => load('prod')).toThrow(
      "has no context 'prod'. It has: token, certificate, lost.",
    );
  });

  it('refuses a context whose cluster is missing', () => {
    expect(() => load('lost')).toThrow('names a cluster that the file');
  });

  it('refuses a file that is not a kubeconfig without showing what is in it', () => {
    expect(() => load('token', 'broken')).toThrow(
      /broken is not a kubeconfig file that can be read\.$/,
    );
  });
});
