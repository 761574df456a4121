// SPDX-License-Identifier: Apache-2.0
import {
  operationSchema,
  type OperationRequestInput,
} from '@tenantry/backstage-plugin-tenants-common';
import { z } from 'zod';
import type { TestPortal, TokenName } from '../security/TestPortal';

const taskSchema = z.object({ id: z.string() });
const taskEventSchema = z.object({
  type: z.string(),
  body: z.object({
    message: z.string(),
  }),
});
const foundSchema = z.object({
  results: z.array(
    z.object({
      type: z.string(),
      document: z.object({ title: z.string(), location: z.string() }),
    }),
  ),
});
const entitySchema = z.object({
  spec: z.object({ owner: z.string() }),
  relations: z.array(z.object({ type: z.string(), targetRef: z.string() })),
});
const notificationsSchema = z.object({
  notifications: z.array(
    z.object({
      payload: z.object({
        title: z.string(),
        link: z.string(),
        severity: z.string(),
      }),
    }),
  ),
});

/** Somebody who uses a portal by its HTTP interfaces, as its pages do. */
export class PortalVisitor {
  constructor(private readonly portal: TestPortal, readonly name: TokenName) {}

  /** The status and, when it is JSON, the body. */
  async ask(path: string, init?: RequestInit) {
    const response = await this.portal.call(path, this.name, init);
    const text = await response.text();
    const body: unknown = text.startsWith('{') ? JSON.parse(text) : undefined;
    return { status: response.status, body };
  }

  async post(path: string, body: unknown, headers?: Record<string, string>) {
    return this.ask(path, {
      method: 'POST',
      body: JSON.stringify(body),
      headers,
    });
  }

  /** Fills a template in. @returns the task’s id */
  async start(template: string, values: object): Promise<string> {
    const { body } = await this.post('/api/scaffolder/v2/tasks', {
      templateRef: `template:default/${template}`,
      values,
    });
    return taskSchema.parse(body).id;
  }

  /** Follows the task’s log until it ends. */
  async followTask(id: string) {
    const response = await this.portal.call(
      `/api/scaffolder/v2/tasks/${id}/eventstream`,
      this.name,
    );
    const events = [];
    for await (const line of linesOf(response)) {
      if (!line.startsWith('data: ')) continue;
      const event = taskEventSchema.parse(JSON.parse(line.slice(6)));
      events.push(event);
      if (event.type === 'completion') break;
    }
    return events;
  }

  /** `undefined` when there is none, or this one may not see it. */
  async entity(ref: string) {
    const { status, body } = await this.ask(
      `/api/catalog/entities/by-name/${ref}`,
    );
    return status === 200 ? entitySchema.parse(body) : undefined;
  }

  /** What is found of exactly this title: the search also finds what is spelt alike. */
  async search(title: string) {
    const { body } = await this.ask(`/api/search/query?term=${title}`);
    return foundSchema
      .parse(body)
      .results.map(({ type, document }) => ({ type, ...document }))
      .filter(result => result.title === title);
  }

  async notifications() {
    const { body } = await this.ask(
      '/api/notifications/notifications?limit=100',
    );
    return notificationsSchema
      .parse(body)
      .notifications.map(({ payload }) => payload);
  }

  /** Starts an operation. @returns the status, and the operation when it was started */
  async operate(tenant: string, request: OperationRequestInput, key: string) {
    const { status, body } = await this.post(
      `/api/tenants/v1/tenants/${tenant}/operations`,
      request,
      { 'Idempotency-Key': key },
    );
    return {
      status,
      operation: status === 200 ? operationSchema.parse(body) : undefined,
    };
  }

  async operation(id: string) {
    const { body } = await this.ask(`/api/tenants/v1/operations/${id}`);
    return operationSchema.parse(body);
  }
}

async function* linesOf(response: Response): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of response.body?.pipeThrough(
    new TextDecoderStream(),
  ) ?? []) {
    const lines = `${rest}${chunk}`.split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
}
