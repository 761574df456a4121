// SPDX-License-Identifier: Apache-2.0
import type { Socket } from 'node:net';
import { buildConnector } from 'undici';

/** Nothing is taken from the network as long as anything that was taken waits to be read. */
const HIGH_WATER_MARK = 1;

/**
 * Opens connections that take no more than `readBytes` from the network at a time. Node itself takes 64 KiB, and again as much while that
 * is not read yet: too much where many streams wait for one slow reader. What is not taken fills the buffers of the system, and then
 * stops the server.
 */
export function connectSparingly(
  options: buildConnector.BuildOptions,
  readBytes: number,
): buildConnector.connector {
  // One for all: what is read is copied out of it before anything else is.
  const buffer = Buffer.allocUnsafeSlow(readBytes);
  // A connector keeps them for itself, and each connection has its own here.
  let session: Buffer | undefined;
  return (target, callback) => {
    let socket: Socket | undefined;
    const sparing = {
      ...options,
      session,
      highWaterMark: HIGH_WATER_MARK,
      onread: {
        buffer,
        callback: (bytes: number) =>
          socket?.push(Buffer.from(buffer.subarray(0, bytes))) ?? false,
      },
    };
    buildConnector(sparing)(target, (...result) => {
      socket = result[1] ?? undefined;
      socket?.on('session', (latest: Buffer) => {
        session = latest;
      });
      callback(...result);
    });
  };
}
