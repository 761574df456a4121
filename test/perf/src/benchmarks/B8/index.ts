// SPDX-License-Identifier: Apache-2.0
import { execFileSync, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { resourceUse } from '../../resourceUse';
import { Child } from '../../Child';
import { runContest } from '../../contest';
import { tenantName } from '../../portal/tenantName';
import type { BenchmarkResult, Size } from '../../result';
import { startCluster, startPortal } from '../../starting';
import type { LogServerHandlers } from './logServer';
import { LogTally } from './LogTally';
import type { Stage } from './Stage';
import { LOOK_EVERY_MS, stoppedReaders } from './stoppedReaders';

const PODS = 20;
const SIZES = {
  quick: { linesPerPod: 10_000, rounds: 2 },
  full: { linesPerPod: 50_000, rounds: 4 },
};

function kubectlVersion(): string {
  const text = execFileSync('kubectl', ['version', '--client', '-o', 'json']);
  return JSON.parse(text.toString()).clientVersion.gitVersion;
}

/** Lines per second of CPU of kubectl, as the shell counts it. */
async function runKubectl({ server, lines }: Stage): Promise<number> {
  const namespace = `${tenantName(0)}-prod`;
  const command = `TIMEFORMAT='%U %S'; time kubectl --server=${server} -n ${namespace} logs -f -l tenantry.dev/module --max-log-requests=${PODS} --prefix --timestamps --tail=-1`;
  const child = spawn('bash', ['-c', command], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', chunk => (said += chunk));
  let count = 0;
  for await (const chunk of child.stdout) {
    for (const byte of chunk) if (byte === 10) count += 1;
  }
  if (count !== lines) {
    throw new Error(`kubectl wrote ${count} lines of ${lines}: ${said}`);
  }
  const times = said.trim().split('\n').at(-1)?.split(' ').map(Number) ?? [];
  return count / (times[0] + times[1]);
}

function open(
  { url, tokens: [token] }: Stage,
  query: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Response> {
  const search = new URLSearchParams({ follow: 'true', ...query });
  return fetch(
    `${url}/api/tenants/v1/tenants/${tenantName(0)}/logs?${search}`,
    {
      headers: { authorization: `Bearer ${token}` },
      signal,
    },
  );
}

/** Follows until all lines were there. */
async function follow(
  stage: Stage,
  more: Readonly<Record<string, string>>,
): Promise<LogTally> {
  const stop = new AbortController();
  const query = { tailLines: 'all', mixed: 'true', ...more };
  const response = await open(stage, query, stop.signal);
  if (!response.ok || !response.body) throw new Error(await response.text());
  const tally = new LogTally();
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of response.body) {
    // A line of the log never spans two messages, but may span two chunks.
    const text = rest + decoder.decode(chunk, { stream: true });
    const end = text.lastIndexOf('\\n') + 1;
    tally.take(text.slice(0, end));
    rest = text.slice(end);
    if (tally.lines + LogTally.count(rest) < stage.lines) continue;
    tally.take(rest);
    break;
  }
  stop.abort();
  return tally;
}

async function runOurs(
  stage: Stage,
  more: Readonly<Record<string, string>> = {},
): Promise<number> {
  const before = await stage.portal.call('cpuSeconds');
  const { lines } = await follow(stage, more);
  return lines / ((await stage.portal.call('cpuSeconds')) - before);
}

/** Logs of twenty pods at once, merged and masked. */
export async function run(size: Size): Promise<BenchmarkResult> {
  const { linesPerPod, rounds } = SIZES[size];
  const { cluster, address } = await startCluster({ pods: PODS });
  const logs = Child.start<LogServerHandlers & typeof resourceUse>(
    join(__dirname, 'logServer.ts'),
  );
  const server = await logs.call('start', {
    target: address.url,
    token: address.token,
    linesPerPod,
  });
  const portal = startPortal();
  const { url, userTokens } = await portal.call('start', {
    side: 'ours',
    cluster: { url: server, token: address.token },
    tenants: address.tenants,
  });
  const lines = PODS * linesPerPod;
  const stage = { url, tokens: userTokens, server, lines, portal };
  await runOurs(stage);
  const results = await runContest({
    ours: () => runOurs(stage),
    peer: () => runKubectl(stage),
    rounds,
  });
  const unmasked = await runContest({
    ours: () => runOurs(stage, { unmasked: 'true' }),
    peer: () => runKubectl(stage),
    rounds: 2,
  });
  await logs.call('breakLogs');
  const broken = await follow(stage, {});
  await logs.call('mendLogs');
  const stopped = await stoppedReaders(stage, () => logs.call('servedBytes'));
  for (const child of [portal, logs, cluster]) await child.stop();
  return {
    id: 'B8',
    title: 'Log stream',
    peer: 'kubectl logs -f --prefix',
    peerVersion: kubectlVersion(),
    unit: 'lines per second of CPU',
    higherIsBetter: true,
    rounds: results,
    series: { 'without masking': unmasked },
    counts: {
      linesLost: broken.lost,
      linesDoubled: broken.doubled,
      stoppedReaderMiB: stopped.highestMiB,
    },
    figures: {
      'MiB of a stopped reader once its logs are let go': stopped.letGoMiB,
      'MiB taken from the API server until a stopped reader stopped it':
        stopped.servedMiB,
      'lines over a forced reconnect of every pod': broken.lines,
    },
    note: `${PODS} pods, ${linesPerPod} lines of 134 bytes each, as fast as they are taken, from one simulated API server. Ours is the whole portal: sign-in, policy, merging by time, masking, levels, and the framing of the stream; kubectl does not order lines of different pods. stoppedReaderMiB: 12 readers that open the logs and take nothing; the most of heap and external memory of the portal after any of the collections every ${LOOK_EVERY_MS} ms, from the request until 12 s later, less what was in use before, for each of them.`,
  };
}
