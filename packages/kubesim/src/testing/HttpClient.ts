// SPDX-License-Identifier: Apache-2.0
import type { Kubesim } from '../Kubesim';

export type Call = {
  readonly method?: string;
  readonly body?: unknown;
  readonly type?: string;
  readonly accept?: string;
  readonly token?: string;
};
/** An answer; `body` is parsed where it is JSON, else `undefined`. */
export type HttpAnswer = {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // The tests say with matchers what they expect of an answer.
  readonly body: ReturnType<typeof JSON.parse>;
};

/** Plain HTTP requests to a simulated cluster. */
export class HttpClient {
  constructor(private readonly sim: Kubesim) {}

  async call(path: string, call: Call = {}): Promise<HttpAnswer> {
    const { body } = call;
    const response = await fetch(this.sim.url + path, {
      method: call.method ?? 'GET',
      headers: {
        authorization: `Bearer ${call.token ?? this.sim.token}`,
        'content-type': call.type ?? 'application/json',
        ...(call.accept && { accept: call.accept }),
      },
      ...(body !== undefined && {
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    });
    const text = await response.text();
    const { status, headers } = response;
    return { status, headers, text, body: parsed(text) };
  }

  post(path: string, body: unknown): Promise<HttpAnswer> {
    return this.call(path, { method: 'POST', body });
  }

  /** `type` as in `merge-patch+json`. */
  patch(path: string, type: string, body: unknown): Promise<HttpAnswer> {
    return this.call(path, {
      method: 'PATCH',
      type: `application/${type}`,
      body,
    });
  }

  delete(path: string, body?: unknown): Promise<HttpAnswer> {
    return this.call(path, { method: 'DELETE', body });
  }

  /** The chunks of an endless answer as lines, until the caller stops or the server ends it. */
  async *lines(path: string): AsyncGenerator<string> {
    const response = await fetch(this.sim.url + path, {
      headers: { authorization: `Bearer ${this.sim.token}` },
    });
    const decoder = new TextDecoder();
    let rest = '';
    for await (const chunk of response.body ?? []) {
      const parts = (rest + decoder.decode(chunk, { stream: true })).split(
        '\n',
      );
      rest = parts.pop() ?? '';
      yield* parts;
    }
    if (rest) yield rest;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
