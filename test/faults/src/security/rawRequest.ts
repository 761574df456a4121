// SPDX-License-Identifier: Apache-2.0
import { connect } from 'node:net';

const ANSWER_TIMEOUT_MS = 10_000;

/** Sends bytes that no HTTP client would send, and reads what comes back until the other side ends or nothing comes any more. */
export function rawRequest(url: string, text: string): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise(resolve => {
    const socket = connect(Number(port), hostname);
    let answer = '';
    const end = () => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(ANSWER_TIMEOUT_MS, end);
    socket.on('data', chunk => {
      answer += chunk.toString('latin1');
    });
    // What was sent after the other side had enough is lost: the answer counts.
    socket.on('error', end);
    socket.on('close', end);
    socket.write(text);
  });
}

/** The status of a raw answer; 0 when the connection was cut without one. */
export function statusOfRaw(answer: string): number {
  return Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0);
}
