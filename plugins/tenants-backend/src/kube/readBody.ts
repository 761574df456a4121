// SPDX-License-Identifier: Apache-2.0
import type { Dispatcher } from 'undici';
import type { Clock } from '../time/Clock';
import { callFailed, callFailure, type CallName } from './callFailure';

export type ReadBodyOptions = {
  readonly call: CallName;
  readonly clock: Clock;
  /** A silence longer than this, while we wait for more, ends the reading. */
  readonly idleMs?: number;
  /** Whether silence is an end as any other. Default: a failure. */
  readonly endsWhenIdle?: boolean;
};

/**
 * The chunks of an answer. The time our reader takes is not counted as silence; not reading slows the server down.
 * Leaving the loop frees the connection.
 *
 * @throws KubeError
 */
export async function* readBody(
  body: Dispatcher.ResponseData['body'],
  options: ReadBodyOptions,
): AsyncGenerator<Buffer, void, void> {
  const { call, clock, idleMs } = options;
  const chunks: AsyncIterator<Buffer> = body[Symbol.asyncIterator]();
  let idle = false;
  const onIdle = () => {
    idle = true;
    body.destroy(callFailed(call, 'Timeout'));
  };
  try {
    for (;;) {
      const cancel = idleMs ? clock.after(idleMs, onIdle) : undefined;
      const next = await chunks.next().finally(cancel);
      if (next.done) return;
      yield next.value;
    }
  } catch (error) {
    if (idle && options.endsWhenIdle) return;
    throw callFailure(call, error);
  } finally {
    // Destroying an answer that was not read to its end reports an abort which nobody waits for.
    body.on('error', () => undefined);
    if (!body.readableEnded) body.destroy();
  }
}
