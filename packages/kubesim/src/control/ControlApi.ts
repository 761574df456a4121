// SPDX-License-Identifier: Apache-2.0
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { denied } from '../access/Attributes';
import { mayEverything } from '../access/Authorizer';
import type { Caller } from '../access/Caller';
import type { RequestCounter } from '../api/RequestCounter';
import { parseObject, readBody, sendJson } from '../api/respond';
import { FAULT_KINDS, type ArmedFault, type Faults } from '../faults/Faults';
import { HUGE_SHAPES } from '../faults/hugeObject';
import type { Life } from '../scenario/Life';
import {
  badRequest,
  methodNotAllowed,
  noSuchPath,
  notFound,
} from '../storage/ApiError';
import { behaviourSchema } from './behaviourSchema';

const faultSchema = z
  .object({
    kind: z.enum(FAULT_KINDS),
    times: z.number().int().positive().optional(),
    match: z
      .object({
        verb: z.string().optional(),
        resource: z.string().optional(),
        namespace: z.string().optional(),
        user: z.string().optional(),
      })
      .strict()
      .optional(),
    status: z.number().int().min(400).max(599).optional(),
    reason: z.string().optional(),
    retryAfterSeconds: z.number().int().nonnegative().optional(),
    ms: z.number().optional(),
    afterMs: z.number().nonnegative().optional(),
    bytes: z.number().int().positive().optional(),
    shape: z.enum(HUGE_SHAPES).optional(),
    resourceVersion: z.string().optional(),
  })
  .strict();

export type ControlPorts = {
  readonly requests: RequestCounter;
  readonly faults: Faults;
  readonly life: Life;
  /** Whether the name is a kind this cluster serves; takes `deployments` for `deployments.apps`. */
  readonly resourceNamed: (plural: string) => string | undefined;
  readonly compact: () => void;
  readonly bookmark: () => void;
};
type Exchange = {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
  readonly grant: Caller;
};

/** What tests and demos steer a running simulator with, under `/_sim/`. Only for admin tokens. */
export class ControlApi {
  constructor(private readonly ports: ControlPorts) {}

  /** @throws ApiError 403, 404, 405, 400 */
  async answer(exchange: Exchange): Promise<void> {
    const { url, grant, request, response } = exchange;
    if (!mayEverything(grant))
      throw denied(grant.user, {
        verb: 'control',
        group: '_sim',
        resource: 'simulator',
      });
    const [topic, ...rest] = url.pathname
      .slice('/_sim/'.length)
      .split('/')
      .map(decodeURIComponent);
    const body = request.method === 'POST' ? await readBody(request) : '';
    const result = await this.result(topic, {
      method: request.method ?? 'GET',
      rest,
      body,
    });
    sendJson(response, 200, result);
  }

  private async result(
    topic: string,
    call: { method: string; rest: string[]; body: string },
  ): Promise<unknown> {
    switch (topic) {
      case 'requests':
        return this.requests(call.method, call.rest);
      case 'faults':
        return this.faults(call);
      case 'workloads':
        return this.behaviour(call);
      case 'errors':
        return this.errors(call.method, call.rest);
      case 'compact':
        return this.act(call.method, this.ports.compact);
      case 'bookmark':
        return this.act(call.method, this.ports.bookmark);
      default:
        throw noSuchPath();
    }
  }

  private requests(method: string, rest: string[]): unknown {
    const { requests } = this.ports;
    if (method === 'POST' && rest[0] === 'reset') requests.reset();
    else if (method !== 'GET') throw methodNotAllowed();
    return { total: requests.total, counts: requests.counts() };
  }

  private errors(method: string, rest: string[]): unknown {
    const { errors } = this.ports.life;
    if (method === 'POST' && rest[0] === 'reset') errors.reset();
    else if (method !== 'GET') throw methodNotAllowed();
    const { total } = errors;
    return { total, counts: errors.byController(), errors: errors.list() };
  }

  private async faults(call: {
    method: string;
    rest: string[];
    body: string;
  }): Promise<unknown> {
    const { faults } = this.ports;
    const id = call.rest[0];
    if (call.method === 'POST') {
      const parsed = faultSchema.safeParse(parseObject(call.body));
      if (!parsed.success)
        throw badRequest(`fault: ${z.prettifyError(parsed.error)}`);
      return { id: faults.arm(parsed.data).id };
    }
    if (call.method === 'DELETE' && id) await this.fault(id).clear();
    else if (call.method === 'DELETE') await faults.clearAll();
    else if (call.method !== 'GET') throw methodNotAllowed();
    return {
      faults: faults.list().map(fault => ({
        id: fault.id,
        injected: fault.injected,
        ...fault.spec,
      })),
    };
  }

  private fault(id: string): ArmedFault {
    const fault = this.ports.faults.get(id);
    if (!fault) throw notFound({ plural: 'faults', group: '_sim' }, id);
    return fault;
  }

  private behaviour(call: {
    method: string;
    rest: string[];
    body: string;
  }): unknown {
    const [namespace, plural, name, what, ...more] = call.rest;
    if (what !== 'behaviour' || more.length > 0) throw noSuchPath();
    if (call.method !== 'POST') throw methodNotAllowed();
    const parsed = z
      .object({ behaviour: behaviourSchema })
      .safeParse(parseObject(call.body));
    if (!parsed.success)
      throw badRequest(`behaviour: ${z.prettifyError(parsed.error)}`);
    const resource = this.ports.resourceNamed(plural);
    const known =
      resource &&
      this.ports.life.setBehaviour(
        resource,
        { namespace, name },
        parsed.data.behaviour,
      );
    if (!known) throw notFound({ plural, group: '' }, `${namespace}/${name}`);
    return { behaviour: parsed.data.behaviour };
  }

  private act(method: string, action: () => void): unknown {
    if (method !== 'POST') throw methodNotAllowed();
    action();
    return {};
  }
}
