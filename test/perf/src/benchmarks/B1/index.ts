// SPDX-License-Identifier: Apache-2.0
import { runContest, type Round } from '../../contest';
import { median } from '../../percentile';
import type { ReadInput, ReadOutput } from '../../load/readers';
import { tenantName } from '../../portal/tenantName';
import type { BenchmarkResult, Size } from '../../result';
import { startCluster, startPortal, startReaders } from '../../starting';

const SIZES = {
  quick: { tenants: 100, rounds: 2 },
  full: { tenants: 1_000, rounds: 4 },
};
const CONNECTIONS = 32;
/** As long as a decision is kept: each user’s policy is asked about once a round. */
const ROUND_SECONDS = 10;
const UNCHANGED_SECONDS = 5;
const PODS_PER_TENANT = 20;

type Cluster = Awaited<ReturnType<typeof startCluster>>;
type Measured = ReadOutput & {
  readonly perCpuSecond: number;
  readonly apiRequests: number;
};

/** A portal of one side, read over and over by a process of its own. */
async function openSide(side: 'ours' | 'peer', of: Cluster, tls: boolean) {
  const { address } = of;
  const { token, tenants } = address;
  const portal = startPortal();
  const readers = startReaders();
  const { url, userTokens } = await portal.call('start', {
    side,
    cluster: { token, ...(tls ? address.tls : { url: address.url }) },
    tenants,
  });
  const names = Array.from({ length: tenants }, (_, i) => tenantName(i));
  const taken: Measured[] = [];
  const read = async (seconds: number, mode: ReadInput['side'] = side) => {
    const requests = await of.cluster.call('requests');
    const before = await portal.call('cpuSeconds');
    const output = await readers.call('read', {
      url,
      userTokens,
      tenants: names,
      side: mode,
      connections: CONNECTIONS,
      seconds,
    });
    const used = (await portal.call('cpuSeconds')) - before;
    const apiRequests = (await of.cluster.call('requests')) - requests;
    taken.push({ ...output, apiRequests, perCpuSecond: output.reads / used });
    return output.reads / used;
  };
  const stop = () => Promise.all([portal.stop(), readers.stop()]);
  await read(2);
  taken.length = 0;
  return { read, taken, stop };
}

type Contest = {
  readonly rounds: readonly Round[];
  /** Answers for what had not changed, against whole ones. */
  readonly unchanged: readonly Round[];
  readonly ours: readonly Measured[];
  readonly peer: readonly Measured[];
};

async function contest(
  cluster: Cluster,
  tls: boolean,
  rounds: number,
): Promise<Contest> {
  const ours = await openSide('ours', cluster, tls);
  const peer = await openSide('peer', cluster, tls);
  try {
    const results = await runContest({
      ours: () => ours.read(ROUND_SECONDS),
      peer: () => peer.read(ROUND_SECONDS),
      rounds,
    });
    const whole = [...ours.taken];
    const unchanged = await runContest({
      ours: () => ours.read(UNCHANGED_SECONDS, 'unchanged'),
      peer: () => ours.read(UNCHANGED_SECONDS),
      rounds,
    });
    return { rounds: results, unchanged, ours: whole, peer: peer.taken };
  } finally {
    await ours.stop();
    await peer.stop();
  }
}

function perRead(taken: readonly Measured[]): number {
  const sum = (of: (one: Measured) => number) =>
    taken.reduce((total, one) => total + of(one), 0);
  return sum(one => one.apiRequests) / sum(one => one.reads);
}

function figuresOf(name: string, taken: readonly Measured[]) {
  const middle = (of: (one: Measured) => number) => median(taken.map(of));
  return {
    [`${name} p99 ms`]: middle(one => one.p99Ms),
    [`${name} reads/s of the wall clock`]: middle(one => one.perSecond),
    [`${name} bytes per answer`]: middle(one => one.bytes),
    [`${name} failures`]: taken.reduce((sum, one) => sum + one.failures, 0),
  };
}

/** Reads of one tenant’s state from a running portal, with sign-in, a policy and conditions, beside the Kubernetes plugin’s. */
export async function run(size: Size): Promise<BenchmarkResult> {
  const { tenants, rounds } = SIZES[size];
  const pods = tenants * PODS_PER_TENANT;
  const cluster = await startCluster({ pods, neighbours: true });
  const https = await contest(cluster, true, rounds);
  const http = await contest(cluster, false, rounds);
  await cluster.cluster.stop();
  return {
    id: 'B1',
    title: 'Tenant status read',
    peer: '@backstage/plugin-kubernetes-backend',
    peerVersion: '0.21.11',
    unit: 'reads per second of CPU of the portal',
    higherIsBetter: true,
    rounds: https.rounds,
    series: {
      'API server over plain HTTP': http.rounds,
      '304 against 200': https.unchanged,
    },
    counts: { apiRequestsPerRead: perRead([...https.ours, ...http.ours]) },
    figures: {
      'API requests per read, peer': perRead([...https.peer, ...http.peer]),
      'p99, peer/ours': median(
        https.peer.map((peer, i) => peer.p99Ms / https.ours[i].p99Ms),
      ),
      ...figuresOf('ours', https.ours),
      ...figuresOf('peer', https.peer),
    },
    note: `${tenants} tenants of ${PODS_PER_TENANT} pods in 9 kinds, ${CONNECTIONS} connections, ${ROUND_SECONDS} s a round, which is as long as a policy’s decision is kept, 200 users with tokens that the framework verifies, the permission backend with a conditional policy. The API server is reached over HTTPS, and for comparison over HTTP. Peer: \`POST /resources/workloads/query\` of the same tenant by namespace and label, its catalogue answered from memory and metrics left out, both in its favour; it knows no conditions, so its policy answers yes.`,
  };
}
