// SPDX-License-Identifier: Apache-2.0
import { request } from 'node:http';
import { answerParent } from '../../answerParent';
import { percentile } from '../../percentile';
import { tenantName } from '../../portal/tenantName';
import { SIZES } from './noteDerivation';

type SubscribeInput = {
  readonly port: number;
  readonly tenants: number;
  readonly subscribers: number;
  /** Of these subscribers, how many take nothing. */
  readonly stalled: number;
};

const NEWLINE = 10;
const CONNECT_AT_ONCE = 100;

let messages = 0;
let delays: number[] = [];

function take(chunk: Buffer): void {
  for (let at = chunk.indexOf(NEWLINE); at >= 0; ) {
    messages++;
    at = chunk.indexOf(NEWLINE, at + 1);
  }
  const mark = chunk.indexOf('at=');
  if (mark < 0) return;
  const sent = Number.parseFloat(chunk.toString('latin1', mark + 3, mark + 20));
  const delay = performance.timeOrigin + performance.now() - sent;
  if (Number.isFinite(delay)) delays.push(delay);
}

function subscribe(path: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, path, agent: false };
    request(options, response => {
      response.on('data', take);
      resolve();
    })
      .once('error', reject)
      .end();
  });
}

const handlers = {
  subscribe: async ({
    port,
    tenants,
    subscribers,
    stalled,
  }: SubscribeInput) => {
    const paths = Array.from({ length: subscribers }, (_, i) => {
      const isStalled = i < stalled;
      const at = isStalled ? i * SIZES.length + SIZES.length - 1 : i;
      const tenant = tenantName(at % tenants);
      return `/?tenant=${tenant}${isStalled ? '&stalled=1' : ''}`;
    });
    for (let i = 0; i < paths.length; i += CONNECT_AT_ONCE) {
      const some = paths.slice(i, i + CONNECT_AT_ONCE);
      await Promise.all(some.map(path => subscribe(path, port)));
    }
  },
  messages: () => messages,
  /** The 99th percentile of how long messages took, in milliseconds, since it was last asked. */
  takeP99: () => {
    const p99 = percentile(delays, 99);
    delays = [];
    return p99;
  },
};

/** What the receiving process answers. */
export type SubscriberHandlers = typeof handlers;

answerParent(handlers);
