// SPDX-License-Identifier: Apache-2.0
// A real OpenID Connect provider for tests: one client, and whoever signs in is who the login says. Says where it is as one line.
import { Provider } from 'oidc-provider';
import { findFreePort } from './findFreePort';

/** Where the portal’s provider `oidc` takes the answer; its port is the system’s choice. */
const CALLBACK = '/api/auth/oidc/handler/frame';

/** The people of the provider: their groups, as an identity provider knows them. */
const groupsOf: Readonly<Record<string, readonly string[]>> = {
  ann: ['shop', 'platform-team'],
  bob: [],
};

async function main(): Promise<void> {
  const port = await findFreePort();
  const issuer = `http://127.0.0.1:${port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'portal',
        client_secret: 'for-this-test-only',
        redirect_uris: [`http://localhost${CALLBACK}`],
      },
    ],
    claims: {
      openid: ['sub'],
      profile: ['preferred_username', 'groups'],
      email: ['email'],
    },
    conformIdTokenClaims: false,
    cookies: { keys: ['for-this-test-only'] },
    pkce: { required: () => false },
    findAccount: async (_context, id) => ({
      accountId: id,
      claims: async () => ({
        sub: id,
        preferred_username: id,
        email: `${id}@example.com`,
        groups: groupsOf[id] ?? [],
      }),
    }),
  });
  provider.Client.prototype.redirectUriAllowed = uri =>
    new URL(uri).pathname === CALLBACK;
  provider.listen(port, '127.0.0.1', () => {
    process.stdout.write(`${JSON.stringify({ issuer })}\n`);
  });
}

void main();
