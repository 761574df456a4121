// SPDX-License-Identifier: Apache-2.0
import { expect, type APIRequestContext } from '@playwright/test';

/** The portal’s HTTP interfaces, as somebody who is signed in. */
export class PortalApi {
  private constructor(
    private readonly request: APIRequestContext,
    private readonly token: string,
  ) {}

  static async signIn(
    request: APIRequestContext,
    persona: string,
  ): Promise<PortalApi> {
    const answer = await request.get('/api/auth/demo/refresh', {
      headers: {
        'X-Requested-With': 'XMLHttpRequest',
        'x-tenantry-persona': persona,
      },
    });
    const { backstageIdentity } = await answer.json();
    return new PortalApi(request, backstageIdentity.token);
  }

  async statusOf(path: string): Promise<number> {
    const headers = this.headers();
    return (await this.request.get(path, { headers })).status();
  }

  /** Starts an operation and waits until it has succeeded. */
  async operate(tenant: string, operation: object): Promise<void> {
    const answer = await this.request.post(
      `/api/tenants/v1/tenants/${tenant}/operations`,
      {
        data: operation,
        headers: { ...this.headers(), 'Idempotency-Key': `${Date.now()}` },
      },
    );
    expect(answer.status(), await answer.text()).toBe(200);
    const { id } = await answer.json();
    await expect
      .poll(() => this.stateOf(id), { timeout: 60_000 })
      .toBe('succeeded');
  }

  private async stateOf(operation: string): Promise<string> {
    const path = `/api/tenants/v1/operations/${operation}`;
    const answer = await this.request.get(path, { headers: this.headers() });
    return (await answer.json()).state;
  }

  private headers() {
    return { Authorization: `Bearer ${this.token}` };
  }
}
