// SPDX-License-Identifier: Apache-2.0
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import authPlugin from '@backstage/plugin-auth-backend';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { Browser } from '../__testUtils__/Browser';
import { oidcGroupsModule } from './oidcGroupsModule';

jest.setTimeout(60_000);

/** The provider, in a process of its own because it is an ES module. */
async function startProvider() {
  const child: ChildProcess = spawn(
    process.execPath,
    [
      '--no-warnings',
      '--require',
      '@backstage/cli-node/config/nodeTransform.cjs',
      join(__dirname, '../__testUtils__/oidcProviderProcess.ts'),
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  if (!child.stdout) throw new Error('The provider has no output.');
  const [line] = await once(createInterface(child.stdout), 'line');
  const { issuer } = JSON.parse(String(line));
  return { issuer: String(issuer), stop: () => child.kill() };
}

async function startPortal(issuer: string) {
  return startTestBackend({
    features: [
      authPlugin,
      oidcGroupsModule,
      catalogServiceMock.factory(),
      mockServices.rootConfig.factory({
        data: {
          app: { baseUrl: 'http://localhost' },
          auth: {
            environment: 'test',
            session: { secret: 'for-this-test-only' },
            providers: {
              oidc: {
                test: {
                  metadataUrl: `${issuer}/.well-known/openid-configuration`,
                  clientId: 'portal',
                  clientSecret: 'for-this-test-only',
                  prompt: 'auto',
                },
              },
            },
          },
        },
      }),
    ],
  });
}

describe('signing in with an OpenID Connect provider', () => {
  let url: string;
  const stops: (() => unknown)[] = [];
  beforeAll(async () => {
    const provider = await startProvider();
    stops.push(() => provider.stop());
    const backend = await startPortal(provider.issuer);
    stops.push(() => backend.stop());
    url = `http://localhost:${backend.server.port()}`;
  });
  afterAll(async () => {
    for (const stop of stops) await stop();
  });

  async function signIn(name: string) {
    const browser = new Browser();
    await browser.open(
      `${url}/api/auth/oidc/start?env=test&scope=openid%20profile%20email`,
    );
    await browser.submit({ login: name, password: 'none is checked here' });
    return browser.submit({});
  }

  it('makes the provider’s groups what the user owns', async () => {
    const answer = await signIn('ann');
    expect(answer).toMatchObject({
      type: 'authorization_response',
      response: {
        backstageIdentity: {
          identity: {
            userEntityRef: 'user:default/ann',
            ownershipEntityRefs: [
              'user:default/ann',
              'group:default/shop',
              'group:default/platform-team',
            ],
          },
        },
      },
    });
  });

  it('gives who is in no group nothing but what is his own', async () => {
    expect(await signIn('bob')).toMatchObject({
      response: {
        backstageIdentity: {
          identity: { ownershipEntityRefs: ['user:default/bob'] },
        },
      },
    });
  });

  it('refuses a name that is no user’s', async () => {
    expect(await signIn('Ann')).toMatchObject({
      error: { name: 'NotAllowedError' },
    });
  });
});
