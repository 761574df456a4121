// SPDX-License-Identifier: Apache-2.0
import { ConfigReader } from '@backstage/config';
import { startTestBackend } from '@backstage/backend-test-utils';
import {
  type AuthProviderFactory,
  authProvidersExtensionPoint,
} from '@backstage/plugin-auth-node';
import express from 'express';
import { createDemoSignInModule, PERSONA_HEADER } from './demoSignIn';
import { personas } from './personas';

type Answer = { status: number; body: string };

describe('sign-in of the demo', () => {
  let factory: AuthProviderFactory | undefined;
  const signedIn: unknown[] = [];

  beforeAll(async () => {
    const backend = await startTestBackend({
      extensionPoints: [
        [
          authProvidersExtensionPoint,
          {
            registerProvider(provider) {
              if (provider.providerId === 'demo') factory = provider.factory;
            },
          },
        ],
      ],
      features: [createDemoSignInModule(personas)],
    });
    await backend.stop();
  });

  async function signIn(headers: Record<string, string>): Promise<Answer> {
    const handlers = factory?.({
      providerId: 'demo',
      config: new ConfigReader({}),
      resolverContext: {
        signInWithCatalogUser: async (query: unknown) => {
          signedIn.push(query);
          // A token only needs the shape of one here.
          const claims = Buffer.from('{"sub":"user:default/x"}');
          return { token: `e30.${claims.toString('base64url')}.x` };
        },
      },
    } as never);
    const app = express();
    app.get('/refresh', (req, res, next) => {
      handlers?.refresh?.call(handlers, req, res).catch(next);
    });
    const handleError: express.ErrorRequestHandler = (
      error,
      _req,
      res,
      _next,
    ) => {
      res.status(403).send(error.message);
    };
    app.use(handleError);
    const server = app.listen(0, '127.0.0.1');
    await new Promise(resolve => server.once('listening', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const res = await fetch(`http://127.0.0.1:${port}/refresh`, { headers });
    const answer = { status: res.status, body: await res.text() };
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
    return answer;
  }

  it('signs the named persona in as the catalogue’s user of that name', async () => {
    const { status, body } = await signIn({ [PERSONA_HEADER]: 'pia' });
    expect(status).toBe(200);
    expect(JSON.parse(body).profile.displayName).toBe('Pia, platform engineer');
    expect(signedIn).toEqual([{ entityRef: { kind: 'user', name: 'pia' } }]);
  });

  it.each([{ [PERSONA_HEADER]: 'root' }, {}])(
    'refuses %p and says whom it has',
    async headers => {
      const { status, body } = await signIn(headers as Record<string, string>);
      expect(status).toBe(403);
      expect(body).toBe(
        'The demo has no such persona. It has: ada, paul, mia, pia, hugo, guest.',
      );
    },
  );
});
