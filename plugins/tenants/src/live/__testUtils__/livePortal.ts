// SPDX-License-Identifier: Apache-2.0
import {
  TenantsClient,
  type StreamMessage,
  type StreamRequest,
} from '@tenantry/backstage-plugin-tenants-common';
import { FakeEnvironment } from '../../testing/FakeEnvironment';
import type { Connection, LiveTopic } from '../Live';
import { LiveStream } from '../LiveStream';

type Opened = {
  request: StreamRequest;
  /** Resolves when the reader has taken it and wants more, or has left. */
  send(message: object): Promise<void>;
  drop(): void;
  isOpen(): boolean;
};

/** A portal behind a fake fetch: what the stream really does with bytes and aborted requests. */
class FakePortal {
  readonly opened: Opened[] = [];
  answers: number[] = [];
  refusal = {};
  /** Requests that were refused. */
  refused = 0;

  readonly fetch: typeof fetch = async (_input, init) => {
    const status = this.answers.shift() ?? 200;
    if (status !== 200) {
      this.refused += 1;
      const response = { statusCode: status };
      return Response.json({ ...this.refusal, response }, { status });
    }
    return new Response(this.#open(init ?? {}));
  };

  #open({ body, signal }: RequestInit): ReadableStream<Uint8Array> {
    let open = true;
    let taken = () => {};
    const start = (controller: ReadableStreamDefaultController<Uint8Array>) => {
      const fail = (error: Error) => {
        if (open) controller.error(error);
        open = false;
        taken();
      };
      signal?.addEventListener('abort', () =>
        fail(new DOMException('aborted', 'AbortError')),
      );
      this.opened.push({
        request: JSON.parse(String(body)),
        isOpen: () => open,
        send: message =>
          new Promise(resolve => {
            taken = resolve;
            const line = `${JSON.stringify(message)}\n`;
            controller.enqueue(new TextEncoder().encode(line));
          }),
        drop: () => fail(new TypeError('network')),
      });
    };
    const cancel = () => {
      open = false;
      taken();
    };
    // Without a queue of its own it is asked for more only when all before has been taken.
    return new ReadableStream(
      { start, pull: () => taken(), cancel },
      { highWaterMark: 0 },
    );
  }
}

/** Topics to follow. */
export const tenants: LiveTopic = { kind: 'tenants' };
export const tenantA: LiveTopic = { kind: 'tenant', tenant: 'a' };

/** A snapshot of a subscription. */
export function snapshot(
  s: string,
  d: unknown,
  v = 'v1',
  c = 'i.1',
): StreamMessage {
  return { s, n: 1, t: 'snapshot', v, c, d };
}

/** Time that passes at each look, in milliseconds. */
export const STEP_MS = 100;

/** A stream, the portal it opens streams at, and the time. */
export function setUp() {
  const env = new FakeEnvironment();
  const portal = new FakePortal();
  const client = new TenantsClient({
    discoveryApi: { getBaseUrl: async () => '' },
    fetchApi: { fetch: portal.fetch },
  });
  const live = new LiveStream({
    api: client,
    env,
    parse: (_topic, value) => value,
  });
  /** Lets time pass, a step at each look, until it is so. */
  const until = async (isSo: () => boolean) => {
    while (!isSo()) {
      env.pass(STEP_MS);
      await new Promise(resolve => setTimeout(resolve));
    }
  };
  const untilOpened = (times: number) =>
    until(() => portal.opened.length >= times);
  const untilState = (state: Connection['state'], topic = tenants) =>
    until(() => live.read(topic).connection.state === state);
  return { env, portal, live, until, untilOpened, untilState };
}

/** The same, with topics followed and the first stream open. */
export async function setUpOpen(...topics: LiveTopic[]) {
  const all = setUp();
  const stops = topics.map(topic => all.live.follow(topic, () => {}));
  await all.untilOpened(1);
  return { ...all, stops, first: all.portal.opened[0] };
}
