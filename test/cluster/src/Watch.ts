// SPDX-License-Identifier: Apache-2.0
import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import type { ApiTarget } from './ApiTarget';
import type { Step } from './ContractCase';
import type { Json } from './Json';

export type WatchEvent = { readonly type: string; readonly object: Json };
type WatchOptions = {
  readonly headers: OutgoingHttpHeaders;
  readonly view?: (body: Json) => Json | undefined;
  readonly record: (step: Step) => void;
  readonly patienceMs: number;
  readonly token?: string;
};

/** The events of a watch until it ends or `signal` does. */
export async function* watchEvents(
  target: ApiTarget,
  call: {
    readonly path: string;
    readonly signal: AbortSignal;
    readonly headers?: OutgoingHttpHeaders;
  },
): AsyncGenerator<WatchEvent> {
  const { path, signal, headers } = call;
  const response = await target.open({ method: 'GET', path, headers });
  const stop = () => void response.destroy();
  signal.addEventListener('abort', stop);
  try {
    yield* eventsOf(response);
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    signal.removeEventListener('abort', stop);
    stop();
  }
}

/** An open watch of a case. */
export class Watch {
  private response?: IncomingMessage;
  private readonly waiting: WatchEvent[] = [];
  private ended = false;
  private wake = () => {};

  private constructor(
    private readonly path: string,
    private readonly options: WatchOptions,
  ) {}

  /** Resolves when the server has answered; records an answer that is no watch. */
  static async open(
    target: ApiTarget,
    path: string,
    options: WatchOptions,
  ): Promise<Watch> {
    const watch = new Watch(path, options);
    const { headers, record } = options;
    const response = await target.open({
      method: 'GET',
      path,
      headers,
      token: options.token,
    });
    const status = response.statusCode ?? 0;
    if (status !== 200) {
      let text = '';
      for await (const chunk of response.setEncoding('utf8')) text += chunk;
      const body: Json = JSON.parse(text);
      record({ call: `WATCH ${path}`, status, body });
      watch.ended = true;
      return watch;
    }
    record({ call: `WATCH ${path}`, status });
    watch.response = response;
    watch.read(response).catch(() => watch.finish());
    return watch;
  }

  /** Records the next `count` events; fewer when the watch ends, or says nothing for long. */
  async take(count: number): Promise<readonly WatchEvent[]> {
    const timer = setTimeout(() => this.finish(), this.options.patienceMs);
    while (this.waiting.length < count && !this.ended)
      await new Promise<void>(resolve => (this.wake = resolve));
    clearTimeout(timer);
    const events = this.waiting.splice(0, count);
    const view = this.options.view ?? (body => body);
    this.options.record({
      call: `events of ${this.path}`,
      body: events.map(({ type, object }) => ({ type, object: view(object) })),
    });
    return events;
  }

  stop(): void {
    this.response?.destroy();
    this.finish();
  }

  private async read(response: IncomingMessage): Promise<void> {
    for await (const event of eventsOf(response)) {
      this.waiting.push(event);
      this.wake();
    }
    this.finish();
  }

  private finish(): void {
    this.ended = true;
    this.wake();
  }
}

async function* eventsOf(
  response: IncomingMessage,
): AsyncGenerator<WatchEvent> {
  let rest = '';
  for await (const chunk of response.setEncoding('utf8')) {
    const lines = `${rest}${chunk}`.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const event: WatchEvent = JSON.parse(line);
      yield event;
    }
  }
}
