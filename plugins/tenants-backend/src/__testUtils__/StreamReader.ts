// SPDX-License-Identifier: Apache-2.0
import {
  streamMessageSchema,
  type StreamMessage,
} from '@tenantry/backstage-plugin-tenants-common';

/** Reads a stream’s messages one by one and holds them to the contract. */
export class StreamReader {
  private constructor(
    readonly response: Response,
    private readonly messages: AsyncGenerator<StreamMessage, void, void>,
    private readonly abort: AbortController,
  ) {}

  /** Opens it; the answer’s status is for the caller to look at. */
  static async open(url: string, init: RequestInit): Promise<StreamReader> {
    const abort = new AbortController();
    const response = await fetch(url, { ...init, signal: abort.signal });
    return new StreamReader(response, read(response), abort);
  }

  /** The next message. @throws when the stream has ended */
  async next(): Promise<StreamMessage> {
    const result = await this.messages.next();
    if (result.done) throw new Error('The stream has ended.');
    return result.value;
  }

  /** The next message of a type; others are skipped. */
  async nextOf<T extends StreamMessage['t']>(
    type: T,
  ): Promise<Extract<StreamMessage, { t: T }>> {
    for (;;) {
      const message = await this.next();
      if (isOf(message, type)) return message;
    }
  }

  /** All messages until the stream ends. */
  async rest(): Promise<StreamMessage[]> {
    const messages: StreamMessage[] = [];
    for await (const message of this.messages) messages.push(message);
    return messages;
  }

  /** Leaves, as a closed tab does. */
  close(): void {
    this.abort.abort();
  }
}

function isOf<T extends StreamMessage['t']>(
  message: StreamMessage,
  type: T,
): message is Extract<StreamMessage, { t: T }> {
  return message.t === type;
}

async function* read(
  response: Response,
): AsyncGenerator<StreamMessage, void, void> {
  if (!response.body) return;
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of response.body) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield streamMessageSchema.parse(JSON.parse(line));
  }
}
