// SPDX-License-Identifier: Apache-2.0
import { Agent } from 'undici';
import { answerParent } from '../answerParent';
import { percentile } from '../percentile';

export type ReadInput = {
  readonly url: string;
  /** `unchanged` asks with ETags; `marked` looks whether answers say that they are not fresh. */
  readonly side: 'ours' | 'peer' | 'unchanged' | 'marked';
  readonly userTokens: readonly string[];
  readonly tenants: readonly string[];
  readonly connections: number;
  readonly seconds: number;
};

export type ReadOutput = {
  readonly reads: number;
  /** Answers that were neither 200 nor 304. */
  readonly failures: number;
  readonly p99Ms: number;
  readonly perSecond: number;
  readonly bytes: number;
  /** Answers that say they are not fresh; only looked for when asked to. */
  readonly marked: number;
};

type Tally = {
  latencies: number[];
  failures: number;
  bytes: number;
  marked: number;
  next: number;
};

const NOT_FRESH = ['"freshness":"refreshing"', '"freshness":"stale"'];

const etags = new Map<string, string>();

function requestOf({ side }: ReadInput, tenant: string, token: string) {
  const headers: Record<string, string> = {
    authorization: `Bearer ${token}`,
    'accept-encoding': side === 'marked' ? 'identity' : 'gzip',
  };
  if (side === 'peer') {
    headers['content-type'] = 'application/json';
    const path = `/api/kubernetes/resources/workloads/query`;
    const entityRef = `component:default/${tenant}`;
    const body = JSON.stringify({ entityRef, auth: {} });
    return { method: 'POST' as const, path, headers, body };
  }
  const etag = etags.get(tenant);
  if (side === 'unchanged' && etag) headers['if-none-match'] = etag;
  const path = `/api/tenants/v1/tenants/${tenant}`;
  return { method: 'GET' as const, path, headers };
}

async function readOne(input: ReadInput, agent: Agent, tally: Tally) {
  const { tenants, userTokens, url } = input;
  const at = tally.next++;
  const tenant = tenants[at % tenants.length];
  const request = requestOf(input, tenant, userTokens[at % userTokens.length]);
  const startedAt = performance.now();
  const answer = await agent.request({ origin: url, ...request });
  const body = Buffer.from(await answer.body.arrayBuffer());
  tally.latencies.push(performance.now() - startedAt);
  tally.bytes += body.byteLength;
  if (![200, 304].includes(answer.statusCode)) tally.failures++;
  if (input.side === 'marked' && NOT_FRESH.some(word => body.includes(word))) {
    tally.marked++;
  }
  const { etag } = answer.headers;
  if (typeof etag === 'string') etags.set(tenant, etag);
}

async function readFor(input: ReadInput): Promise<ReadOutput> {
  const agent = new Agent({ connections: input.connections, pipelining: 1 });
  const tally: Tally = {
    latencies: [],
    failures: 0,
    bytes: 0,
    marked: 0,
    next: 0,
  };
  const startedAt = performance.now();
  const until = startedAt + input.seconds * 1000;
  const reader = async () => {
    while (performance.now() < until) {
      await readOne(input, agent, tally).catch(() => tally.failures++);
    }
  };
  await Promise.all(Array.from({ length: input.connections }, reader));
  await agent.close();
  const seconds = (performance.now() - startedAt) / 1000;
  const { latencies, failures, bytes, marked } = tally;
  return {
    reads: latencies.length,
    failures,
    p99Ms: percentile(latencies, 99),
    perSecond: latencies.length / seconds,
    bytes: bytes / Math.max(1, latencies.length),
    marked,
  };
}

const handlers = { read: readFor };

/** What the readers’ process answers. */
export type ReadHandlers = typeof handlers;

answerParent(handlers);
