// SPDX-License-Identifier: Apache-2.0
import {
  mockCredentials,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { actionsRegistryServiceMock } from '@backstage/backend-test-utils/alpha';
import {
  platformStatusSchema,
  tenantListSchema,
} from '@tenantry/backstage-plugin-tenants-common';
import request from 'supertest';
import plugin from '.';

describe('the tenants plugin', () => {
  it('starts without any cluster, is healthy, and says what it waits for', async () => {
    const { server } = await startTestBackend({
      features: [actionsRegistryServiceMock.factory(), plugin],
    });
    await request(server)
      .get('/api/tenants/v1/health')
      .set('Authorization', mockCredentials.none.header())
      .expect(200);
    const list = await request(server).get('/api/tenants/v1/tenants');
    expect(tenantListSchema.parse(list.body)).toMatchObject({
      items: [],
      totalItems: 0,
    });
    const platform = await request(server).get('/api/tenants/v1/platform');
    const { problems } = platformStatusSchema.parse(platform.body);
    expect(problems.join()).toMatch(/^Waiting for the Kubernetes plugin/);
  });
});
