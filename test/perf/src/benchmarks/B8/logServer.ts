// SPDX-License-Identifier: Apache-2.0
import { once } from 'node:events';
import {
  LogFront,
  type LogRequest,
} from '../../../../faults/src/logs/LogFront';
import { answerParent } from '../../answerParent';

/** Times of one pod’s lines are this far apart, so that pods take turns. */
const LINE_EVERY_US = 20;
const CHUNK_BYTES = 64 * 1024;
const START = Date.UTC(2026, 0, 1);
const PADDING = 'GET /api/v1/items 200 in 12 ms by web agent for somebody ';

let linesPerPod = 0;
let breakOnce = false;
let served = 0;
let bytes: Buffer[] = [];
const pods = new Map<string, number>();
const broken = new Set<string>();

/** 134 bytes with its time. */
function lineOf(pod: number, line: number): string {
  const us = line * LINE_EVERY_US + pod;
  const at = new Date(START + Math.floor(us / 1_000)).toISOString();
  const nanos = String((us % 1_000) * 1_000).padStart(6, '0');
  const text = `INFO pod ${pod} line ${line} ${PADDING}`.padEnd(102, '.');
  return `${at.slice(0, -1)}${nanos}Z ${text}\n`;
}

function bytesOf(pod: number): Buffer {
  bytes[pod] ??= Buffer.from(
    Array.from({ length: linesPerPod }, (_, i) => lineOf(pod, i)).join(''),
  );
  return bytes[pod];
}

async function answer({ pod, query, response }: LogRequest): Promise<void> {
  const index = pods.get(pod) ?? pods.size;
  pods.set(pod, index);
  const all = bytesOf(index);
  const since = Date.parse(query.get('sinceTime') ?? '2026-01-01T00:00:00Z');
  const lineBytes = all.length / linesPerPod;
  const skipped = Math.floor(((since - START) * 1_000) / LINE_EVERY_US);
  const isBroken = breakOnce && !broken.has(pod);
  if (isBroken) broken.add(pod);
  const end = isBroken ? Math.floor(all.length / 2) + 31 : all.length;
  for (let at = Math.max(0, skipped) * lineBytes; at < end; at += CHUNK_BYTES) {
    if (response.destroyed) return;
    const chunk = all.subarray(at, Math.min(at + CHUNK_BYTES, end));
    served += chunk.length;
    if (response.write(chunk)) continue;
    await Promise.race([once(response, 'drain'), once(response, 'close')]);
  }
  if (isBroken) response.destroy();
  else response.end();
}

const handlers = {
  start: async (input: {
    target: string;
    token: string;
    linesPerPod: number;
  }) => {
    linesPerPod = input.linesPerPod;
    bytes = [];
    const front = await LogFront.start(input.target, request => {
      void answer(request);
    });
    front.token = input.token;
    return front.url;
  },
  /** Each log breaks off in its middle the next time it is read. */
  breakLogs: () => {
    broken.clear();
    breakOnce = true;
  },
  mendLogs: () => {
    breakOnce = false;
  },
  /** Bytes of logs that were written to sockets. */
  servedBytes: () => served,
};

/** What the server of logs answers. */
export type LogServerHandlers = typeof handlers;

answerParent(handlers);
