// SPDX-License-Identifier: Apache-2.0
import { secretListSchema } from '@tenantry/backstage-plugin-tenants-common';
import { mockCredentials } from '@backstage/backend-test-utils';
import { putRecord, WITH_SECRET } from '../__testUtils__/putRecord';
import {
  startTenantsBackend,
  USERS,
  type User,
} from '../__testUtils__/startTenantsBackend';

type Backend = Awaited<ReturnType<typeof startTenantsBackend>>;

const MARKER = 'marker-8472-never-told';
const ENCODED = Buffer.from(MARKER).toString('base64');

function put(
  { url }: Backend,
  user: User,
  body: object,
  name = 'token',
): Promise<Response> {
  return fetch(`${url}/v1/tenants/shop/secrets/${name}`, {
    method: 'PUT',
    headers: {
      Authorization: mockCredentials.user.header(USERS[user]),
      'Content-Type': 'application/json',
    },
    body: JSON.stringify(body),
  });
}

describe('secrets', () => {
  let backend: Backend;
  const written: string[] = [];
  beforeAll(async () => {
    for (const stream of [process.stdout, process.stderr]) {
      jest.spyOn(stream, 'write').mockImplementation(chunk => {
        written.push(String(chunk));
        return true;
      });
    }
    backend = await startTenantsBackend({ definitions: WITH_SECRET });
    await putRecord(backend.clusters);
  });
  afterAll(async () => {
    jest.restoreAllMocks();
    await backend.stop();
  });

  it('are set, listed without their value, and written down as done', async () => {
    const body = { environment: 'dev', value: MARKER };
    const set = await put(backend, 'ann', body);
    expect(set.status).toBe(200);
    const listed = await backend.get('/v1/tenants/shop/secrets', 'ann');
    const list = secretListSchema.parse(await listed.json());
    expect(list.items).toMatchObject([
      {
        name: 'token',
        environment: 'dev',
        isSet: true,
        updatedBy: USERS.ann,
      },
    ]);
    const audit = await backend.get('/v1/tenants/shop/audit', 'ann');
    const { items } = await audit.json();
    expect(
      items
        .filter(({ action }: { action: string }) => action === 'secret.set')
        .map(({ outcome, detail }: Record<string, unknown>) => [
          outcome,
          detail,
        ]),
    ).toEqual([
      ['succeeded', { environment: 'dev', secret: 'token' }],
      ['allowed', { environment: 'dev', secret: 'token' }],
    ]);
  });

  it('are in no answer, error, audit or log line', async () => {
    const body = { environment: 'dev', value: MARKER };
    const apply = {
      type: 'apply',
      environments: [
        {
          name: 'dev',
          cluster: 'west',
          tier: 'bronze',
          modules: [{ name: 'web' }],
        },
      ],
    };
    const answers = [
      await put(backend, 'ann', body),
      // Another cluster does not answer, so nobody can say that there is none.
      await put(backend, 'ann', { ...body, environment: 'nope' }),
      await put(backend, 'ann', body, 'nothing'),
      await put(backend, 'ann', { ...body, more: MARKER }),
      await put(backend, 'ann', { environment: MARKER, value: MARKER }),
      await put(backend, 'ann', { environment: 3, value: MARKER }),
      await backend.get('/v1/tenants/shop/secrets', 'ann'),
      await backend.get('/v1/tenants/shop/audit', 'ann'),
      await backend.get('/v1/tenants/shop', 'ann'),
      await backend.post('/v1/plan', 'ann', {
        body: { tenant: 'shop', request: apply, render: true },
      }),
    ];
    const texts = await Promise.all(answers.map(answer => answer.text()));
    for (const text of [...texts, ...written]) {
      expect(text).not.toContain(MARKER);
      expect(text).not.toContain(ENCODED);
    }
    expect(answers.map(({ status }) => status)).toEqual([
      200, 503, 404, 400, 400, 400, 200, 200, 200, 200,
    ]);
  });

  it('are not set by who may not', async () => {
    backend.policy.deny(USERS.bob);
    const body = { environment: 'dev', value: MARKER };
    expect((await put(backend, 'bob', body)).status).toBe(404);
  });
});
